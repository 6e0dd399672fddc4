import type { ServerResponse } from 'node:http';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { WorldChange } from '../world/world-changes.js';
import type { PageClockHand } from './page-clock-hand.js';
import { PageError } from './page.error.js';
import type { PageChange } from './page-protocol.js';
import { formatEvent, PageReader } from './page-reader.js';
import type { PageState } from './page-state.js';
import type { RoomKeys } from './room-keys.js';

/** What a feed is fed by. */
export interface PageFeedContext {
  readonly world: EmulatedWorld;
  readonly keys: RoomKeys;
  readonly clock: PageClockHand;
  readonly state: PageState;
}

/** Changes are sent together with those that come so soon after them. */
const FLUSH_MS = 20;
const MAX_READERS = 32;

/**
 * Sends the open pages what has changed. A change is noted as the thing that changed, once however often it does,
 * and looked up when it is sent. While no page is open nothing is listened to.
 */
export class PageFeed {
  readonly #context: PageFeedContext;
  readonly #readers = new Set<PageReader>();
  readonly #pending = new Map<string, () => PageChange[]>();
  #subscriptions: ReadonlyArray<() => void> = [];
  #timer: NodeJS.Timeout | undefined;
  #occasions = 0;

  constructor(context: PageFeedContext) {
    this.#context = context;
  }

  /**
   * Answers with an event stream.
   *
   * @throws {@link PageError} When there are too many.
   */
  open(response: ServerResponse): void {
    if (this.#readers.size >= MAX_READERS) {
      throw new PageError(429, `The page is open ${MAX_READERS} times; close one of them`);
    }
    if (this.#readers.size === 0) this.#listen();
    const reader = new PageReader(
      response,
      formatEvent('snapshot', this.#context.state.snapshot()),
    );
    this.#readers.add(reader);
    response.once('close', () => {
      this.#readers.delete(reader);
      if (this.#readers.size === 0) this.close();
    });
  }

  /** Tells the open pages of something that has no state, such as an answer. */
  announce(change: PageChange): void {
    this.#note(`occasion ${this.#occasions++}`, () => [change]);
  }

  /** Stops to listen; the connections are the server's. */
  close(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#subscriptions = [];
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending.clear();
  }

  #listen(): void {
    const { world, clock, state } = this.#context;
    this.#subscriptions = [
      world.changes.subscribe((change) => {
        this.#note(this.#nameOf(change), () => state.describe(change));
      }),
      clock.subscribe(() => {
        for (const { ephemeral } of world.rooms.list) ephemeral.dropExpired();
        this.#note('clock', () => [{ type: 'clock', clock: clock.view() }]);
      }),
    ];
  }

  #nameOf(change: WorldChange): string {
    const { keys } = this.#context;
    switch (change.kind) {
      case 'message':
        return `message ${keys.keyOf(change.room)} ${change.messageId}`;
      case 'ephemeral':
        return `ephemeral ${keys.keyOf(change.room)} ${change.ephemeralId}`;
      case 'topic':
        return `topic ${keys.keyOf(change.room)} ${change.topicId}`;
      case 'chat':
        return `chat ${keys.keyOf(change.room)}`;
      case 'person':
        return `person ${change.userId}`;
      case 'chatAction': {
        const { botId, topicId } = change.chatAction;
        return `chatAction ${keys.keyOf(change.room)} ${botId} ${topicId}`;
      }
      case 'bots':
      case 'faults':
        return change.kind;
    }
  }

  #note(name: string, describe: () => PageChange[]): void {
    if (this.#readers.size === 0) return;
    this.#pending.set(name, describe);
    this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    // What is noted while they are described is for the next time.
    const noted = [...this.#pending.values()];
    this.#pending.clear();
    const changes = noted.flatMap((describe) => describe());
    if (changes.length === 0) return;
    const event = formatEvent('changes', changes);
    for (const reader of this.#readers) reader.send(event);
  }
}
