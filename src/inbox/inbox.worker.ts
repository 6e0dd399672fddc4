import type { DeadItem, LaneBatch, LaneConsumer } from '../lanes/lane.consumer.js';
import type { Clock } from '../clock/clock.js';
import { toError } from '../errors/index.js';
import type { LaneItem } from '../lanes/lane-item.interface.js';
import { LaneItemRefusedError } from '../lanes/lane-item-refused.error.js';
import { LineLogger } from '../log/line.logger.js';
import type { OutboxService } from '../outbox/outbox.service.js';
import { agentOf } from './agent.js';
import type { InboxItem } from './inbox-item.interface.js';
import { messageHtml } from './message.html.js';
import { messageText } from './message.text.js';
import { ReplyHandlerCaller } from './reply-handler.caller.js';
import type { ReplyHandler } from './reply-handler.interface.js';
import type { ReplyReceipts } from './reply-receipts.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** What {@link InboxWorker} works with. */
export interface InboxWorkerParts {
  readonly handlers: readonly ReplyHandler[];
  readonly outbox: OutboxService;
  /** Null when agents are not to be shown that their replies were taken. */
  readonly receipts: ReplyReceipts | null;
  readonly clock: Clock;
  /** How long a handler may take before its reply is offered again. */
  readonly timeoutMs: number;
  /** Told of each reply that is given up. */
  readonly onDead: (item: LaneItem<InboxItem>, reason: string) => void;
}

/** Hands replies to the app, and tells the agent the truth about them. */
export class InboxWorker implements LaneConsumer<InboxItem> {
  readonly #logger = new LineLogger(InboxWorker.name);
  readonly #parts: InboxWorkerParts;
  readonly #caller: ReplyHandlerCaller;

  constructor(parts: InboxWorkerParts) {
    this.#parts = parts;
    this.#caller = new ReplyHandlerCaller(parts.clock, parts.timeoutMs);
  }

  async handle(batch: LaneBatch<InboxItem>): Promise<void> {
    for (const [index, { payload, attempts }] of batch.items.entries()) {
      const { takenBy, errors } = await this.#offer(payload);
      if (errors[0]) {
        await batch.complete(0, { ...payload, takenBy });
        this.#logFailures(payload, attempts + 1, errors);
        throw errors[0].error;
      }
      // The last one is completed by returning, which the queue does in one step with what follows.
      if (index < batch.items.length - 1) await batch.complete(1);
      this.#parts.receipts?.confirm(refOf(payload));
    }
  }

  async buried({ item, error }: DeadItem<InboxItem>): Promise<void> {
    const { payload } = item;
    const { threadId } = payload;
    this.#logger.error(
      `A reply in thread ${threadId} was given up, its agent is told: ${error.message}`,
    );
    const reason = error.message;
    await this.#parts.outbox.tellAgent('replyFailed', refOf(payload), { threadId, reason });
    this.#parts.onDead(item, reason);
  }

  /** Calls every handler of the thread that has not taken the reply; one that fails keeps none of the others from it. */
  async #offer(item: InboxItem): Promise<{ takenBy: string[]; errors: HandlerFailure[] }> {
    const takenBy = [...item.takenBy];
    const errors: HandlerFailure[] = [];
    if (this.#parts.handlers.length === 0) {
      throw new LaneItemRefusedError('the app has no method with @OnThreadReply()');
    }
    for (const handler of this.#parts.handlers) {
      const { name } = handler;
      if (takenBy.includes(name)) continue;
      try {
        if (!handler.accepts(item.threadId)) continue;
        await this.#caller.call(handler, replyOf(item));
        takenBy.push(name);
      } catch (error) {
        errors.push({ name, error: toError(error) });
      }
    }
    if (takenBy.length === 0 && errors.length === 0) {
      throw new LaneItemRefusedError('no handler of the app takes replies of this thread');
    }
    return { takenBy, errors };
  }

  #logFailures({ threadId }: InboxItem, attempt: number, errors: readonly HandlerFailure[]): void {
    for (const { name, error } of errors) {
      this.#logger.error(
        `${name} failed on a reply in thread ${threadId}, attempt ${attempt}`,
        error.stack,
      );
    }
  }
}

interface HandlerFailure {
  readonly name: string;
  readonly error: Error;
}

function refOf({ message }: InboxItem) {
  return { chatId: message.chat.id, messageId: message.message_id };
}

function replyOf(item: InboxItem): ThreadReply {
  const { threadId, message } = item;
  const agent = agentOf(message);
  if (!agent) throw new TypeError('A message that no person wrote is no reply');
  // What of a message is not known any more after an upgrade was known when it was taken.
  const { text, entities } = messageText(message) ?? { text: '', entities: [] };
  return {
    threadId,
    text,
    html: messageHtml(text, entities),
    agent,
    message: refOf(item),
    sentAt: new Date(message.date * 1000),
    raw: message,
  };
}
