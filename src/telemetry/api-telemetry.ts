import type { Attributes, Counter, Histogram, SpanOptions } from '@opentelemetry/api';
import type { ApiCall, ApiInterceptor } from '../bot/api-interceptor.interface.js';
import type { BotApiMethod } from '../bot/bot-api-types.js';
import type { AdminChat } from '../chat/admin-chat.js';
import { costOfCall } from '../chat/call-cost.js';
import { BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';
import { failureOf } from './error-type.js';
import type { OpenTelemetry } from './open-telemetry.js';
import {
  BOT,
  CALL_SECONDS,
  deskAttributes,
  destinationOf,
  ERROR_TYPE,
  OPERATION_NAME,
  OPERATION_TYPE,
  RETRY_AFTER_SECONDS,
  TELEGRAM,
} from './telemetry-attributes.js';

/** What posts in a chat, and does not change what stands there. */
const SENDS = /^(send|copyMessage|forwardMessage)/;

/** It waits for up to 30 s until there is an update, and is made again at once: no duration, and no trace. */
const LONG_POLL = 'getUpdates';

/** What all calls of one method to one desk have in common. */
interface CallKind {
  readonly name: string;
  readonly attributes: Attributes;
  readonly span: SpanOptions;
}

/** Measures and traces every call of the Bot API. */
export class ApiTelemetry implements ApiInterceptor {
  readonly #telemetry: OpenTelemetry;
  readonly #bot: string;
  readonly #desks = new Map<string, AdminChat>();
  readonly #kinds = new Map<string, CallKind>();
  readonly #duration: Histogram;
  readonly #sent: Counter;
  readonly #errors: Counter;
  readonly #retryAfter: Histogram;

  /** @param bot The name of the bot. */
  constructor(telemetry: OpenTelemetry, bot: string) {
    this.#telemetry = telemetry;
    this.#bot = bot;
    const { meter } = telemetry;
    this.#duration = meter.createHistogram('messaging.client.operation.duration', {
      description: 'How long a call of the Bot API takes, without getUpdates.',
      unit: 's',
      advice: { explicitBucketBoundaries: CALL_SECONDS },
    });
    this.#sent = meter.createCounter('messaging.client.sent.messages', {
      description: 'Messages that the bot has tried to post. An album is as many as it has files.',
      unit: '{message}',
    });
    this.#errors = meter.createCounter('telegram_support.api.errors', {
      description:
        'Calls of the Bot API that have failed, without those that the desk has given up.',
      unit: '{error}',
    });
    this.#retryAfter = meter.createHistogram('telegram_support.rate_limit.retry_after', {
      description:
        'How long Telegram wants the bot to wait, for each call that it has answered with 429.',
      unit: 's',
      advice: { explicitBucketBoundaries: RETRY_AFTER_SECONDS },
    });
  }

  /** Has calls to an admin chat belong to a desk. */
  watch(desk: string, adminChat: AdminChat): void {
    this.#desks.set(desk, adminChat);
  }

  async intercept<T>({ method, params, signal }: ApiCall, next: () => Promise<T>): Promise<T> {
    const kind = this.#kindOf(method, this.#deskOf(params));
    const isLongPoll = method === LONG_POLL;
    const call = (): Promise<T> => this.#telemetry.silently(next);
    const startedAtMs = performance.now();
    let { attributes } = kind;
    try {
      return await (isLongPoll ? call() : this.#telemetry.span(kind.name, kind.span, call));
    } catch (error) {
      attributes = { ...attributes, [ERROR_TYPE]: failureOf(error).type };
      // Given up by the desk itself, as getUpdates is when it stops to poll.
      const isGivenUp = signal?.aborted && error instanceof BotApiTransportError;
      if (!isGivenUp) this.#errors.add(1, attributes);
      if (error instanceof BotApiRateLimitError) {
        this.#retryAfter.record(error.retryAfterMs / 1_000, kind.attributes);
      }
      throw error;
    } finally {
      if (!isLongPoll) this.#duration.record((performance.now() - startedAtMs) / 1_000, attributes);
      if (isSend(method)) this.#sent.add(costOfCall(method, params), attributes);
    }
  }

  #deskOf(params: object): string | undefined {
    if (!('chat_id' in params)) return undefined;
    for (const [desk, adminChat] of this.#desks) if (adminChat.isNamed(params.chat_id)) return desk;
    return undefined;
  }

  /** Made once for each method and desk. */
  #kindOf(method: BotApiMethod, desk: string | undefined): CallKind {
    const key = `${method} ${desk ?? ''}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const attributes = {
      ...(desk === undefined ? { ...TELEGRAM, [BOT]: this.#bot } : deskAttributes(this.#bot, desk)),
      [OPERATION_NAME]: method,
      ...(isSend(method) && { [OPERATION_TYPE]: 'send' }),
    };
    const kind = {
      name: desk === undefined ? method : `${method} ${destinationOf(desk)}`,
      attributes,
      span: { kind: this.#telemetry.api.SpanKind.CLIENT, attributes },
    };
    this.#kinds.set(key, kind);
    return kind;
  }
}

/** Whether a call posts messages, as the rate limit counts them. */
function isSend(method: BotApiMethod): boolean {
  return SENDS.test(method) && costOfCall(method, {}) > 0;
}
