import { Inject, Injectable } from '@nestjs/common';
import { DeskStorage } from '../storage/desk-storage.js';
import type { TtlStore } from '../storage/ttl-store.js';
import { ThreadStateRepository } from './thread-state.repository.js';
import type { TopicRef } from './topic-ref.interface.js';

/** Longer than a process takes to go on with the work of one that has died. */
const LIFE_MS = 5 * 60 * 1000;

/** More topics of one name than the rate limit of a chat lets a bot create meanwhile. */
const MOST_OF_A_NAME = 100;

/** No id of a thread is empty. */
const NOBODY = '';

/** What Telegram may change of a name. */
const CHANGED_IN_NAMES = /[\s\p{C}\p{M}]+/gu;

/**
 * The topics that Telegram says the bot has created, by name. Creating a topic is not idempotent, so when the answer is lost,
 * or the process has died, the topic is looked for here before another one is created.
 */
@Injectable()
export class UnboundTopics {
  readonly #store: TtlStore;

  constructor(
    @Inject(DeskStorage) storage: Pick<DeskStorage, 'ttlStore'>,
    private readonly threads: ThreadStateRepository,
  ) {
    this.#store = storage.ttlStore('new-topic', LIFE_MS);
  }

  /**
   * Remembers a topic for some minutes. Called for each that the bot has created, whether its thread is known or not.
   *
   * @param name As Telegram says it.
   * @throws When the store does not answer within 2 seconds.
   */
  async add(name: string, topic: TopicRef): Promise<void> {
    const value = idOf(topic);
    for (const key of keysOf(name)) {
      if ((await this.#store.setIfAbsent(key, value)) === value) return;
    }
  }

  /**
   * A topic of the name that no thread has claimed; the thread has it from now on. Null when there is none.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async take(name: string, threadId: string): Promise<TopicRef | null> {
    for (const key of keysOf(name)) {
      const value = await this.#store.get(key);
      if (value === null) return null;
      const topic = topicOf(value);
      if (await this.claim(topic, threadId)) return topic;
    }
    return null;
  }

  /**
   * Gives a topic to a thread, unless another one has it. Claims are forgotten sooner than Telegram announces a topic to
   * a desk that it cannot reach, so the records of threads are asked, too.
   *
   * @returns Whether the thread has it now.
   * @throws When the store does not answer within 2 seconds.
   */
  async claim(topic: TopicRef, threadId: string): Promise<boolean> {
    const owner = await this.threads.findByTopic(topic.chatId, topic.topicId);
    if (owner !== null && owner !== threadId) return false;
    const claimant = await this.#store.setIfAbsent(`claim:${idOf(topic)}`, threadId);
    return claimant === threadId;
  }

  /**
   * Call it when a topic is stored as that of its thread: nobody takes it from now on. The thread wants another one
   * when it looks for a topic again, because this one is deleted.
   *
   * @throws When the store does not answer within 2 seconds.
   */
  async settle(topic: TopicRef): Promise<void> {
    await this.#store.set(`claim:${idOf(topic)}`, NOBODY);
  }
}

/** One for each topic of the name, in the order in which they came. */
function keysOf(name: string): string[] {
  const normalized = name.normalize('NFC').replaceAll(CHANGED_IN_NAMES, '');
  return Array.from({ length: MOST_OF_A_NAME }, (_, index) => `name:${normalized}:${index}`);
}

function idOf({ chatId, topicId }: TopicRef): string {
  return `${chatId}:${topicId}`;
}

function topicOf(id: string): TopicRef {
  const [chatId, topicId] = id.split(':').map(Number);
  if (chatId === undefined || topicId === undefined) throw new TypeError(`${id} names no topic`);
  return { chatId, topicId };
}
