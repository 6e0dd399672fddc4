import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { ReferenceDesk } from './reference-desk.js';
import type { SelfSigned } from './self-signed.js';

/** What came to the webhook, and the answer that is still to be written. */
export interface WebhookRequest {
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** `POST /path HTTP/1.1` */
  readonly line: string;
  readonly body: string;
  /** The connection it came over. */
  readonly socket: Socket;
  readonly response: ServerResponse;
}

/** Writes an answer. */
export type Respond = (response: ServerResponse, request: WebhookRequest) => void;

/** A webhook on this machine whose answers the test writes. */
export class ReferenceWebhook {
  readonly received: WebhookRequest[] = [];
  /** Writes the answers; without it the test does, one by one. */
  respond: Respond | undefined;
  /** Where it listens: `http://127.0.0.1:PORT`, or the same with `https`. */
  root = '';
  readonly #desk: ReferenceDesk;
  readonly #server: Server;
  #arrivals: Array<(request: WebhookRequest) => void> = [];

  private constructor(desk: ReferenceDesk, tls: SelfSigned | undefined) {
    this.#desk = desk;
    const receive = (request: IncomingMessage, response: ServerResponse): void =>
      this.#receive(request, response);
    this.#server = tls ? createTlsServer({ ...tls }, receive) : createServer(receive);
  }

  /** @param tls Makes it speak HTTPS. */
  static async start(desk: ReferenceDesk, tls?: SelfSigned): Promise<ReferenceWebhook> {
    const webhook = new ReferenceWebhook(desk, tls);
    await new Promise<void>((resolve) => {
      webhook.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = webhook.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    webhook.root = `${tls ? 'https' : 'http'}://127.0.0.1:${address.port}`;
    return webhook;
  }

  /** Makes it the webhook of the bot. */
  async set(params: object = {}): Promise<void> {
    await this.#desk.result('setWebhook', { url: `${this.root}/hook`, ...params });
  }

  /** Lets it take an update, after which Telegram opens more than one connection to it. */
  async warmUp(params: object = {}): Promise<void> {
    await this.set(params);
    const { respond } = this;
    this.respond = (response) => response.end();
    this.#desk.telegram.createGroup({ title: 'First' }).agent('Zoe').write('first');
    await this.#desk.telegram.idle();
    this.respond = respond;
    this.received.length = 0;
  }

  /** The next request that is still to come. */
  next(): Promise<WebhookRequest> {
    return new Promise((resolve) => {
      this.#arrivals.push(resolve);
    });
  }

  /** The next `count` requests that are still to come. */
  nextOf(count: number): Promise<WebhookRequest[]> {
    return Promise.all(Array.from({ length: count }, () => this.next()));
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { rawHeaders, method = '', url = '', httpVersion, socket } = request;
      const line = `${method} ${url} HTTP/${httpVersion}`;
      const body = Buffer.concat(chunks).toString();
      const received = { rawHeaders, line, body, socket, response };
      this.received.push(received);
      this.#arrivals.shift()?.(received);
      this.respond?.(response, received);
    });
  }
}
