import type { ApiInterceptor, ApiCall } from '../bot/api-interceptor.interface.js';
import type { AdminChat, ChatName } from './admin-chat.js';
import { BotApiError, BotApiRateLimitError } from '../errors/index.js';
import { costOfCall } from './call-cost.js';
import type { ChatRateLimiter } from './chat-rate-limiter.js';
import { mayBeSent } from '../outbound/send-error.js';

/**
 * Counts the calls to the admin chat that nobody has asked the budget for, and has a 429 to any of
 * them stop the chat.
 */
export class RateLimitInterceptor implements ApiInterceptor {
  readonly #adminChat: AdminChat;
  readonly #budget: ChatRateLimiter;

  constructor(adminChat: AdminChat, budget: ChatRateLimiter) {
    this.#adminChat = adminChat;
    this.#budget = budget;
  }

  async succeeded(call: ApiCall, result: unknown): Promise<void> {
    if (this.#isMeant(call) || this.#isFromThere(result)) await this.#count(call);
  }

  /** What Telegram refuses it does not count. */
  async failed(call: ApiCall, error: unknown): Promise<void> {
    if (!this.#isMeant(call) || !(error instanceof BotApiError)) return;
    if (error instanceof BotApiRateLimitError) await this.#budget.pause(error.retryAfterMs);
    else if (mayBeSent(error)) await this.#count(call);
  }

  #isMeant({ params }: ApiCall): boolean {
    return 'chat_id' in params && this.#adminChat.isNamed(params.chat_id);
  }

  /** Whether it is a message of the chat, which the call may have called by its other name. */
  #isFromThere(result: unknown): boolean {
    return isMessage(result) && this.#adminChat.is(result.chat);
  }

  async #count({ method, params }: ApiCall): Promise<void> {
    const cost = costOfCall(method, params);
    if (cost > 0) await this.#budget.record(cost);
  }
}

function isMessage(result: unknown): result is { readonly chat: ChatName } {
  if (typeof result !== 'object' || result === null || !('chat' in result)) return false;
  return typeof result.chat === 'object' && result.chat !== null && 'id' in result.chat;
}
