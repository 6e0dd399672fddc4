import { BlockList, isIP } from 'node:net';

/** Where webhooks may be (WebhookActor.cpp:705-716); an empty port is that of https. */
const PORTS = new Set(['', '443', '80', '88', '8443']);

/** `URL` reads much more: it drops spaces and line breaks, adds slashes, and turns backslashes. Telegram does not. */
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

/**
 * What Telegram itself would refuse of a webhook's address, in words that follow "it"; undefined when
 * there is nothing. To ask Telegram costs the webhook that was registered before, because that is
 * erased first.
 */
export function validateWebhookUrl(url: string): string | undefined {
  if (!URL.canParse(url)) return 'is no URL';
  const { protocol, port, hostname } = new URL(url);
  if (protocol !== 'https:') return 'must begin with https://';
  if (!WEB_ADDRESS.test(url)) return 'is no URL';
  if (!PORTS.has(port)) return `has the port ${port}; Telegram calls 443, 80, 88 and 8443 only`;
  if (hostname.startsWith('[')) return 'has an IPv6 address; Telegram calls IPv4 only';
  if (/(?:^|\.)localhost$/.test(hostname) || isPrivate(hostname)) {
    return `leads to ${hostname}, which Telegram cannot reach; use a public address or a tunnel`;
  }
  return undefined;
}

/** Whether it is a URL of a web server at all. */
export function isWebAddress(url: string): boolean {
  return WEB_ADDRESS.test(url) && URL.canParse(url);
}

function isPrivate(host: string): boolean {
  if (isIP(host) !== 4) return false;
  const networks = new BlockList();
  for (const [network, prefix] of PRIVATE_NETWORKS) networks.addSubnet(network, prefix);
  return networks.check(host);
}
