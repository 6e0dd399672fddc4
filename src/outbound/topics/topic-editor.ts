import { Injectable } from '@nestjs/common';
import { BotApiClient } from '../../bot/bot-api-client.js';
import { costOfCall } from '../../chat/call-cost.js';
import { BotApiError } from '../../errors/index.js';
import { ThreadStateRepository } from '../../threads/thread-state.repository.js';
import { topicErrorOf } from '../../threads/topic-error.js';
import type { TopicPlan } from './topic-planner.js';

/** Changes topics: name and icon in one call, whether it is closed in another. */
@Injectable()
export class TopicEditor {
  constructor(
    private readonly api: BotApiClient,
    private readonly threads: ThreadStateRepository,
  ) {}

  /** How much of the rate limit the plan takes. */
  costOf(plan: TopicPlan): number {
    const calls = [
      isEdit(plan) ? costOfCall('editForumTopic', plan) : 0,
      plan.toggle ? costOfCall(plan.toggle, plan) : 0,
    ];
    return calls.reduce((sum, cost) => sum + cost, 0);
  }

  /**
   * Carries out a plan, for which the caller has a permit of the rate limiter. What is so already counts as done. When
   * Telegram does not find the topic any more, that is noted, and the next message of the thread gets another one.
   *
   * @throws {@link BotApiError} When Telegram did not do it.
   * @throws {@link ThreadMappingError} When the store does not answer within 2 seconds.
   */
  async carryOut(plan: TopicPlan): Promise<void> {
    try {
      await this.#change(plan);
    } catch (error) {
      const isGone = error instanceof BotApiError && topicErrorOf(error) === 'gone';
      if (!isGone) throw error;
      await this.threads.changeTopic(plan.threadId, plan.topic, { isGone });
    }
  }

  async #change(plan: TopicPlan): Promise<void> {
    const { threadId, topic, status, name, iconId, toggle } = plan;
    const target = { chat_id: topic.chatId, message_thread_id: topic.topicId };
    if (isEdit(plan)) {
      const params = { ...target, name, icon_custom_emoji_id: iconId };
      await unlessDone(this.api.call('editForumTopic', params, { hasPermit: true }));
    }
    const named = name === undefined ? {} : { name, givenName: name };
    await this.threads.changeTopic(threadId, topic, { ...named, shownStatus: status });
    if (!toggle) return;
    await unlessDone(this.api.call(toggle, target, { hasPermit: true }));
    const isClosed = toggle === 'closeForumTopic';
    await this.threads.changeTopic(threadId, topic, { isClosed });
  }
}

function isEdit({ name, iconId }: TopicPlan): boolean {
  return name !== undefined || iconId !== undefined;
}

async function unlessDone(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    const isDone = error instanceof BotApiError && topicErrorOf(error) === 'not_modified';
    if (!isDone) throw error;
  }
}
