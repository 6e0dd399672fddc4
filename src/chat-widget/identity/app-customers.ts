import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { Timeouts } from '../../common/timeouts.js';
import { isIdentifier } from '../../threads/identifier.js';
import { RETRY_AFTER_SECONDS } from '../api/accepted.js';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatCustomer, ChatRequest } from './chat-customer.interface.js';
import { checkedCustomer } from './checked-customer.js';

const TIMEOUT_MS = 10_000;

/** Asks the app who sends a request. */
@Injectable()
export class AppCustomers {
  readonly #logger = new ThrottledLogger('SupportChat');
  readonly #timeouts: Timeouts;

  constructor(
    private readonly settings: ChatSettings,
    clock: Clock,
  ) {
    this.#timeouts = new Timeouts(clock);
  }

  /**
   * Whom the app knows; null for nobody.
   *
   * @throws {@link ChatHttpError} `unavailable` when the app does not answer, or with a customer without an id.
   */
  async of(request: ChatRequest): Promise<ChatCustomer | null> {
    const customer = await this.#timeouts.race(this.#ask(request), TIMEOUT_MS, () => this.#late());
    if (!customer) return null;
    if (isIdentifier(customer.id)) return checkedCustomer(customer);
    this.#logger.error(
      'The option customer of SupportChatModule gave a customer with an id that is not a string of 1 to 256 characters: return the id of your user as a string',
    );
    throw new ChatHttpError('unavailable', 'The app gave a customer without a usable id');
  }

  async #ask(request: ChatRequest): Promise<ChatCustomer | null | undefined> {
    return this.settings.customer?.(request);
  }

  #late(): never {
    this.#logger.error(
      `The option customer of SupportChatModule did not answer within ${TIMEOUT_MS} ms: check what it waits for`,
    );
    throw new ChatHttpError('unavailable', 'Try again later', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
}
