import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Injectable,
  NotFoundException,
  ServiceUnavailableException,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { ErrorDescriber } from '../../errors/index.js';
import { beginAnswer, rawOf, type HttpResponse } from '../../file-links/http-response.js';
import type { TranscriptThread } from '../transcripts/transcript.interface.js';
import { TranscriptStore } from '../transcripts/transcript-store.js';
import type { EventPage } from './event-page.js';
import { EventPages } from './event-pages.js';
import { OpenStreams } from './open-streams.js';
import { streamCursorOf } from './stream-cursor.js';
import { StreamReader } from './stream-reader.js';
import { StreamSlots } from './stream-slots.js';
import { ThreadFeeds } from './thread-feeds.js';

/** When a client comes back that has lost its stream. */
const RETRY_MS = 3_000;

/** After this time a stream ends at the next heartbeat, so that its customer is identified anew. */
const LIFE_MS = 15 * 60_000;

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  // Compression, in the app or in a proxy, would hold events back.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

/** A request for the stream of a thread, whose customer was identified. */
export interface StreamRequest {
  readonly threadId: string;
  /** The thread of anybody else is a 404. */
  readonly customerId: string;
  /** What Nest injects with `@Req()`: its header `Last-Event-ID` and its query `after` are read. */
  readonly request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>;
  /** What Nest injects with `@Res()`. */
  readonly response: HttpResponse;
}

/** The live streams of this process. */
@Injectable()
export class TranscriptStreams implements OnModuleDestroy {
  readonly #slots = new StreamSlots();
  readonly #logger: ThrottledLogger;
  #isClosed = false;

  constructor(
    private readonly store: TranscriptStore,
    private readonly pages: EventPages,
    private readonly feeds: ThreadFeeds,
    private readonly streams: OpenStreams,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger('SupportChat', errors);
  }

  /**
   * Answers a request with a stream of events: `message` and `thread`, whose ids are the numbers of the changes, `ready` when
   * all there was has been sent, `reset` when the thread has never been where the cursor is, and `gone` when it was purged.
   * Resolves when the answer has begun.
   *
   * @throws {@link HttpException} 400 `invalid` for a cursor that is no number, 404 `not_found` when there is no such thread,
   * 429 `too_many` when the customer has too many streams, 503 `unavailable` when the process ends; then nothing was sent.
   * @throws What the store throws; then nothing was sent.
   */
  async open({ threadId, customerId, request, response }: StreamRequest): Promise<void> {
    const cursor = streamCursorOf(request);
    if (this.#isClosed) throw unavailable();
    const raw = rawOf(response);
    // Who the customer is has taken time: `close` does not come again.
    if (isGone(raw)) return;
    this.#slots.take(customerId);
    raw.once('close', () => this.#slots.release(customerId));
    const thread = await this.store.findThread(threadId);
    if (thread?.customerId !== customerId) throw notFound();
    const first = await this.pages.read(thread, cursor);
    if (isGone(raw)) return;
    if (this.#isClosed) throw unavailable();
    beginAnswer(response, 200, HEADERS);
    if (request.method === 'HEAD') raw.end();
    else void this.#stream(raw, thread, cursor, first);
  }

  /** Ends all streams at once, so that the app need not wait for them. */
  onModuleDestroy(): void {
    this.#isClosed = true;
    // Not all at the same moment.
    this.streams.shutDown(() => Math.round(RETRY_MS * (0.3 + Math.random())));
    this.feeds.close();
  }

  async #stream(
    raw: ServerResponse,
    thread: TranscriptThread,
    cursor: number,
    first: EventPage,
  ): Promise<void> {
    const { threadId, lastNumber } = thread;
    const reader = new StreamReader(raw, cursor, this.clock.monotonicMs() + LIFE_MS);
    raw.socket?.setTimeout(0);
    raw.write(`retry: ${RETRY_MS}\n\n`);
    if (cursor > lastNumber) {
      reader.reset(lastNumber);
      return;
    }
    this.streams.add(reader);
    raw.once('close', () => {
      this.streams.delete(reader);
      this.feeds.delete(threadId, reader);
    });
    try {
      await this.#catchUp(reader, thread, first);
      if (reader.isClosed) return;
      reader.ready();
      this.feeds.add(threadId, reader);
    } catch (error) {
      this.#logger.warn(`A stream of the chat broke off: ${this.#logger.describe(error)}`);
      raw.destroy();
    }
  }

  /** Sends what there was when the thread was read, as fast as the client takes it. */
  async #catchUp(reader: StreamReader, thread: TranscriptThread, first: EventPage): Promise<void> {
    reader.send(first);
    while (reader.cursor < thread.lastNumber && !reader.isClosed) {
      await reader.drained();
      reader.send(await this.pages.read(thread, reader.cursor));
    }
  }
}

/** Whether the client has gone, or the answer has ended. */
function isGone(raw: ServerResponse): boolean {
  return raw.destroyed || raw.closed;
}

function notFound(): NotFoundException {
  return new NotFoundException({ error: 'not_found', message: 'There is no such thread' });
}

function unavailable(): ServiceUnavailableException {
  return new ServiceUnavailableException({
    error: 'unavailable',
    message: 'This process ends: ask again, and another one answers',
    retryAfterSeconds: 1,
  });
}
