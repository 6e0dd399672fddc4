import { environmentProxy } from '../bot/environment-proxy.js';
import type { Problem } from '../common/problem.js';
import { BotApiTransportError } from '../errors/index.js';
import { nameOfProxy } from './name-of-proxy.js';

/** What has gone wrong on the way to a server, and what to do. */
interface Cause {
  /** By the code of Node, or by the words of the module. */
  readonly sign: RegExp;
  readonly finding: (server: string) => string;
  readonly remedy: string;
}

const CAUSES: readonly Cause[] = [
  {
    sign: /ENOTFOUND|EAI_AGAIN/,
    finding: (server) => `The name of ${server} is not resolved`,
    remedy: 'Correct the name, or the DNS of this machine',
  },
  {
    sign: /ECONNREFUSED/,
    finding: (server) => `The connection to ${server} is refused`,
    remedy: 'Correct host and port, or start what is to listen there',
  },
  {
    sign: /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/,
    finding: (server) => `The TLS certificate of ${server} is not trusted`,
    remedy:
      'If this network reads TLS connections, start Node with NODE_EXTRA_CA_CERTS=<file with the certificate of its authority>, or have it leave api.telegram.org alone. Else correct the name of the server',
  },
  {
    sign: /EPROTO|ERR_SSL|ERR_TLS/,
    finding: (server) => `No TLS connection to ${server} comes about`,
    remedy: 'Correct https:// or http:// and the port, or have the network leave TLS alone',
  },
  {
    sign: /timed out|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    finding: (server) => `No answer comes from ${server}`,
    remedy:
      'Allow connections to it in the firewall of this machine and of its network, or set HTTPS_PROXY where the network needs a proxy',
  },
  {
    sign: /HTTP 407/,
    finding: (server) => `No call gets through to ${server}`,
    remedy: 'Put user and password into the URL of the proxy, as in http://user:password@host:port',
  },
  {
    sign: /HTTP 3\d\d/,
    finding: (server) => `A redirect comes from ${server}, which the Bot API never sends`,
    remedy: 'Correct the option apiRoot, or have the network leave api.telegram.org alone',
  },
  {
    sign: /HTTP (?!429|5\d\d)\d+/,
    finding: (server) => `What answers at ${server} is not the Bot API`,
    remedy:
      'Correct the option apiRoot, or have the network, which may answer with a page of its own, leave api.telegram.org alone',
  },
];

const OTHER_REMEDY =
  'Check that this machine reaches api.telegram.org, or what the option apiRoot names: network, DNS, firewall, proxy';

/**
 * Why no answer of Telegram's has come, and what to do about it.
 *
 * @param detail The error in words.
 * @param apiRoot What the option says.
 */
export function connectionProblem(error: Error, detail: string, apiRoot: string): Problem {
  const why = 'Notices wait until Telegram answers, and replies stay with Telegram for 24 hours';
  const isTransport = error instanceof BotApiTransportError;
  const cause = isTransport ? CAUSES.find(({ sign }) => sign.test(error.message)) : undefined;
  if (!cause) return { finding: detail, why, remedy: OTHER_REMEDY };
  const proxy = environmentProxy(apiRoot);
  const server = proxy ? nameOfProxy(proxy) : `${new URL(apiRoot).host} (apiRoot)`;
  return { finding: `${cause.finding(server)}: ${detail}`, why, remedy: cause.remedy };
}
