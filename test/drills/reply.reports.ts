import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { urlOf } from './url-of.js';

/** What a handler in one of the processes was given. */
export interface ReportedReply {
  /** The name of the process. */
  readonly instance: string;
  readonly threadId: string;
  readonly text: string;
  /** Of the agent's message in Telegram. */
  readonly messageId: number;
  readonly albumId?: string;
  /** How many files it has. */
  readonly files: number;
  /** By `performance.now()`. */
  readonly atMs: number;
  /** Whether the handler was made to fail. */
  readonly isRefused: boolean;
}

/** How long a handler works. */
const HANDLER_MS = 30;

/** Where the handlers of all processes report what they were given; they wait for the answer. */
export class ReplyReports {
  readonly replies: ReportedReply[] = [];
  readonly #server = createServer((request, response) => {
    void text(request).then((body) => this.#take(JSON.parse(body), response));
  });
  readonly #held: ServerResponse[] = [];
  #isHolding = false;
  #refusals = 0;

  static async start(): Promise<ReplyReports> {
    const reports = new ReplyReports();
    reports.#server.listen(0, '127.0.0.1');
    await once(reports.#server, 'listening');
    return reports;
  }

  /** Where the handlers send them. */
  get url(): string {
    return urlOf(this.#server);
  }

  /** Keeps all handlers waiting, so that they are in the middle of their work. */
  hold(): void {
    this.#isHolding = true;
  }

  /**
   * Lets them go on.
   *
   * @param status 500 has them fail.
   */
  release(status = 200): void {
    this.#isHolding = false;
    for (const response of this.#held.splice(0)) response.writeHead(status).end();
  }

  /** Has the next handlers fail. */
  refuse(count: number): void {
    this.#refusals = count;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(reply: Omit<ReportedReply, 'atMs' | 'isRefused'>, response: ServerResponse): void {
    const isRefused = this.#refusals > 0;
    this.replies.push({ ...reply, isRefused, atMs: performance.now() });
    if (isRefused) {
      this.#refusals -= 1;
      response.writeHead(500).end();
    } else if (this.#isHolding) this.#held.push(response);
    else setTimeout(() => response.end(), HANDLER_MS);
  }
}
