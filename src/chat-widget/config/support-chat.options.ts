import {
  IsArray,
  IsBoolean,
  IsOptional,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsWholeNumber } from '../../config/option-checks.js';
import { RateLimitOptions } from '../../config/rate-limit.options.js';
import type { Availability } from '../api/availability.interface.js';
import type { CustomerResolver } from '../identity/chat-customer.interface.js';
import { IsFunction, IsOrigin } from './chat-option-checks.js';
import { UploadOptions } from './upload.options.js';

/** Ten years. */
const MAX_DAYS = 3_650;

/** Longer texts are files. */
const MAX_TEXT = 20_000;

const ORIGINS_RULE =
  'wants a list of origins such as "https://shop.example": no path, no slash at the end';

/**
 * The options of `SupportChatModule.forRoot()`.
 *
 * @publicApi
 */
export class SupportChatOptions {
  /**
   * Who sends a request, as the app knows it: by its session, or what its guards have set on the request (`guards` run
   * before). Null for nobody.
   *
   * @example
   * customer: (request: RequestWithUser) => request.user && { id: request.user.id, name: request.user.name }
   *
   * @default nobody: there are tokens and visitors
   */
  @IsOptional()
  @IsFunction()
  customer?: CustomerResolver | undefined;

  /**
   * Whether people whom the app does not know may write. Each browser gets a signed cookie.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  anonymous?: boolean | undefined;

  /**
   * What the keys of cookies, tokens and links are derived from: at least 32 characters, the same in all processes.
   *
   * @default the bot token
   */
  @IsOptional()
  @MinLength(32, { message: 'wants a text of at least 32 characters' })
  secret?: string | undefined;

  /**
   * The pages of other origins that may use the chat. The module answers CORS for its own routes itself.
   *
   * @example
   * origins: ['https://shop.example']
   *
   * @default none: pages of the app's own origin
   */
  @IsOptional()
  @IsArray({ message: ORIGINS_RULE })
  @IsOrigin({ each: true, message: ORIGINS_RULE })
  origins?: readonly string[] | undefined;

  /** The files that customers may send; false for none. */
  @ValidateIf(({ uploads }: SupportChatOptions) => (uploads ?? false) !== false)
  @ValidateNested()
  uploads?: UploadOptions | false | undefined;

  /**
   * How many messages a customer may send, in all processes: at most `messages` within any period of `windowMs`. Edits,
   * deletions, reactions and ratings count, too. Uploads are counted apart.
   *
   * @default 20 in 60_000 ms
   */
  @IsOptional()
  @ValidateNested()
  rateLimit?: RateLimitOptions | undefined;

  /**
   * How long a thread is kept after its last change.
   *
   * @default 90
   */
  @IsOptional()
  @IsWholeNumber('days', MAX_DAYS)
  retentionDays?: number | undefined;

  /**
   * Whether agents get the transcript: by `/history`, and in a topic that is created anew.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  history?: boolean | undefined;

  /**
   * Whether somebody answers now, and what customers read when nobody does. Called when a customer opens the chat.
   *
   * @default by the option `hours` of the bot; always open without it
   */
  @IsOptional()
  @IsFunction()
  availability?: (() => Availability | Promise<Availability>) | undefined;

  /**
   * The most characters of a message.
   *
   * @default 4_000
   */
  @IsOptional()
  @IsWholeNumber('characters', MAX_TEXT)
  maxTextLength?: number | undefined;
}
