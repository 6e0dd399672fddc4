import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { Clock } from '../common/clock.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskDirectory } from '../desk/desk-directory.js';
import { BotApiError, ErrorDescriber } from '../errors/index.js';
import { LastNoticeRepository } from '../threads/last-notice.repository.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import type { ThreadMessage } from '../threads/thread-message.interface.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { topicErrorOf } from '../threads/topic-error.js';
import type { TopicRef } from '../threads/topic-ref.interface.js';
import { UnboundTopics } from '../threads/unbound-topics.js';
import { classifySendError } from './send-error.js';

/** The most messages of one call (Bot API, `deleteMessages`). */
const MOST_DELETED = 100;

/** How long a bot may delete messages without being an administrator with the right to (Bot API, `deleteMessage`). */
const OLD_MS = 48 * 60 * 60 * 1000;

/** Removes threads from Telegram and from the store. */
@Injectable()
export class ThreadPurger {
  readonly #logger: SafeLogger;

  constructor(
    private readonly api: BotApiClient,
    private readonly threads: ThreadStateRepository,
    private readonly messages: ThreadMessageRepository,
    private readonly mappings: ThreadMappingRepository,
    private readonly lastNotices: LastNoticeRepository,
    private readonly topics: UnboundTopics,
    private readonly desks: DeskDirectory,
    private readonly clock: Clock,
    private readonly settings: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(ThreadPurger.name, errors);
  }

  /**
   * Deletes the topics of the thread, former ones included, with all their messages, and all other messages of the thread
   * that are known, those of agents included, at all desks. Then forgets the thread everywhere, so that nobody can
   * answer what is left.
   *
   * @param key That of the queue which is worked on. What waits there comes behind the purge, and stays.
   * @throws {@link BotApiError} When Telegram cannot be reached, fails or wants a pause.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async purge(threadId: string, key?: string): Promise<void> {
    const record = await this.threads.find(threadId);
    const { topic, formerTopics = [], card } = record ?? {};
    const deleted: TopicRef[] = [];
    for (const ref of topic ? [...formerTopics, topic] : formerTopics) {
      const isDeleted = await this.#try(threadId, () =>
        this.api.call('deleteForumTopic', { chat_id: ref.chatId, message_thread_id: ref.topicId }),
      );
      if (isDeleted) deleted.push(ref);
      await this.topics.settle(ref);
    }
    const known = await this.#messagesOf(threadId, card);
    for (const batch of this.#batchesOf(known, deleted)) await this.#delete(threadId, batch);
    for (const { name, traces } of await this.desks.all()) {
      await traces.erase(threadId, known, name === this.settings.desk ? key : undefined);
    }
    for (const message of known) await this.mappings.remove(message);
    await this.threads.remove(threadId);
    await this.messages.remove(threadId);
    // From now on a handler that has run meanwhile sees that the thread is gone.
    for (const { traces } of await this.desks.all()) await traces.forgetHandled(threadId);
  }

  /** With those that a version before this one has posted. */
  async #messagesOf(
    threadId: string,
    card: MessageRef | undefined,
  ): Promise<readonly ThreadMessage[]> {
    const listed = await this.messages.list(threadId);
    const newest = await this.lastNotices.find(threadId);
    const others = [card, newest].filter((message) => message !== null && message !== undefined);
    const unlisted = others.filter((one) => !listed.some((other) => isSame(one, other)));
    const atMs = this.clock.now();
    const found = unlisted.map((ref) => ({ ...ref, kind: 'notice', atMs }) as const);
    return [
      ...found.filter((one, at) => found.findIndex((other) => isSame(one, other)) === at),
      ...listed,
    ];
  }

  /** Messages of which Telegram lets the bot delete all or none, so that one that it refuses keeps back no other. */
  #batchesOf(
    messages: readonly ThreadMessage[],
    deleted: readonly TopicRef[],
  ): ReadonlyArray<readonly ThreadMessage[]> {
    const left = messages.filter(
      ({ chatId, topicId }) =>
        !deleted.some((topic) => topic.chatId === chatId && topic.topicId === topicId),
    );
    const groups = new Map<string, ThreadMessage[]>();
    for (const message of left) {
      const isOld = this.clock.now() - message.atMs >= OLD_MS;
      const group = [message.chatId, message.kind === 'notice', isOld].join(':');
      groups.set(group, [...(groups.get(group) ?? []), message]);
    }
    return [...groups.values()].flatMap((group) =>
      Array.from({ length: Math.ceil(group.length / MOST_DELETED) }, (_, page) =>
        group.slice(page * MOST_DELETED, (page + 1) * MOST_DELETED),
      ),
    );
  }

  async #delete(threadId: string, batch: readonly ThreadMessage[]): Promise<void> {
    const [first] = batch;
    if (!first) return;
    const message_ids = batch.map(({ messageId }) => messageId);
    await this.#try(threadId, () =>
      this.api.call('deleteMessages', { chat_id: first.chatId, message_ids }),
    );
  }

  /**
   * What Telegram refuses for good is logged, because a person has to do it.
   *
   * @returns Whether it is done.
   */
  async #try(threadId: string, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      return true;
    } catch (error) {
      const isFinal =
        error instanceof BotApiError &&
        !['rate_limited', 'unavailable'].includes(classifySendError(error));
      if (!isFinal) throw error;
      // By an earlier try of which the answer was lost, or by a person.
      if (topicErrorOf(error) === 'gone') return true;
      this.#logger.warn(
        `Not all of thread ${threadId} could be deleted in Telegram: ${this.#logger.describe(error)}`,
      );
      return false;
    }
  }
}

function isSame(one: MessageRef, other: MessageRef): boolean {
  return one.chatId === other.chatId && one.messageId === other.messageId;
}
