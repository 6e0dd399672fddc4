import { isCommonDomain } from './common-domains.js';
import { withoutStops } from './link-candidates.js';

const EMAIL =
  /^(?:[a-z0-9_-]{0,26}[.+]){0,10}[a-z0-9_-]{1,35}@(?:(?:[a-z0-9][a-z0-9_-]{0,28})?[a-z0-9]\.){1,6}[a-z]{2,8}$/i;
const SCHEME = /^(?:https?|ftp|tonsite):\/\//i;

/** Looks like Telegram's own domain, which is telegram.org. */
const FORGED_DOMAIN = 'teiegram.org';

const IPV4_PART = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/;
const OPENING = '([{';
const CLOSING = ')]}';

/** Whether Telegram takes it for an e-mail address (tdlib/td, MessageEntity.cpp: is_email_address). */
export function isEmailAddress(text: string): boolean {
  return EMAIL.test(text);
}

/** How much of it Telegram makes a link of; 0 for nothing (tdlib/td, MessageEntity.cpp: fix_url). */
export function linkLength(candidate: string): number {
  const scheme = SCHEME.exec(candidate)?.[0] ?? '';
  const [authority = ''] = candidate.slice(scheme.length).split(/[/?#]/, 1);
  if (!isLinkedDomain(domainOf(authority), scheme !== '')) return 0;
  const pathStart = scheme.length + authority.length;
  const path = candidate.slice(pathStart);
  return pathStart + withoutStops(path, balancedLength(path), 0);
}

function domainOf(authority: string): string {
  const host = authority.slice(authority.indexOf('@') + 1);
  return host.includes(':') ? host.slice(0, host.lastIndexOf(':')) : host;
}

function isLinkedDomain(domain: string, hasScheme: boolean): boolean {
  const parts = domain.split('.');
  const last = parts.at(-1) ?? '';
  if (parts.length < 2 || domain.toLowerCase() === FORGED_DOMAIN) return false;
  if (!parts.every((part) => isLabel(part))) return false;
  if (parts.length === 4 && parts.every((part) => IPV4_PART.test(part))) return true;
  if (!/[^\d.]/.test(domain) || Array.from(last).length < 2) return false;
  if (last.startsWith('xn--')) {
    if (!/^xn--[a-z0-9]{2,}$/i.test(last)) return false;
  } else if (/[_-]/.test(last) || !(hasScheme || isCommonDomain(last))) return false;
  return parts.at(-2)?.includes('_') === false;
}

function isLabel(part: string): boolean {
  return part !== '' && !part.endsWith('-') && Buffer.byteLength(part) < 64;
}

/** Up to the first bracket that closes none. */
function balancedLength(path: string): number {
  const open = [0, 0, 0];
  for (let at = 0; at < path.length; at += 1) {
    const opened = OPENING.indexOf(path.charAt(at));
    const closed = CLOSING.indexOf(path.charAt(at));
    if (opened >= 0) open[opened] = (open[opened] ?? 0) + 1;
    if (closed >= 0) open[closed] = (open[closed] ?? 0) - 1;
    if (closed >= 0 && (open[closed] ?? 0) < 0) return at;
  }
  return path.length;
}
