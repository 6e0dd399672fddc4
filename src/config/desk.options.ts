import { IsIn, IsObject, IsOptional, ValidateIf, ValidateNested } from 'class-validator';
import type { AgentDecision } from '../agents/known/agent-decision.interface.js';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import type { AgentTexts } from '../texts/agent-texts.interface.js';
import { LANGUAGES, type TextLocale } from '../texts/languages.js';
import { AreAgents } from './are-agents.decorator.js';
import { CardOptions } from './card.options.js';
import { AreAgentTexts } from './are-agent-texts.decorator.js';
import { ClaimOptions } from './claim.options.js';
import { IsAdminChatId } from './option-checks.js';
import { PrivacyOptions } from './privacy.options.js';
import { BusinessHours } from './business-hours.options.js';
import { RateLimitOptions } from './rate-limit.options.js';
import { ReactionOptions } from './reaction.options.js';
import { ReminderOptions } from './reminder.options.js';
import { TopicOptions } from './topic.options.js';

/**
 * A further desk of a bot: another admin chat, with its own agents. What it leaves out is as for the bot.
 *
 * @publicApi
 *
 * @example
 * desks: { billing: { adminChatId: -1001234567891, mode: 'topics' } }
 */
export class DeskOptions {
  /** The chat where the agents of the desk work: its id, or the `@username` of a public group. Required. */
  @IsOptional()
  @IsAdminChatId()
  adminChatId?: number | string | undefined;

  /**
   * How threads look at this desk.
   *
   * @default that of the bot
   */
  @IsOptional()
  @IsIn(['replies', 'topics'], { message: 'wants "replies" or "topics"' })
  mode?: 'replies' | 'topics' | undefined;

  /**
   * How threads look with `mode: 'topics'`.
   *
   * @default for each field, that of the bot
   */
  @IsOptional()
  @ValidateNested()
  topics?: TopicOptions | undefined;

  /**
   * How many messages the desk posts in its chat within a sliding window. Each chat has a limit of its own.
   *
   * @default that of the bot, else 20 in 60_000 ms in groups, 60 in 60_000 ms in private chats
   */
  @IsOptional()
  @ValidateNested()
  rateLimit?: RateLimitOptions | undefined;

  /**
   * Whose a thread is: the agent's who has answered it first or has claimed it. With false threads belong to nobody.
   *
   * @default for each field, that of the bot
   */
  @ValidateIf(({ claims }: DeskOptions) => (claims ?? false) !== false)
  @ValidateNested()
  claims?: ClaimOptions | false | undefined;

  /**
   * The reactions of the bot and of the agents at this desk.
   *
   * @default for each field, that of the bot
   */
  @IsOptional()
  @ValidateNested()
  reactions?: ReactionOptions | undefined;

  /**
   * What the card of a thread has at this desk, its first notice.
   *
   * @default for each field, that of the bot
   */
  @IsOptional()
  @ValidateNested()
  card?: CardOptions | undefined;

  /**
   * The Telegram user ids that may answer at this desk, or a function that decides.
   *
   * @default those of the bot, else everyone in the admin chat
   */
  @IsOptional()
  @AreAgents()
  agents?: number[] | AgentDecision | undefined;

  /**
   * What becomes of the notice of a message that the customer deletes: it is struck through, or removed.
   *
   * @default that of the bot
   */
  @IsOptional()
  @IsIn(['strike', 'remove'], { message: 'wants "strike" or "remove"' })
  deletes?: 'strike' | 'remove' | undefined;

  /**
   * Replaces the text of notices, each kind by a template of its own.
   *
   * @default for each kind, that of the bot
   */
  @IsOptional()
  @IsObject({ message: 'wants an object with templates' })
  templates?: Partial<NoticeTemplates> | undefined;

  /**
   * What agents see of customers at this desk.
   *
   * @default for each field, that of the bot
   */
  @IsOptional()
  @ValidateNested()
  privacy?: PrivacyOptions | undefined;

  /**
   * The language of all texts to agents.
   *
   * @default that of the bot
   */
  @IsOptional()
  @IsIn(Object.keys(LANGUAGES), { message: `wants one of ${Object.keys(LANGUAGES).join(', ')}` })
  locale?: TextLocale | undefined;

  /**
   * Replaces texts to agents, each by its name. A text may have the placeholders of the one that it replaces, and no other.
   *
   * @default for each text, that of the bot
   */
  @IsOptional()
  @AreAgentTexts()
  texts?: Partial<AgentTexts> | undefined;

  /**
   * When the desk is open. Without it, it always is. See {@link BusinessHours}.
   *
   * @default that of the bot
   */
  @IsOptional()
  @ValidateNested()
  hours?: BusinessHours | undefined;

  /**
   * What happens with conversations that wait too long. See {@link ReminderOptions}.
   *
   * @default those of the bot
   */
  @IsOptional()
  @ValidateNested()
  reminders?: ReminderOptions | undefined;
}
