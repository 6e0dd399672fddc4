import {
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  ValidateNested,
} from 'class-validator';
import type { NoticeTemplates } from '../notices/notice-templates.js';
import { IsAdminChatId } from './option-checks.js';
import { AGENTS_RULE } from './option.constants.js';
import { RateLimitOptions } from './rate-limit.options.js';
import { ReactionOptions } from './reaction.options.js';
import { TopicOptions } from './topic.options.js';

/**
 * A further desk of a bot: another admin chat, with its own agents. What it leaves out is as for the bot.
 *
 * @example
 * desks: { billing: { adminChatId: -1001234567891, mode: 'topics' } }
 *
 * @publicApi
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
   * The reactions of the bot and of the agents at this desk.
   *
   * @default for each field, that of the bot
   */
  @IsOptional()
  @ValidateNested()
  reactions?: ReactionOptions | undefined;

  /**
   * The Telegram user ids that may answer at this desk.
   *
   * @default those of the bot, else everyone in the admin chat
   */
  @IsOptional()
  @IsArray({ message: AGENTS_RULE })
  @ArrayNotEmpty({ message: AGENTS_RULE })
  @IsInt({ each: true, message: AGENTS_RULE })
  agents?: number[] | undefined;

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
}
