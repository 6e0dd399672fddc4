import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { ThrottledLogger } from '../common/throttled-logger.js';
import { Timeouts } from '../common/timeouts.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, toError } from '../errors/index.js';
import { isGivenUp, outcomeOf, type DispatchOutcome } from './dispatch-outcome.js';
import { HandlerRegistry } from './handler-registry.js';
import type { HandlerFailures, ReplyEvent, ReplyProgress } from './reply-event.interface.js';
import type { ReplyHandler } from './reply-handler.interface.js';
import { ReplyHandlers } from './reply-handlers.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** A handler that has failed just now. */
export interface HandlerFailure {
  readonly name: string;
  readonly error: Error;
}

/** The result of {@link ReplyDispatcher.dispatch}. */
export interface Dispatch extends DispatchOutcome {
  readonly progress: ReplyProgress;
  /** The handlers that have failed this time. */
  readonly failures: readonly HandlerFailure[];
}

/** Calls the handlers of this process that have not handled a reply yet. */
@Injectable()
export class ReplyDispatcher {
  readonly #logger: ThrottledLogger;
  readonly #timeouts: Timeouts;
  readonly #attempts: number;
  readonly #timeoutMs: number;

  constructor(
    private readonly handlers: ReplyHandlers,
    private readonly registry: HandlerRegistry,
    clock: Clock,
    { replies }: TelegramSettings,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger(ReplyDispatcher.name, errors);
    this.#timeouts = new Timeouts(clock);
    this.#attempts = replies.attempts;
    this.#timeoutMs = replies.timeoutMs;
  }

  /** @param progress How far the delivery had come before; without failures it starts anew. */
  async dispatch(event: ReplyEvent, progress: Partial<ReplyProgress>): Promise<Dispatch> {
    const handledBy = new Set(progress.handledBy);
    const declinedBy = new Set(progress.declinedBy);
    const counted: Record<string, HandlerFailures> = { ...progress.failures };
    const failures: HandlerFailure[] = [];
    const own = this.handlers.all();
    for (const handler of own) {
      const { name } = handler;
      if (handledBy.has(name) || isGivenUp(counted[name], this.#attempts)) continue;
      try {
        if (!handler.accepts(event.threadId)) declinedBy.add(name);
        else {
          declinedBy.delete(name);
          await this.#call(handler, event);
          handledBy.add(name);
        }
        delete counted[name];
      } catch (thrown) {
        failures.push({ name, error: toError(thrown) });
        const times = (counted[name]?.times ?? 0) + 1;
        counted[name] = { times, reason: this.#logger.describe(thrown) };
      }
    }
    const reached: ReplyProgress = {
      handledBy: [...handledBy],
      declinedBy: [...declinedBy],
      failures: counted,
      handedOn: progress.handedOn ?? 0,
    };
    const names = own.map(({ name }) => name);
    return { ...(await this.#outcomeOf(reached, names)), progress: reached, failures };
  }

  /** Reads the registry after the calls, so that a process that has started meanwhile is not missed. */
  async #outcomeOf(progress: ReplyProgress, own: readonly string[]): Promise<DispatchOutcome> {
    const published = await this.registry.published().catch((error: unknown) => {
      this.#logger.debug(
        `The handlers of other processes are not known: ${this.#logger.describe(error)}`,
      );
      return null;
    });
    return outcomeOf(progress, { own, published, attempts: this.#attempts });
  }

  /** Rejects with what the handler fails with, or when it takes too long: an Observable is then unsubscribed. */
  #call({ name, handle }: ReplyHandler, event: ReplyEvent): Promise<void> {
    const controller = new AbortController();
    return this.#timeouts.race(handle(replyOf(event), controller.signal), this.#timeoutMs, () => {
      const error = new Error(`${name} did not return within ${this.#timeoutMs} ms`);
      controller.abort(error);
      throw error;
    });
  }
}

/** A copy for one handler, so that none changes what the others get. */
function replyOf(event: ReplyEvent): ThreadReply {
  const { threadId, text, html, agent, message, sentAtMs, receivedAtMs, raw } = event;
  return {
    threadId,
    text,
    html,
    agent: { ...agent },
    message: { ...message },
    sentAt: new Date(sentAtMs),
    receivedAt: new Date(receivedAtMs),
    raw,
  };
}
