import type { CallObserver, MadeCall } from '../bot/api-interceptor.interface.js';
import type { AdminChat, ChatName } from './admin-chat.js';
import { BotApiError, BotApiRateLimitError } from '../errors/index.js';
import { costOfCall } from './call-cost.js';
import type { ChatBudget } from './chat-rate-limiter.js';
import { mayHaveArrived } from '../outbound/send-error.js';

/**
 * Counts the calls to the admin chat that nobody has asked the budget for, and has a 429 to any of
 * them stop the chat.
 */
export class AdminChatMeter implements CallObserver {
  readonly #adminChat: AdminChat;
  readonly #budget: ChatBudget;

  constructor(adminChat: AdminChat, budget: ChatBudget) {
    this.#adminChat = adminChat;
    this.#budget = budget;
  }

  async succeeded(call: MadeCall, result: unknown): Promise<void> {
    if (this.#isMeant(call) || this.#isFromThere(result)) await this.#count(call);
  }

  /** What Telegram refuses it does not count. */
  async failed(call: MadeCall, error: unknown): Promise<void> {
    if (!this.#isMeant(call) || !(error instanceof BotApiError)) return;
    if (error instanceof BotApiRateLimitError) await this.#budget.block(error.retryAfterMs);
    else if (mayHaveArrived(error)) await this.#count(call);
  }

  #isMeant({ params }: MadeCall): boolean {
    return 'chat_id' in params && this.#adminChat.isNamed(params.chat_id);
  }

  /** Whether it is a message of the chat, which the call may have called by its other name. */
  #isFromThere(result: unknown): boolean {
    return isMessage(result) && this.#adminChat.is(result.chat);
  }

  async #count({ method, params }: MadeCall): Promise<void> {
    const cost = costOfCall(method, params);
    if (cost > 0) await this.#budget.record(cost);
  }
}

function isMessage(result: unknown): result is { readonly chat: ChatName } {
  if (typeof result !== 'object' || result === null || !('chat' in result)) return false;
  return typeof result.chat === 'object' && result.chat !== null && 'id' in result.chat;
}
