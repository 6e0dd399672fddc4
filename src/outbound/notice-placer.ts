import { Injectable } from '@nestjs/common';
import { mayBePerformed } from '../bot/transport-failure.js';
import { costOfCall } from '../chat/call-cost.js';
import { ChatRateLimiter, type SendPermit } from '../chat/chat-rate-limiter.js';
import { TopicAvailability } from '../chat/topic-availability.js';
import { BotApiError } from '../errors/index.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { ThreadLayout, type Destination, type Post } from '../threads/thread-layout.js';
import { topicErrorOf } from '../threads/topic-error.js';
import type { OutboundJob } from './jobs/outbound-job.interface.js';
import type { OutboundProgress } from './jobs/outbound-progress.interface.js';
import { classifySendError } from './send-error.js';
import { TopicOpener, type TopicLook } from './topics/topic-opener.js';

/** How often, and after which wait each, a topic is looked for whose creation was not answered. */
const MOST_LOOKS = 3;
const LOOK_WAIT_MS = 1_000;

const AGAIN: Pause = { pauseMs: 0 };

/** A line about a thread that the chat does not show says nothing to anybody. */
export const NOWHERE = 'nowhere';

/** The topic of the thread was deleted, and it is to get another one, which begins with what was said before. */
export const RENEWS_TOPIC = 'renews_topic';

/** Where a notice goes, and the permit to send it there. */
export interface Place {
  readonly destination: Destination;
  readonly permit: SendPermit;
}

/** Finds the place of a notice, and creates the topic that it needs, within the rate limit. */
@Injectable()
export class NoticePlacer {
  constructor(
    private readonly layout: ThreadLayout,
    private readonly rateLimiter: ChatRateLimiter,
    private readonly topics: TopicOpener,
    private readonly availability: TopicAvailability,
  ) {}

  /**
   * @param cost How much of the rate limit the notice itself takes.
   * @param topicLook Says how the topic begins, if the notice needs one.
   * @returns The place, or how long the notice waits; {@link NOWHERE} when it is not to be posted at all, and
   *   {@link RENEWS_TOPIC} when it is not decided yet whether it shows what was said before.
   * @throws {@link BotApiError} When Telegram cannot be reached, wants a pause, or does not know the bot.
   */
  async place(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    progress: OutboundProgress,
    post: Post,
    cost: number,
    topicLook: () => Promise<TopicLook>,
  ): Promise<Place | Pause | typeof NOWHERE | typeof RENEWS_TOPIC> {
    const { threadId } = post;
    const destination = await this.layout.destination(post);
    if (isLine(post) && !hasPlace(destination)) return NOWHERE;
    if (!destination.needsTopic || threadId === undefined) return this.#permit(destination, cost);
    if (destination.renewsTopic && progress.withHistory === undefined) return RENEWS_TOPIC;
    const { chatId } = destination;
    if (progress.topicName !== undefined) {
      const topic = await this.topics.adopt(threadId, progress.topicName);
      if (topic) return this.#permit({ chatId, topicId: topic.topicId }, cost);
      const topicLooks = (progress.topicLooks ?? 0) + 1;
      if (topicLooks <= MOST_LOOKS) {
        await batch.complete(0, { ...progress, topicLooks });
        return { pauseMs: LOOK_WAIT_MS, keyOnly: true };
      }
    }
    const place = await this.#permit(
      { chatId },
      cost + costOfCall('createForumTopic', destination),
    );
    if ('pauseMs' in place) return place;
    return this.#create(batch, progress, place, threadId, topicLook);
  }

  async #permit(destination: Destination, cost: number): Promise<Place | Pause> {
    const decision = await this.rateLimiter.acquire(cost);
    return decision.granted
      ? { destination, permit: decision.permit }
      : { pauseMs: decision.waitMs };
  }

  /** The name is stored before the call, so that whoever goes on after a crash looks for the topic first. */
  async #create(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    progress: OutboundProgress,
    { destination: { chatId }, permit }: Place,
    threadId: string,
    topicLook: () => Promise<TopicLook>,
  ): Promise<Place | Pause> {
    try {
      const { name, status } = await topicLook();
      const topicName = progress.topicName ?? name;
      await batch.complete(0, { ...progress, topicName, topicLooks: 0 });
      const topic = await this.topics.create(threadId, { name: topicName, status });
      if (topic) return { destination: { chatId, topicId: topic.topicId }, permit };
    } catch (error) {
      await permit.release();
      if (!(error instanceof BotApiError)) throw error;
      return this.#afterRefusal(batch, progress, error);
    }
    await permit.release();
    return AGAIN;
  }

  async #afterRefusal(
    batch: JobBatch<OutboundJob, OutboundProgress>,
    progress: OutboundProgress,
    error: BotApiError,
  ): Promise<Pause> {
    if (mayBePerformed(error)) throw error;
    const refused = { ...progress, topicName: undefined };
    const [obstacle, kind] = [topicErrorOf(error), classifySendError(error)];
    // Telegram has many words for a missing right. When the chat itself is at fault, sending the message shows that.
    const isDenied = obstacle === 'no_right' || (kind === 'chat' && !isOfToken(error));
    if (obstacle === 'no_topics') this.availability.learn({ isForum: false });
    else if (isDenied) this.availability.learn({ mayManage: false });
    else if (['rate_limited', 'unavailable', 'chat'].includes(kind)) {
      await batch.complete(0, refused);
      throw error;
    } else {
      // Something about this very topic; the message matters more.
      await batch.complete(0, { ...refused, isOutside: true });
      return AGAIN;
    }
    await batch.complete(0, refused);
    return AGAIN;
  }
}

/** Whether Telegram does not know the bot, which says nothing of the chat. */
function isOfToken({ errorCode }: BotApiError): boolean {
  return errorCode === 401 || errorCode === 404;
}

/** Whether it only says something of its thread, and does not name it. */
function isLine({ threadId, inReplyTo, mayOpenTopic, isOutside }: Post): boolean {
  return threadId !== undefined && !inReplyTo && !mayOpenTopic && !isOutside;
}

function hasPlace({ topicId, replyTo }: Destination): boolean {
  return topicId !== undefined || replyTo !== undefined;
}
