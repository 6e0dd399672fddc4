import { lowerAscii } from './lower-ascii.js';

/** The parts of an HTTP URL as td takes it apart. */
export interface HttpUrlParts {
  readonly protocol: 'http' | 'https';
  readonly userinfo: string;
  /** Lower case. */
  readonly host: string;
  /** Undefined when the URL names none. */
  readonly port?: number;
  /** Path, query and fragment; begins with `/`. */
  readonly query: string;
  readonly isIpv6: boolean;
}

const URL_PART = /^(?:[\w.\-!$,~*'();&+=]|%[0-9a-f]{2}|[^\0-\x7f])*$/i;
const USERINFO_PART = /^(?:[\w.\-!$,~*'();&+=:]|%[0-9a-f]{2}|[^\0-\x7f])*$/i;

/** Takes a URL apart as td does (td: HttpUrl.cpp, `parse_url`); undefined when it is none. */
export function parseHttpUrl(
  url: string,
  defaultProtocol: 'http' | 'https',
): HttpUrlParts | undefined {
  const scheme = /^([^:/?#@[\]]*):\/\//.exec(url);
  const named = lowerAscii(scheme?.[1] ?? defaultProtocol);
  if (named !== 'http' && named !== 'https') return undefined;
  const rest = url.slice(scheme?.[0].length ?? 0);
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';

  const numbered = /^(.+):([^:\]@]*)$/s.exec(authority);
  const userinfoHost = numbered?.[1] ?? authority;
  const port = numbered?.[2] === undefined ? undefined : Number(numbered[2]);
  if (port !== undefined) {
    if (!/^\d+$/.test(numbered?.[2] ?? '') || port < 1 || port > 65_535) return undefined;
  }
  const at = userinfoHost.lastIndexOf('@');
  const userinfo = at < 0 ? '' : userinfoHost.slice(0, at);
  const host = lowerAscii(userinfoHost.slice(at + 1));
  const isIpv6 = host.startsWith('[') && host.endsWith(']');
  if (host === '' || host === '.') return undefined;
  if (isIpv6 ? !/^\[[:0-9a-f.]+\]$/.test(host) : !URL_PART.test(host)) return undefined;
  if (!USERINFO_PART.test(userinfo)) return undefined;

  const tail = rest.slice(authority.length).replace(/[ \t\r\n\0\v]+$/, '');
  const query = (tail.startsWith('/') ? tail : `/${tail}`).replace(
    /[\0- ]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return { protocol: named, userinfo, host, port, query, isIpv6 };
}

/**
 * What Telegram keeps of a link: an HTTP URL in full form, or a `tg://`, `ton://` or `tonsite://`
 * link whose host is lowered and whose query is untouched; undefined when the text stays without
 * a link (td: LinkManager.cpp, `check_link_impl`).
 */
export function checkLink(link: string): string | undefined {
  const special = /^(tg|ton|tonsite):(?:\/\/)?/i.exec(link);
  const scheme = lowerAscii(special?.[1] ?? '');
  const rest = link.slice(special?.[0].length ?? 0);
  const url = parseHttpUrl(rest, 'http');
  if (!url) return undefined;
  if (special) {
    const foreign = /^https?:\/\//i.test(rest) || url.userinfo !== '' || url.isIpv6;
    const allowed = scheme === 'tonsite' ? /^[a-z0-9_.-]*$/ : /^[a-z0-9_-]*$/;
    if (foreign || url.port !== undefined || !allowed.test(url.host)) return undefined;
    return `${scheme}://${url.host}${url.query.replace(/^\/\?/, '?')}`;
  }
  if (!url.host.includes('.') && !url.isIpv6) return undefined;
  const userinfo = url.userinfo === '' ? '' : `${url.userinfo}@`;
  const port = url.port === undefined ? '' : `:${url.port}`;
  return `${url.protocol}://${userinfo}${url.host}${port}${url.query}`;
}

/** The user whom a `tg://user?id=N` link mentions; undefined for every other link. */
export function linkedUserId(link: string): number | undefined {
  const query = /^tg:(?:\/\/)?user\/?\?([^#]*)/i.exec(link)?.[1];
  const id = query
    ?.split('&')
    .find((parameter) => lowerAscii(parameter).startsWith('id='))
    ?.slice('id='.length);
  return id !== undefined && /^\d{1,15}$/.test(id) && Number(id) > 0 ? Number(id) : undefined;
}
