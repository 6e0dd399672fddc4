import type { ChatApi } from '../api/chat-api.js';
import { ChatError } from '../api/chat-error.js';
import { Backoff } from './backoff.js';
import { SseParser, type SseEvent } from './sse-parser.js';
import type { StreamEvent, StreamReader } from './stream-event.js';
import { wait } from './wait.js';

/** The server sends a comment every 20 s. What is silent for longer is a dead connection. */
const SILENCE_MS = 50_000;

/** Reads the stream of a thread until the signal is aborted, and connects again after each break. */
export class ThreadStream {
  readonly #backoff = new Backoff();

  constructor(
    private readonly api: ChatApi,
    private readonly reader: StreamReader,
    /** Called with each piece that arrives. */
    private readonly onActivity: () => void = () => {},
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const failure = await ChatError.from(this.#readOnce(signal));
      if (signal.aborted) return;
      if (failure?.isGone) {
        this.reader.onEvent({ type: 'gone' });
        return;
      }
      if (failure) this.reader.onEvent({ type: 'lost', code: failure.code });
      await wait(this.#backoff.next(failure?.retryAfterMs), signal);
    }
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    const { threadId } = this.reader;
    const silence = new AbortController();
    let watchdog = setTimeout(() => silence.abort(), SILENCE_MS);
    const onAbort = (): void => silence.abort();
    signal.addEventListener('abort', onAbort);
    try {
      const cursor = await this.reader.cursor();
      const path = `threads/${encodeURIComponent(threadId)}/stream?after=${cursor}`;
      const response = await this.api.fetch(path, {
        headers: { Accept: 'text/event-stream' },
        cache: 'no-store',
        signal: silence.signal,
      });
      const body = response.body?.getReader();
      const decoder = new TextDecoder();
      const parser = new SseParser();
      for (;;) {
        const piece = await body?.read();
        if (!piece || piece.done) return;
        clearTimeout(watchdog);
        watchdog = setTimeout(() => silence.abort(), SILENCE_MS);
        this.onActivity();
        for (const event of parser.push(decoder.decode(piece.value, { stream: true }))) {
          this.#pass(event);
        }
      }
    } finally {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', onAbort);
      silence.abort();
    }
  }

  #pass(received: SseEvent): void {
    const event = toStreamEvent(received);
    if (event?.type === 'ready') this.#backoff.reset();
    if (event) this.reader.onEvent(event);
  }
}

/** Kinds that are not known are of a newer server, and no harm. */
function toStreamEvent({ type, id, data }: SseEvent): StreamEvent | undefined {
  switch (type) {
    case 'message':
      return { type, cursor: Number(id), message: JSON.parse(data) };
    case 'thread':
      return { type, cursor: Number(id), thread: JSON.parse(data) };
    case 'ready': {
      const { cursor }: { readonly cursor: number } = JSON.parse(data);
      return { type, cursor };
    }
    case 'reset':
    case 'gone':
      return { type };
    default:
      return undefined;
  }
}
