import { randomUUID } from 'node:crypto';
import type { ErrorDescriber } from '../errors/index.js';
import type { OrderedQueue } from '../queue/ordered-queue.js';
import { listKeys } from '../queue/list-keys.js';
import { withTimeout } from '../common/with-timeout.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { MessageRef } from '../threads/message-ref.interface.js';
import { sanitizeText } from '../notices/sanitize-text.js';
import { NOTHING_SENT, type AgentNoticeJob, type OutboundJob } from './outbound-job.interface.js';
import type { NewThread } from './new-thread.js';
import type { NotifyResult } from './notify-result.js';
import type { UserMessage } from './user-message.js';

/** How long an app waits for its message to be stored. */
const ACCEPT_TIMEOUT_MS = 2_000;

/** How long {@link OutboundService.close} waits for what is being sent. */
const CLOSE_GRACE_MS = 10_000;

/** Takes what is to be posted in the admin chat. */
export class OutboundService {
  readonly #logger: SafeLogger;
  readonly #queue: OrderedQueue<OutboundJob>;
  readonly #isDurable: boolean;

  /** @param isDurable Whether the queue outlives this process. */
  constructor(queue: OrderedQueue<OutboundJob>, isDurable: boolean, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(OutboundService.name, errors);
    this.#queue = queue;
    this.#isDurable = isDurable;
  }

  openThread({
    threadId,
    text,
    subject,
    customer,
    url,
    messageId,
  }: NewThread): Promise<NotifyResult> {
    const item = { threadId, text: sanitizeText(text), subject, customer, url, ...NOTHING_SENT };
    return this.#accept(threadId, messageId, { kind: 'newThread', ...item });
  }

  addMessage({ threadId, text, customer, messageId }: UserMessage): Promise<NotifyResult> {
    const item = { threadId, text: sanitizeText(text), customer, ...NOTHING_SENT };
    return this.#accept(threadId, messageId, { kind: 'userMessage', ...item });
  }

  /**
   * Tells an agent about a message of theirs.
   *
   * @param once What this is told about once in 24 hours or more; each message by default.
   * @throws When it could not be stored.
   */
  async notifyAgent(
    kind: AgentNoticeJob['kind'],
    about: MessageRef,
    details: Pick<AgentNoticeJob, 'threadId' | 'reason' | 'notAReplyReason'> = {},
    once = `${about.chatId}:${about.messageId}`,
  ): Promise<void> {
    const lane = `agent:${about.chatId}:${about.messageId}`;
    const item = { kind, about, ...details, ...NOTHING_SENT };
    // A client of the app's own may wait for Redis for ever; who asks here, Telegram, does not.
    await withTimeout(this.#queue.enqueue(lane, `${kind}:${once}`, item), ACCEPT_TIMEOUT_MS);
  }

  /** Finishes what is being sent, and says what is lost. */
  async close(): Promise<void> {
    const lanes = await this.#queue.close(CLOSE_GRACE_MS);
    if (this.#isDurable || lanes.length === 0) return;
    this.#logger.error(
      `The process ends with unsent notices in memory, which are lost; their lanes: ${listKeys(lanes)}`,
    );
  }

  async #accept(
    threadId: string,
    messageId: string | undefined,
    item: OutboundJob,
  ): Promise<NotifyResult> {
    const id = messageId ?? randomUUID();
    // The app's ids may be unique only within a thread.
    const push = this.#queue.enqueue(
      `thread:${threadId}`,
      `message:${JSON.stringify([threadId, id])}`,
      item,
    );
    try {
      await withTimeout(push, ACCEPT_TIMEOUT_MS);
      return { accepted: true, id };
    } catch (error) {
      const reason = this.#logger.describe(error);
      this.#logger.error(`A notice of thread ${threadId} could not be accepted: ${reason}`);
      return { accepted: false, reason: 'unavailable', id };
    }
  }
}
