import { deepStrictEqual } from 'node:assert/strict';
import { vi } from 'vitest';
import { Agents } from './agents.js';
import { Customers } from './customers.js';
import type { DrillDesk } from './drill.desk.js';
import type { NoticeBlock } from './notice.block.js';
import { repeatsIn, type Block, type Repeat } from './thread.order.js';

const THREADS = Array.from({ length: 25 }, (_, i) => `t${String(i).padStart(2, '0')}`);

/** A reply as a handler was given it. */
export interface ReplyBlock extends Block {
  readonly threadId: string;
}

/** What customers and agents write in 25 threads of a desk, and what becomes of it. */
export class Traffic {
  readonly customers: Customers;
  readonly #agents: Agents;
  readonly #desk: DrillDesk;
  /** How many there are of each in each thread. */
  #messages = 0;
  #replies = 0;

  constructor(desk: DrillDesk) {
    this.#desk = desk;
    this.customers = new Customers(desk.balancer.url);
    this.#agents = new Agents(desk.chat);
  }

  /** In each thread, a customer writes so many messages and an agent replies so many times. */
  async flow({ messages, replies }: { messages: number; replies: number }): Promise<void> {
    this.#messages += messages;
    this.#replies += replies;
    await Promise.all(
      THREADS.flatMap((threadId) => [
        this.customers.write(threadId, messages),
        this.#agents.reply(threadId, replies),
      ]),
    );
  }

  /** What handlers were given, in order. */
  get handled(): ReplyBlock[] {
    return this.#desk.reports.replies.map(({ instance, threadId, text }) => ({
      instance,
      threadId,
      numbers: [Number(text.slice(1))],
    }));
  }

  /** Resolves when everything is where it belongs and nothing waits any more. */
  async arrives(timeoutMs: number): Promise<void> {
    const replies = 25 * this.#replies;
    const expected = { notices: 25 * this.#messages, replies, acknowledged: replies, waiting: [] };
    const state = async () => ({
      notices: countOf(this.#desk.notices),
      replies: countOf(this.handled),
      acknowledged: this.#acknowledged,
      waiting: [
        ...(await this.#desk.keys('outbox:jobs')),
        ...(await this.#desk.keys('inbox:jobs')),
        ...(await this.#desk.keys('acknowledgements:jobs')),
      ],
    });
    await vi.waitFor(async () => deepStrictEqual(await state(), expected), {
      timeout: timeoutMs,
      interval: 100,
    });
  }

  /** How many of the agents' messages show that the app has taken them. */
  get #acknowledged(): number {
    const { chat, emulator } = this.#desk;
    const replies = chat.messages.filter(({ from }) => from?.id !== emulator.bot.id);
    return replies.filter(({ message_id: id }) => chat.reactionsOn(id).includes('👍')).length;
  }

  /** What was posted again; fails when a thread's notices are not in order. */
  repeatedNotices(): Repeat<NoticeBlock>[] {
    const { notices } = this.#desk;
    return THREADS.flatMap((threadId) =>
      repeatsIn(
        notices.filter((notice) => notice.threadId === threadId),
        this.#messages,
      ),
    );
  }

  /** What was handed to the app again; fails when a thread's replies are not in order. */
  repeatedReplies(): Repeat<ReplyBlock>[] {
    const { handled } = this;
    return THREADS.flatMap((threadId) =>
      repeatsIn(
        handled.filter((reply) => reply.threadId === threadId),
        this.#replies,
      ),
    );
  }
}

/** How many different messages the blocks show. */
function countOf(blocks: ReadonlyArray<Block & { readonly threadId: string }>): number {
  const shown = blocks.flatMap(({ threadId, numbers }) => numbers.map((n) => `${threadId}/${n}`));
  return new Set(shown).size;
}
