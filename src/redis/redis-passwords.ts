import type { RedisOption } from './redis-connection.js';

/** The passwords in the option `redis`: in a URL, in options, or in a client. */
export function redisPasswordsOf(option: RedisOption | undefined): string[] {
  return [...new Set(passwordsIn(option, 0))];
}

/** Where ioredis nests options: in a client, for the nodes of a cluster, for sentinels. */
const NESTED = ['options', 'redisOptions', 'startupNodes', 'sentinels'];

const DEEPEST = 4;

function passwordsIn(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return passwordsOfUrl(value);
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((each) => passwordsIn(each, depth + 1));
  const own = ['password', 'sentinelPassword'].map((name): unknown => Reflect.get(value, name));
  const nested = NESTED.map((name): unknown => Reflect.get(value, name));
  return [
    ...own.filter((each) => isPassword(each)),
    ...nested
      .filter((each) => typeof each === 'object')
      .flatMap((each) => passwordsIn(each, depth + 1)),
  ];
}

function isPassword(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Finds a password that is not URL-encoded, too. */
function passwordsOfUrl(url: string): string[] {
  const userInfo = /:\/\/(.*)@/s.exec(url)?.[1] ?? '';
  const password = userInfo.slice(userInfo.indexOf(':') + 1);
  const parameter = URL.canParse(url) ? new URL(url).searchParams.get('password') : null;
  return [password, decoded(password), parameter ?? ''].filter((each) => isPassword(each));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
