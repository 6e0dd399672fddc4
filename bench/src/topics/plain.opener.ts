import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api } from 'grammy';
import { LIMIT, THREADS, type TopicsPlace } from './topics.task.js';

/** The defaults of the throttler for groups, in the time of the benchmark. */
const THROTTLE = {
  group: {
    maxConcurrent: 1,
    minTime: 0,
    reservoir: LIMIT.messages,
    reservoirRefreshAmount: LIMIT.messages,
    reservoirRefreshInterval: LIMIT.windowMs,
  },
};

/** Opens threads as desks commonly do: a topic, a card, which is pinned, and then the first message. */
export async function openPlainly({ token, apiRoot, chatId }: TopicsPlace): Promise<void> {
  const api = new Api(token, { apiRoot });
  api.config.use(apiThrottler(THROTTLE));
  api.config.use(autoRetry());
  for (let i = 0; i < THREADS; i += 1) {
    const topic = await api.createForumTopic(chatId, `Customer ${i}: parcel`);
    const place = { message_thread_id: topic.message_thread_id };
    const card = await api.sendMessage(chatId, `Customer ${i}`, place);
    await api.pinChatMessage(chatId, card.message_id);
    await api.sendMessage(chatId, `[t${i}] Where is my parcel?`, place);
  }
}
