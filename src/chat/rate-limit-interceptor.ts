import { Injectable } from '@nestjs/common';
import type { ApiCall, ApiInterceptor } from '../bot/api-interceptor.interface.js';
import { mayBePerformed } from '../bot/transport-failure.js';
import { BotApiError, BotApiRateLimitError } from '../errors/index.js';
import { AdminChat, type ChatName } from './admin-chat.js';
import { costOfCall } from './call-cost.js';
import { ChatRateLimiter } from './chat-rate-limiter.js';

/**
 * Telegram limits queries separately from messages: a 429 to one of these, for example to the check at boot, is no
 * reason to stop posting.
 */
const ONLY_ASKS = /^get/;

/**
 * Counts the calls to the admin chat that were made without a permit, and pauses the chat after a 429 to any call.
 * A call with a permit is counted by its caller.
 */
@Injectable()
export class RateLimitInterceptor implements ApiInterceptor {
  readonly #adminChat: AdminChat;
  readonly #rateLimiter: ChatRateLimiter;

  constructor(adminChat: AdminChat, rateLimiter: ChatRateLimiter) {
    this.#adminChat = adminChat;
    this.#rateLimiter = rateLimiter;
  }

  async intercept<T>(call: ApiCall, next: () => Promise<T>): Promise<T> {
    let result: T;
    try {
      result = await next();
    } catch (error) {
      await this.#afterError(call, error);
      throw error;
    }
    if (this.#isToAdminChat(call) || this.#isFromAdminChat(result)) await this.#count(call);
    return result;
  }

  /** Telegram does not count what it refuses. */
  async #afterError(call: ApiCall, error: unknown): Promise<void> {
    if (!(error instanceof BotApiError) || !this.#isToAdminChat(call)) return;
    if (error instanceof BotApiRateLimitError) {
      if (!ONLY_ASKS.test(call.method)) await this.#rateLimiter.pause(error.retryAfterMs);
    } else if (mayBePerformed(error)) await this.#count(call);
  }

  #isToAdminChat({ params }: ApiCall): boolean {
    return 'chat_id' in params && this.#adminChat.isNamed(params.chat_id);
  }

  /** Whether the message, or the album, is in the admin chat; the call may have named that by its id or its username. */
  #isFromAdminChat(result: unknown): boolean {
    const message: unknown = Array.isArray(result) ? result[0] : result;
    return isMessage(message) && this.#adminChat.is(message.chat);
  }

  async #count({ method, params, hasPermit }: ApiCall): Promise<void> {
    const cost = hasPermit ? 0 : costOfCall(method, params);
    if (cost > 0) await this.#rateLimiter.record(cost);
  }
}

function isMessage(result: unknown): result is { readonly chat: ChatName } {
  if (typeof result !== 'object' || result === null || !('chat' in result)) return false;
  return typeof result.chat === 'object' && result.chat !== null && 'id' in result.chat;
}
