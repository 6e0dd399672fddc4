/** Why Telegram's deliveries fail, by the status that it got, with what to look at. */
const CAUSES: Readonly<Record<string, string>> = {
  401: 'another secret was registered',
  403: 'a global guard, see webhookDecorators',
  404: "webhookUrl lacks the app's global prefix",
};

/** Further causes, by what Telegram says, with what to do. */
const FURTHER_CAUSES: ReadonlyArray<[sign: RegExp, cause: string]> = [
  [
    /resolve host/i,
    'DNS has no address of the host in webhookUrl; correct the name or its records',
  ],
  [/reserved|IPv6/i, 'the host has no public IPv4 address, which Telegram needs'],
  [
    /SSL|certificate/i,
    'Telegram does not trust the TLS certificate: it has expired, is not for this host, or lacks the intermediate certificates. Serve the full chain of a public authority',
  ],
  [
    /timed? ?out|timeout/i,
    'the app or a proxy does not answer in time, or a firewall drops packets: allow the networks of Telegram, and see the log for slow handlers',
  ],
  [
    /refused/i,
    'nothing listens at the port of the public URL: start the app or its proxy, at 443, 80, 88 or 8443',
  ],
  [/reset|closed|cut/i, 'the app or a proxy closes connections: see its log'],
  [
    /\b30[12378]\b/,
    'the URL redirects, which Telegram does not follow: set webhookUrl to the URL that it leads to, or exempt the path of the webhook',
  ],
  [/\b405\b/, 'the path takes no POST: correct webhookUrl'],
  [/\b413\b/, 'a proxy limits the size of requests: allow 1 MB'],
  [/\b429\b/, 'a rate limit of the app or of a proxy: exempt the webhook, see webhookDecorators'],
  [
    /\b50[24]\b/,
    'a proxy does not reach the app: start the app, and correct where the proxy leads',
  ],
  [/\b503\b/, 'the app could not store the update, see its log; or a proxy does not reach the app'],
];

/** All of the first in one line. */
export const DELIVERY_CAUSES = Object.entries(CAUSES)
  .map(([status, cause]) => `${status}: ${cause}`)
  .join('. ');

/** The cause of a failure that Telegram reports in `last_error_message`; undefined when the message says it. */
export function causeOfDeliveryFailure(message: string): string | undefined {
  const status = /\b40[134]\b/.exec(message)?.[0];
  const known = status === undefined ? undefined : CAUSES[status];
  return known ?? FURTHER_CAUSES.find(([sign]) => sign.test(message))?.[1];
}
