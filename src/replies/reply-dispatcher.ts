import type { Clock } from '../common/clock.js';
import { toError, type ErrorDescriber } from '../errors/index.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { agentOf } from '../updates/agent.js';
import type { HandlerRegistry } from './handler-registry.js';
import type { FailedHandler, ReplyEvent } from '../inbound/inbound-event.interface.js';
import { messageHtml } from '../updates/message-html.js';
import { messageText } from '../updates/message-text.js';
import { ReplyHandlerCaller } from './reply-handler-caller.js';
import type { ReplyHandlers } from './reply-handlers.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** What {@link ReplyDispatcher} works with. */
export interface ReplyDispatcherParts {
  readonly handlers: ReplyHandlers;
  readonly registry: HandlerRegistry;
  readonly clock: Clock;
  /** How long a handler may take before it counts as failed. */
  readonly timeoutMs: number;
  /** How often each handler is offered a reply. */
  readonly attempts: number;
  readonly errors?: ErrorDescriber;
}

/** A handler that has failed just now. */
export interface HandlerFailure {
  readonly name: string;
  readonly error: Error;
}

/**
 * What came of offering a reply to the handlers of this process.
 *
 * - `taken`: every handler of the desk has taken it.
 * - `failed`: a handler has failed, and is to be called again later.
 * - `elsewhere`: only other processes have the handlers that have not had it, or which ones they have is not known.
 * - `refused`: no further attempt can help.
 */
export interface Dispatch {
  readonly state: 'taken' | 'failed' | 'elsewhere' | 'refused';
  /** How far the reply has come. */
  readonly item: ReplyEvent;
  readonly failures: readonly HandlerFailure[];
  /** Why it was refused, or has failed; it may be shown. */
  readonly reason: string;
  /** Whether that is what a handler has thrown. */
  readonly isThrown: boolean;
}

/** Hands a reply to the handlers of this process that have not had it, and says who is still to have it. */
export class ReplyDispatcher {
  readonly #parts: ReplyDispatcherParts;
  readonly #logger: ThrottledLogger;
  readonly #caller: ReplyHandlerCaller;

  constructor(parts: ReplyDispatcherParts) {
    this.#parts = parts;
    this.#logger = new ThrottledLogger(ReplyDispatcher.name, parts.errors);
    this.#caller = new ReplyHandlerCaller(parts.clock, parts.timeoutMs);
  }

  /**
   * @param isFirst Whether it has never failed, or is a dead letter that is retried.
   */
  async dispatch(given: ReplyEvent, isFirst: boolean): Promise<Dispatch> {
    const own = this.#parts.handlers.all();
    const failed: Record<string, FailedHandler> = isFirst ? {} : { ...given.failures };
    const takenBy = [...given.takenBy];
    const failures: HandlerFailure[] = [];
    const declinedBy = new Set(given.declinedBy);
    for (const handler of own) {
      const { name } = handler;
      if (takenBy.includes(name) || this.#isGivenUp(failed[name])) continue;
      try {
        if (!handler.accepts(given.threadId)) declinedBy.add(name);
        else {
          declinedBy.delete(name);
          await this.#caller.call(handler, replyOf(given));
          takenBy.push(name);
        }
        delete failed[name];
      } catch (thrown) {
        failures.push({ name, error: toError(thrown) });
        const reason = this.#logger.describe(thrown);
        failed[name] = { times: (failed[name]?.times ?? 0) + 1, reason };
      }
    }
    const item = { ...given, takenBy, declinedBy: [...declinedBy], failures: failed };
    return { ...(await this.#judge(item)), item, failures };
  }

  async #judge({
    takenBy,
    declinedBy = [],
    failures = {},
  }: ReplyEvent): Promise<Pick<Dispatch, 'state' | 'reason' | 'isThrown'>> {
    const { handlers, registry } = this.#parts;
    const own = new Set(handlers.all().map(({ name }) => name));
    // Asked after the calls, so that a process that has started meanwhile is known.
    const published = await registry.published().catch((error: unknown) => {
      this.#logger.debug(
        `Other processes' handlers are not known: ${this.#logger.describe(error)}`,
      );
      return null;
    });
    const known = new Set([...own, ...(published ?? [])]);
    if (known.size === 0 && published) {
      return { state: 'refused', reason: NO_HANDLER, isThrown: false };
    }
    const missing = [...known].filter(
      (name) => ![...takenBy, ...declinedBy].includes(name) && !this.#isGivenUp(failures[name]),
    );
    // One that a deploy has removed holds nothing up any more.
    const failed = Object.keys(failures).filter((name) => known.has(name));
    const reason = failures[failed[0] ?? '']?.reason ?? '';
    const isThrown = failed.length > 0;
    if (missing.some((name) => own.has(name))) return { state: 'failed', reason, isThrown };
    if (missing.length > 0 || published === null) return { state: 'elsewhere', reason, isThrown };
    if (isThrown) return { state: 'refused', reason, isThrown };
    return takenBy.length > 0
      ? { state: 'taken', reason, isThrown }
      : { state: 'refused', reason: NOT_WANTED, isThrown };
  }

  #isGivenUp(failure: FailedHandler | undefined): boolean {
    return failure !== undefined && failure.times >= this.#parts.attempts;
  }
}

const NOT_WANTED = 'no handler of the app takes replies of this thread';
const NO_HANDLER = 'the app has no method with @OnThreadReply()';

function replyOf({ threadId, message, receivedAtMs }: ReplyEvent): ThreadReply {
  const agent = agentOf(message);
  if (!agent) throw new TypeError('A message that no person wrote is no reply');
  // What of a message is not known any more after an upgrade was known when it was taken.
  const { text, entities } = messageText(message) ?? { text: '', entities: [] };
  const sentAtMs = message.date * 1000;
  return {
    threadId,
    text,
    html: messageHtml(text, entities),
    agent,
    message: { chatId: message.chat.id, messageId: message.message_id },
    sentAt: new Date(sentAtMs),
    receivedAt: new Date(receivedAtMs ?? sentAtMs),
    raw: message,
  };
}
