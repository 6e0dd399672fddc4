import {
  Agent as HttpAgent,
  type ClientRequest,
  type IncomingMessage,
  request as requestHttp,
} from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { Socket } from 'node:net';
import type { Clock, Timer } from '../time/clock.js';
import { type HttpUrlParts, parseHttpUrl } from '../text/telegram-link.js';
import { unpackReply, type WebhookReply } from './webhook-reply.js';

/** How a delivery went. */
export interface WebhookAnswer {
  /** Null when no answer came. */
  readonly status: number | null;
  /** What getWebhookInfo will say of it; undefined when there is nothing to say. */
  readonly error?: string;
  /** The answer's `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** What the body of a 2xx answer holds. */
  readonly reply?: WebhookReply;
}

/** A webhook has this long to answer, once the request is written (telegram-bot-api, WebhookActor.cpp). */
const ANSWER_TIMEOUT_MS = 60_000;
/** A connection on which nothing happens for so long is closed. */
const IDLE_TIMEOUT_MS = 60_000;

const ERROR_TEXTS = new Map([
  ['ECONNREFUSED', 'Connection refused'],
  ['ECONNRESET', 'Connection reset by peer'],
  ['EPIPE', 'Connection reset by peer'],
  ['ETIMEDOUT', 'Connection timed out'],
]);

const CERTIFICATE_REFUSED = 'error:0A000086:SSL routines::certificate verify failed';

/** Sends updates over connections that stay open. */
export class WebhookSender {
  readonly #clock: Clock;
  readonly #http = new HttpAgent({ keepAlive: true });
  readonly #https = new HttpsAgent({ keepAlive: true });
  /** The requests under way, with the timers that end them. */
  readonly #active = new Map<ClientRequest, Timer>();
  /** Since when each connection that can be used again has been free. */
  readonly #freeSince = new WeakMap<Socket, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The headers of a delivery, but for those that HTTP itself adds. */
  createHeaders(url: string, secretToken: string, body: string): Record<string, string> {
    const userinfo = parseHttpUrl(url, 'https')?.userinfo ?? '';
    return {
      ...(userinfo !== '' && {
        Authorization: `Basic ${Buffer.from(decodeURIComponent(userinfo)).toString('base64')}`,
      }),
      ...(secretToken !== '' && { 'X-Telegram-Bot-Api-Secret-Token': secretToken }),
      'Content-Type': 'application/json',
      'Content-Length': String(Buffer.byteLength(body)),
      Connection: 'keep-alive',
      'Accept-Encoding': 'gzip, deflate',
    };
  }

  /** Sends one update; never rejects. Redirects are not followed. */
  send(url: string, headers: Record<string, string>, body: string): Promise<WebhookAnswer> {
    const parts = parseHttpUrl(url, 'https');
    if (!parts) return Promise.resolve({ status: null, error: 'Invalid URL' });
    const isHttps = parts.protocol === 'https';
    this.#closeIdle(isHttps ? this.#https : this.#http);
    const options = {
      agent: isHttps ? this.#https : this.#http,
      host: parts.host.replace(/^\[|\]$/g, ''),
      port: parts.port,
      path: parts.query.replace(/#.*$/s, '').replace(/[^!-~]+/g, encodeURIComponent),
      method: 'POST',
      headers: { Host: hostOf(parts), ...headers },
    };
    const request = isHttps ? requestHttps(options) : requestHttp(options);
    return this.#follow(request, body);
  }

  /** Gives up what is under way and closes the connections. */
  abort(): void {
    for (const [request, timer] of this.#active) {
      timer.cancel();
      request.destroy();
    }
    this.#http.destroy();
    this.#https.destroy();
  }

  #closeIdle({ freeSockets }: HttpAgent): void {
    const since = this.#clock.monotonicMs() - IDLE_TIMEOUT_MS;
    for (const socket of Object.values(freeSockets).flatMap((sockets = []) => sockets)) {
      if ((this.#freeSince.get(socket) ?? since) <= since) socket.destroy();
    }
  }

  #follow(request: ClientRequest, body: string): Promise<WebhookAnswer> {
    return new Promise((resolve) => {
      const settle = (answer: WebhookAnswer): void => {
        this.#active.get(request)?.cancel();
        this.#active.delete(request);
        resolve(answer);
      };
      const expire = (): void => {
        settle({ status: null, error: 'Read timeout expired' });
        request.destroy();
      };
      this.#active.set(request, this.#clock.setTimer(expire, ANSWER_TIMEOUT_MS));
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        const { socket } = response;
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          this.#freeSince.set(socket, this.#clock.monotonicMs());
          settle(readAnswer(response, Buffer.concat(chunks)));
        });
        response.on('error', () => settle({ status: null }));
      });
      request.on('error', (error) => settle({ status: null, ...describe(error) }));
      request.on('close', () => settle({ status: null }));
      request.end(body);
    });
  }
}

/** The port is named unless it goes without saying. */
function hostOf({ protocol, host, port }: HttpUrlParts): string {
  const usual = protocol === 'https' ? 443 : 80;
  return port === undefined || port === usual ? host : `${host}:${port}`;
}

function readAnswer(
  { statusCode = 0, statusMessage = '', headers }: IncomingMessage,
  body: Buffer,
): WebhookAnswer {
  const isSuccess = statusCode >= 200 && statusCode <= 299;
  const reason = `${statusCode} ${statusMessage}`.trim();
  // A date in place of a number means nothing to Telegram.
  const retryAfter = /^\d+$/.exec(headers['retry-after'] ?? '')?.[0];
  const reply = isSuccess ? unpackReply(headers, body) : undefined;
  return {
    status: statusCode,
    ...(reply && { reply }),
    ...(!isSuccess && { error: `Wrong response from the webhook: ${reason}` }),
    ...(retryAfter !== undefined && { retryAfterSeconds: Number(retryAfter) }),
  };
}

/** A connection that was closed in order, but without an answer, leaves no error behind. */
function describe(error: Error): { error?: string } {
  if (error.message === 'socket hang up') return {};
  const code = 'code' in error ? String(error.code) : '';
  return { error: ERROR_TEXTS.get(code) ?? `SSL error {${describeTls(code, error.message)}}` };
}

/** What OpenSSL says, without the function that said it; of certificates Node says something else. */
function describeTls(code: string, message: string): string {
  if (/CERT|SIGNED|SIGNATURE|ISSUER/.test(code)) return CERTIFICATE_REFUSED;
  const [, number, reason] = /error:([0-9A-F]+):SSL routines:[^:]*:([^:]+)/.exec(message) ?? [];
  return number === undefined ? message : `error:${number}:SSL routines::${reason}`;
}
