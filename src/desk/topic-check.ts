import { Injectable } from '@nestjs/common';
import { TopicAvailability } from '../chat/topic-availability.js';
import { MAY_NOT_DELETE } from '../chat/topic-problems.js';
import { lineOfProblem } from '../common/problem.js';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { DeskFacts } from '../monitoring/desk-facts.js';
import { TopicIcons } from '../outbound/topics/topic-icons.js';

/** Finds out whether the admin chat has topics, and whether the bot has the rights that they need. */
@Injectable()
export class TopicCheck {
  readonly #logger: SafeLogger;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly availability: TopicAvailability,
    private readonly icons: TopicIcons,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(TopicCheck.name, errors);
  }

  /**
   * Does nothing but with `mode: 'topics'`.
   *
   * @throws {@link BotApiError} When Telegram does not answer.
   */
  async check(facts: DeskFacts): Promise<void> {
    if (this.settings.mode !== 'topics') return;
    const [bot, chat] = [await facts.bot(), await facts.chat()];
    if (chat.type === 'private') {
      this.availability.learn({ isForum: bot.has_topics_enabled, mayManage: true });
    } else if (chat.is_forum) await this.#checkRights(facts);
    else this.availability.learn({ isForum: false });
    if (this.availability.isAvailable) await this.#checkIcons();
  }

  /** The log then says which of the configured icons Telegram does not have. They are looked up again when needed. */
  async #checkIcons(): Promise<void> {
    try {
      await this.icons.idOf('waiting');
    } catch (error) {
      this.#logger.debug(`The icons of topics are not known: ${this.#logger.describe(error)}`);
    }
  }

  async #checkRights(facts: DeskFacts): Promise<void> {
    const member = await facts.member();
    const isAdministrator = member.status === 'administrator';
    const mayManage = isAdministrator && member.can_manage_topics === true;
    this.availability.learn({ isForum: true, mayManage });
    if (mayManage && !member.can_delete_messages) {
      this.#logger.warn(lineOfProblem(MAY_NOT_DELETE));
    }
  }
}
