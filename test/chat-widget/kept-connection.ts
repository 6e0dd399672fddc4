import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { CUSTOMER_HEADER } from './chat-desk.js';

/** The least time between two requests. */
const INTERVAL_MS = 20;

/** A client that asks for one URL again and again, on one connection for as long as the server keeps it. */
export class KeptConnection {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #isStopped = false;
  #timer: NodeJS.Timeout | undefined;
  /** The answers that have ended, without those of streams that are open. */
  readonly answers: Array<{ readonly status: number; readonly connection: string | undefined }> =
    [];
  /** How many answers have begun. */
  begun = 0;

  constructor(
    readonly url: string,
    readonly customer: string,
    readonly method = 'GET',
  ) {
    this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#agent.destroy();
  }

  #ask(): void {
    if (this.#isStopped) return;
    const headers = { [CUSTOMER_HEADER]: this.customer };
    const sent = request(this.url, { agent: this.#agent, method: this.method, headers });
    sent.on('response', (answer) => void this.#read(answer));
    // The server has gone, or has ended the connection.
    sent.on('error', () => undefined);
    sent.once('close', () => (this.#timer = setTimeout(() => this.#ask(), INTERVAL_MS)));
    sent.end();
  }

  async #read(answer: IncomingMessage): Promise<void> {
    this.begun += 1;
    answer.on('error', () => undefined).resume();
    await once(answer, 'close');
    const { statusCode = 0, headers } = answer;
    this.answers.push({ status: statusCode, connection: headers.connection });
  }
}
