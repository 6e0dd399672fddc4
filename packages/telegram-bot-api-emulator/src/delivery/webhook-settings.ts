import { BotApiError } from '../common/bot-api.error.js';
import type { BotApiParameters } from '../parameters/bot-api-parameters.js';
import { type HttpUrlParts, parseHttpUrl } from '../text/telegram-link.js';

/** Where updates go. */
export interface WebhookSettings {
  /** As the bot gave it. */
  readonly url: string;
  /** Empty: no header is sent. */
  readonly secretToken: string;
  readonly maxConnections: number;
  /** The address the bot pinned; empty without one. */
  readonly ipAddress: string;
  /** Whether the bot sent a certificate of its own. */
  readonly hasCertificate: boolean;
}

const DEFAULT_MAX_CONNECTIONS = 40;
const MAX_CONNECTIONS = 100;
const MAX_SECRET_TOKEN_LENGTH = 256;
const PORTS = [80, 88, 443, 8443];
const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Networks that no webhook may be in. */
const RESERVED_ADDRESS =
  /^(?:0|10|127|22[4-9]|2[3-5]\d|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** Reads the parameters of setWebhook without judging them; an empty `url` asks for no webhook. */
export function readWebhookSettings(parameters: BotApiParameters): WebhookSettings {
  return {
    url: parameters.text('url'),
    secretToken: parameters.text('secret_token'),
    maxConnections: parameters.integer(
      'max_connections',
      DEFAULT_MAX_CONNECTIONS,
      1,
      MAX_CONNECTIONS,
    ),
    ipAddress: parameters.text('ip_address'),
    hasCertificate: false,
  };
}

/** Whether the URL names this machine, to which alone the emulator delivers. */
export function isLoopback(url: string): boolean {
  return LOOPBACK_HOSTS.has(parseHttpUrl(url, 'https')?.host ?? '');
}

/**
 * Judges the form of a webhook (telegram-bot-api, Client.cpp:16016).
 *
 * @throws {@link BotApiError}
 */
export function checkWebhookForm({ url, secretToken }: WebhookSettings): void {
  if (!parseHttpUrl(url, 'https')) throw BotApiError.of(400, 'invalid webhook URL specified');
  if (Buffer.byteLength(secretToken) > MAX_SECRET_TOKEN_LENGTH) {
    throw BotApiError.of(400, 'secret token is too long');
  }
  if (!/^[\w-]*$/.test(secretToken)) {
    throw BotApiError.of(400, 'secret token contains unallowed characters');
  }
}

/**
 * Judges where a webhook is (telegram-bot-api, WebhookActor.cpp:705-789). No name is looked up.
 *
 * @param requireHttps Whether Telegram's rules hold for `127.0.0.1` and `localhost` too.
 * @throws {@link BotApiError}
 */
export function checkWebhookPlace(
  { url, ipAddress }: WebhookSettings,
  requireHttps: boolean,
): void {
  const parts = parseHttpUrl(url, 'https');
  if (!parts || (!requireHttps && LOOPBACK_HOSTS.has(parts.host))) return;
  checkAddress(parts, ipAddress);
}

function checkAddress(parts: HttpUrlParts, ipAddress: string): void {
  if (parts.protocol !== 'https') throw createFailure('An HTTPS URL must be provided for webhook');
  if (parts.port !== undefined && !PORTS.includes(parts.port)) {
    throw createFailure('Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
  if (ipAddress !== '' && !isIpv4(ipAddress)) throw createFailure('Invalid IP address specified');
  if (parts.isIpv6) throw createFailure('IPv6-only addresses are not allowed');
  const host = parts.host === 'localhost' ? '127.0.0.1' : parts.host;
  const address = ipAddress === '' ? host : ipAddress;
  if (isIpv4(address) && RESERVED_ADDRESS.test(address)) {
    throw createFailure(`IP address ${address} is reserved`);
  }
}

function createFailure(reason: string): BotApiError {
  return BotApiError.of(400, `bad webhook: ${reason}`);
}

function isIpv4(text: string): boolean {
  return (
    /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) < 256)
  );
}
