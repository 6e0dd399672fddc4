import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { vi } from 'vitest';

export interface ReceivedEvent {
  readonly event: string;
  readonly id?: string;
  readonly data: Record<string, unknown>;
}

export interface OpenOptions {
  readonly headers?: Record<string, string>;
  readonly method?: string;
}

/** Reads a stream as a browser does: keeps the id of the last event. */
export class EventClient {
  readonly events: ReceivedEvent[] = [];
  comments = 0;
  retryMs: number | undefined;
  isClosed = false;
  lastEventId = '';
  #rest = '';

  private constructor(
    readonly sent: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#take(text));
    response.on('error', () => undefined);
    response.on('close', () => (this.isClosed = true));
  }

  static async open(url: string, options: OpenOptions = {}): Promise<EventClient> {
    const { headers = {}, method = 'GET' } = options;
    const sent = request(url, { method, headers, agent: false });
    sent.end();
    const [response]: IncomingMessage[] = await once(sent, 'response');
    sent.on('error', () => undefined);
    if (!response) throw new Error('No response');
    return new EventClient(sent, response);
  }

  get status(): number | undefined {
    return this.response.statusCode;
  }

  /** The ids of the events, in the order of their arrival. */
  get ids(): number[] {
    return this.events.flatMap(({ id }) => (id === undefined ? [] : Number(id)));
  }

  async until(isDone: (client: this) => boolean): Promise<void> {
    await vi.waitUntil(() => isDone(this), { timeout: 20_000, interval: 5 });
  }

  async ready(): Promise<this> {
    await this.until(({ events }) => events.some(({ event }) => event === 'ready'));
    return this;
  }

  async closed(): Promise<void> {
    await this.until(({ isClosed }) => isClosed);
  }

  close(): void {
    this.sent.destroy();
  }

  #take(text: string): void {
    const blocks = (this.#rest + text).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) this.#takeBlock(block);
  }

  #takeBlock(block: string): void {
    const fields = new Map<string, string>();
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      if (colon === 0) this.comments += 1;
      else fields.set(line.slice(0, colon), line.slice(colon + 2));
    }
    const [event, id, retry] = ['event', 'id', 'retry'].map((name) => fields.get(name));
    if (retry !== undefined) this.retryMs = Number(retry);
    if (id !== undefined) this.lastEventId = id;
    if (event === undefined) return;
    const data = JSON.parse(fields.get('data') ?? '{}');
    this.events.push({ event, ...(id !== undefined && { id }), data });
  }
}
