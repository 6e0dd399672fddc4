import { BlockList, isIP } from 'node:net';

/** The ports that Telegram delivers to (WebhookActor.cpp:705-716); an empty port is that of https. */
const PORTS = new Set(['', '443', '80', '88', '8443']);

/** Stricter than `URL`, which drops spaces and line breaks, adds slashes and turns backslashes: Telegram does not. */
const WEB_ADDRESS = /^https?:\/\/[^\s/\\?#][^\s\\]*$/i;

/** Networks that Telegram's servers cannot reach. */
const PRIVATE_NETWORKS: ReadonlyArray<readonly [network: string, prefix: number]> = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];

/** Where the app serves the webhook. */
export interface ServedPath {
  /** The whole path, as in `/api/telegram/webhook`. */
  readonly path: string;
  /** The app's global prefix, as in `/api`; empty when there is none. */
  readonly globalPrefix: string;
}

/**
 * Completes the option `webhookUrl` to the URL that Telegram gets. Adds the path, or what is missing of it:
 * without the global prefix when the option ends in that, nothing when it ends in the path. A query stays
 * at the end.
 *
 * @example
 * webhookUrlOf('https://example.org', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * webhookUrlOf('https://example.org/api', { path: '/api/telegram/webhook', globalPrefix: '/api' });
 * // both 'https://example.org/api/telegram/webhook'
 */
export function webhookUrlOf(base: string, { path, globalPrefix }: ServedPath): string {
  const [address, query] = splitQuery(base);
  const root = address.replace(/\/+$/, '');
  const basePath = pathIn(root);
  const prefix = path.startsWith(`${globalPrefix}/`) ? globalPrefix : '';
  const route = path.slice(prefix.length);
  const rest = basePath.endsWith(prefix) && prefix !== '' ? route : path;
  return (basePath.endsWith(route) ? root : root + rest) + query;
}

/**
 * The public URL of another path of the app, by that of its webhook: what precedes the path of the webhook there
 * precedes this path, too. A proxy that adds the global prefix adds it to both.
 *
 * @param webhookUrl The option.
 * @param webhook Where the app serves the webhook.
 */
export function publicUrlOf(served: ServedPath, webhookUrl: string, webhook: ServedPath): string {
  const url = webhookUrlOf(webhookUrl, webhook).replace(/\?.*$/s, '');
  if (url.endsWith(webhook.path)) return url.slice(0, -webhook.path.length) + served.path;
  const { globalPrefix } = webhook;
  const isBelowPrefix = served.path.startsWith(`${globalPrefix}/`);
  const path = isBelowPrefix ? served.path.slice(globalPrefix.length) : served.path;
  return url.slice(0, globalPrefix.length - webhook.path.length) + path;
}

/** What follows the host in a URL, as it is written there, without the query. */
export function pathIn(url: string): string {
  return splitQuery(url)[0].replace(/^[a-z]+:\/\/[^/]*/i, '');
}

/** Whether it is a URL of a web server at all. */
export function isWebAddress(url: string): boolean {
  return WEB_ADDRESS.test(url) && URL.canParse(url);
}

/**
 * What Telegram would reject in the URL of a webhook, as words that follow the URL; undefined when it is
 * valid. Checked here first, because Telegram deletes the former webhook before it checks the new URL.
 */
export function validateWebhookUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return 'is no URL';
  const { protocol, port, hostname } = new URL(url);
  if (protocol !== 'https:') return 'must begin with https://';
  if (!WEB_ADDRESS.test(url)) return 'is no URL';
  if (!PORTS.has(port)) {
    return `has the port ${port}; Telegram delivers to 443, 80, 88 and 8443 only`;
  }
  if (hostname.startsWith('[')) return 'has an IPv6 address; Telegram delivers to IPv4 only';
  if (/(?:^|\.)localhost$/.test(hostname) || isPrivate(hostname)) {
    return `points to ${hostname}, which Telegram cannot reach; use a public address or a tunnel`;
  }
  return undefined;
}

function isPrivate(host: string): boolean {
  if (isIP(host) !== 4) return false;
  const networks = new BlockList();
  for (const [network, prefix] of PRIVATE_NETWORKS) networks.addSubnet(network, prefix);
  return networks.check(host);
}

/** The query stays behind an added path; what follows a `#` is dropped, because it never leaves a client. */
function splitQuery(url: string): [address: string, query: string] {
  const [, address = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  return [address, query];
}
