import { isPromise } from 'node:util/types';

const ACCEPTED =
  'wants a redis:// or rediss:// URL, ioredis options such as { host, port }, or an ioredis client (Redis or Cluster)';

const SCHEME = /^rediss?:\/\//;
const HOST_AND_PORT = /^(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?$/;
const DATABASE = /^\d{1,9}$/;

/** Options of ioredis of which one has to say where Redis is; without any, that would be localhost. */
const PLACES = ['host', 'port', 'path', 'sentinels', 'Connector'] as const;

/** Options of other libraries, which ioredis would pass over, and how to write what they say. */
const FOREIGN: ReadonlyMap<string, string> = new Map([
  ['url', 'give the URL itself, without an object around it'],
  ['uri', 'give the URL itself, without an object around it'],
  ['connectionString', 'give the URL itself, without an object around it'],
  ['connection', 'give what stands in connection, as it is'],
  ['options', 'give what stands in options, as it is'],
  ['config', 'give what stands in config, as it is'],
  ['redis', 'give what stands in redis, as it is'],
  ['client', 'give the client itself, without an object around it'],
  ['socket', 'write the host, port, path and tls of socket beside the other options'],
  ['hostname', 'write host'],
  ['database', 'write db'],
  ['user', 'write username'],
  ['pass', 'write password'],
  ['nodes', 'give a client, new Cluster(nodes)'],
  ['rootNodes', 'give a client, new Cluster(nodes)'],
  ['startupNodes', 'give a client, new Cluster(nodes)'],
  ['clusterNodes', 'give a client, new Cluster(nodes)'],
]);

/** What the option `redis` wants instead of the value; undefined when that can be used. Holds nothing of the value. */
export function problemOfRedisOption(value: unknown): string | undefined {
  const flaw = typeof value === 'string' ? flawOfUrl(value) : flawOfReadable(value);
  if (flaw === undefined) return undefined;
  return flaw === '' ? ACCEPTED : `${ACCEPTED}: ${flaw}`;
}

function flawOfUrl(text: string): string | undefined {
  if (!SCHEME.test(text)) {
    if (/^(?:unix:)?\//.test(text)) return 'write { path } for a socket';
    return HOST_AND_PORT.test(text) ? 'put redis:// in front' : '';
  }
  if (/\s/.test(text)) return 'there is a space in the URL';
  if (!URL.canParse(text) || !isDecodable(text)) {
    return 'the URL cannot be read; characters such as # / ? % @ in a password are written as %23 %2F %3F %25 %40';
  }
  const { hostname, pathname, searchParams } = new URL(text);
  if (hostname === '') return 'the URL names no host';
  const database = searchParams.get('db') ?? pathname.replaceAll(/^\/|\/$/g, '');
  if (database !== '' && !DATABASE.test(database)) {
    return 'what follows the host in the URL is the number of a database, such as /0';
  }
  return undefined;
}

/** What an app hands in may have getters of its own, and ioredis would fail on those in its own words. */
function flawOfReadable(value: unknown): string | undefined {
  try {
    return flawOfObject(value);
  } catch {
    return 'its properties cannot be read';
  }
}

function flawOfObject(value: unknown): string | undefined {
  if (typeof value === 'number') return 'write { host, port }';
  if (typeof value === 'function') return 'give an instance, such as new Redis(url)';
  if (Array.isArray(value)) return 'give a client for a cluster, new Cluster(nodes)';
  if (typeof value !== 'object' || value === null) return '';
  if (isPromise(value) || typeof valueOf(value, 'then') === 'function') {
    return 'await the Promise, in an async useFactory of forRootAsync()';
  }
  if (isIoredisClient(value)) return undefined;
  if ('href' in value && 'searchParams' in value) return 'give the href of the URL object';
  if ('isOpen' in value || typeof valueOf(value, 'sendCommand') === 'function') {
    return 'this is a client of another library, such as the package redis; give its URL, or an ioredis client';
  }
  return flawOfOptions(value);
}

function flawOfOptions(options: object): string | undefined {
  const foreign = [...FOREIGN].filter(([key]) => isGiven(options, key));
  if (foreign.length > 0) {
    const hints = foreign.map(([key, hint]) => `${key} is no option of ioredis, ${hint}`);
    return hints.join('; ');
  }
  if (!PLACES.some((key) => isGiven(options, key))) {
    return 'there is no host, port, path or sentinels among the options, or it is undefined';
  }
  const flaws = [
    isText(options, 'host') ? '' : 'host wants a text',
    isText(options, 'path') ? '' : 'path wants a text',
    isPort(valueOf(options, 'port')) ? '' : 'port wants a number from 1 to 65535',
    isDatabase(valueOf(options, 'db')) ? '' : 'db wants a whole number from 0',
    flawOfSentinels(options),
  ].filter((flaw) => flaw !== '');
  return flaws.length > 0 ? flaws.join('; ') : undefined;
}

function flawOfSentinels(options: object): string {
  if (!isGiven(options, 'sentinels')) return '';
  const sentinels = valueOf(options, 'sentinels');
  if (!Array.isArray(sentinels) || sentinels.length === 0) return 'sentinels wants a list';
  return isGiven(options, 'name') ? '' : 'sentinels want the name of the master, in name';
}

/** A client of ioredis, of whichever copy of it. */
function isIoredisClient(value: object): boolean {
  return typeof valueOf(value, 'duplicate') === 'function' && 'status' in value;
}

/** Environment variables that are not set make undefined and empty options. */
function isGiven(options: object, key: string): boolean {
  const value = valueOf(options, key);
  return value !== undefined && value !== null && value !== '';
}

function isText(options: object, key: string): boolean {
  return !isGiven(options, key) || typeof valueOf(options, key) === 'string';
}

function isPort(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value !== 'number' && typeof value !== 'string') return false;
  const port = Number(value);
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isDatabase(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return (typeof value === 'number' || typeof value === 'string') && DATABASE.test(String(value));
}

function isDecodable(url: string): boolean {
  const { username, password } = new URL(url);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

function valueOf(object: object, key: string): unknown {
  return Reflect.get(object, key);
}
