import type { Clock } from '../../common/clock.js';
import type { HandlerRegistry } from '../../replies/handler-registry.js';
import type { InboxItem } from '../../inbound/inbound-event.interface.js';
import { MemoryHandlerRegistry } from './memory-handler-registry.js';
import type { LaneQueue, LaneQueueOptions } from '../../lanes/lane.queue.js';
import { MemoryLaneQueue } from '../../lanes/memory-lane.queue.js';
import type { Lease } from '../lease.js';
import { SoleLease } from './local-lease.js';
import type { BudgetOptions, ChatBudget } from '../../chat/chat-rate-limiter.js';
import { MemoryChatBudget } from './memory-chat-rate-limiter.js';
import type { OutboxItem } from '../../outbound/outbound-job.interface.js';
import { ExpiringMap } from '../../common/ttl-map.js';
import { DeskStorage } from '../desk-storage.js';
import { MemoryTtlStore } from './memory-ttl-store.js';
import type { TtlStore } from '../ttl-store.js';

/** Keeps everything in this process; all is gone when it ends. */
export class MemoryDeskStorage extends DeskStorage {
  readonly isDurable = false;
  readonly #clock: Clock;
  #movedChat: number | null = null;
  #webhookMark: string | null = null;

  constructor(clock: Clock) {
    super();
    this.#clock = clock;
  }

  inbox(options: LaneQueueOptions<InboxItem>): LaneQueue<InboxItem> {
    return new MemoryLaneQueue<InboxItem>(this.#clock, options);
  }

  handlers(): HandlerRegistry {
    return new MemoryHandlerRegistry();
  }

  outbox(options: LaneQueueOptions<OutboxItem>): LaneQueue<OutboxItem> {
    return new MemoryLaneQueue<OutboxItem>(this.#clock, options);
  }

  budget(options: BudgetOptions): ChatBudget {
    return new MemoryChatBudget(this.#clock, options);
  }

  ttlStore(_name: string, lifeMs: number): TtlStore {
    return new MemoryTtlStore(new ExpiringMap(this.#clock, lifeMs));
  }

  loadMovedChat(): Promise<number | null> {
    return Promise.resolve(this.#movedChat);
  }

  /** Who asks is the only desk there is, and knows them. */
  loadFormerChats(): Promise<readonly number[]> {
    return Promise.resolve([]);
  }

  saveMovedChat(chatId: number): Promise<void> {
    this.#movedChat = chatId;
    return Promise.resolve();
  }

  lease(): Lease {
    return new SoleLease();
  }

  loadWebhookMark(): Promise<string | null> {
    return Promise.resolve(this.#webhookMark);
  }

  saveWebhookMark(mark: string): Promise<void> {
    this.#webhookMark = mark;
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
