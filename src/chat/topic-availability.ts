import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { lineOfProblem } from '../common/problem.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DeskEvents } from '../desk/desk-events.js';
import { ErrorDescriber } from '../errors/index.js';
import type { TopicObstacle } from '../outbound/jobs/desk-notified-job.interface.js';
import { AdminChat } from './admin-chat.js';
import { problemOfTopics } from './topic-problems.js';

/** How long topics are not tried after Telegram has refused one. */
const RETRY_MS = 60 * 1000;

/** What is known of topics in the admin chat. */
export interface TopicFacts {
  /** Whether the chat has topics. In a private chat the bot decides that (`has_topics_enabled` of `getMe`). */
  readonly isForum?: boolean | undefined;
  /** Whether the bot may create and change topics. */
  readonly mayManage?: boolean | undefined;
}

/**
 * Knows whether threads can be shown as topics in the admin chat, as far as this process has learnt. Reports when
 * they cannot, and logs when they can again.
 */
@Injectable()
export class TopicAvailability {
  readonly #logger: SafeLogger;
  #isForum: boolean | undefined;
  #mayManage: boolean | undefined;
  #retryAtMs = 0;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly adminChat: AdminChat,
    private readonly events: DeskEvents,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicAvailability.name, errors);
  }

  /** Whether a new thread gets a topic. A minute after a refusal the next one tries. */
  get isAvailable(): boolean {
    return this.#obstacle === undefined || this.clock.monotonicMs() >= this.#retryAtMs;
  }

  /** Whether topics that exist can be written in, as far as is known. */
  get isForum(): boolean {
    return this.#isForum !== false;
  }

  /** Takes note of what an update, an answer or a refusal of Telegram's shows. What is undefined stays as it was. */
  learn({ isForum, mayManage }: TopicFacts): void {
    const before = this.#obstacle;
    this.#isForum = isForum ?? this.#isForum;
    this.#mayManage = mayManage ?? this.#mayManage;
    const obstacle = this.#obstacle;
    // Only what says so itself puts the next try off, not every message of a chat whose bot lacks the right.
    const isRefused = isForum === false || mayManage === false;
    if (isRefused) this.#retryAtMs = this.clock.monotonicMs() + RETRY_MS;
    if (obstacle !== before && this.settings.mode === 'topics') this.#report(obstacle);
  }

  get #obstacle(): TopicObstacle | undefined {
    if (this.#isForum === false) return 'no_topics';
    return this.#mayManage === false ? 'no_right' : undefined;
  }

  #report(obstacle: TopicObstacle | undefined): void {
    if (!obstacle) {
      this.#logger.log('Topics work again');
      return;
    }
    const problem = lineOfProblem(problemOfTopics(obstacle, this.adminChat.isPrivate));
    this.#logger.error(
      `New threads are shown as replies, though the option mode is 'topics': ${problem}`,
    );
    this.events.emit('topicsUnavailable', obstacle);
  }
}
