import { IsOptional, IsString } from 'class-validator';
import { HasPlaceholders } from './business-hours-checks.js';
import { IsWholeNumber } from './option-checks.js';
import { MAX_REMINDER_MS } from './option.constants.js';

/**
 * What happens with conversations that wait too long. All times are in milliseconds, and count only while the desk is
 * open where the option `hours` is set.
 *
 * @publicApi
 */
export class ReminderOptions {
  /**
   * How long a customer may wait for the first reply of a conversation. Then its topic shows the icon
   * `topics.icons.overdue`; see `escalateMs` for what follows.
   *
   * @default none: nobody is reminded
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_REMINDER_MS)
  firstReplyMs?: number | undefined;

  /**
   * The same for each reply after the first.
   *
   * @default that of `firstReplyMs`
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_REMINDER_MS)
  nextReplyMs?: number | undefined;

  /**
   * The time between the steps of a reminder: first the icon changes, then a message names the agent who has the thread,
   * then the app gets the event `overdue`.
   *
   * @default 900_000
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_REMINDER_MS)
  escalateMs?: number | undefined;

  /**
   * How long a customer may say nothing after an answer until the desk closes the conversation.
   *
   * @default none: it stays open
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_REMINDER_MS)
  closeAfterMs?: number | undefined;

  /**
   * How long before that agents and the app learn of it, by a line in the thread and the event `closing-soon`. With a time
   * that is not shorter than `closeAfterMs`, they learn of it as soon as the answer is sent.
   *
   * @default a quarter of `closeAfterMs`, and a day at most
   */
  @IsOptional()
  @IsWholeNumber('milliseconds', MAX_REMINDER_MS)
  closeWarningMs?: number | undefined;

  /**
   * What the customer reads then: the `text` of the event `closing-soon`. `{{closesAt}}` stands for the day and the time.
   *
   * @default none: the event has no text
   */
  @IsOptional()
  @IsString({ message: 'wants a text' })
  @HasPlaceholders('closesAt')
  closeNotice?: string | undefined;
}
