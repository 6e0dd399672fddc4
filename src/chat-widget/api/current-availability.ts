import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { ThrottledLogger } from '../../common/throttled-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { withTimeout } from '../../common/with-timeout.js';
import { ErrorDescriber } from '../../errors/index.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { Availability } from './availability.interface.js';

const TIMEOUT_MS = 2_000;

/** Asks the app whether somebody answers. Customers can write in any case, so that a fault there keeps nobody out. */
@Injectable()
export class CurrentAvailability {
  readonly #logger: ThrottledLogger;

  constructor(
    private readonly settings: ChatSettings,
    private readonly bot: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new ThrottledLogger('SupportChat', errors);
  }

  /** What the app says; open when it says nothing that is right. */
  async get(): Promise<Availability> {
    const { availability } = this.settings;
    if (!availability) return this.#byHours();
    try {
      const ask = async (): Promise<unknown> => availability();
      const answer = await withTimeout(ask(), TIMEOUT_MS, this.clock);
      if (isAvailability(answer)) return answer;
      this.#log('must return { isOpen: boolean, text?: string, opensAt?: Date }');
    } catch (error) {
      this.#log(`failed: ${this.#logger.describe(error)}`);
    }
    return { isOpen: true };
  }

  /** By the hours of the bot; always open without them. */
  #byHours(): Availability {
    const { hours } = this.bot;
    const nowMs = this.clock.now();
    if (!hours || hours.clock.isOpen(nowMs)) return { isOpen: true };
    const opensAtMs = hours.clock.nextOpening(nowMs);
    return { isOpen: false, ...(opensAtMs !== null && { opensAt: new Date(opensAtMs) }) };
  }

  #log(problem: string): void {
    this.#logger.error(
      `The option availability of SupportChatModule ${problem}. Until it does, the chat is shown as open`,
    );
  }
}

function isAvailability(value: unknown): value is Availability {
  if (typeof value !== 'object' || value === null) return false;
  const { isOpen, text, opensAt }: Partial<Record<keyof Availability, unknown>> = value;
  return (
    typeof isOpen === 'boolean' &&
    (text === undefined || typeof text === 'string') &&
    (opensAt === undefined || (opensAt instanceof Date && !Number.isNaN(opensAt.getTime())))
  );
}
