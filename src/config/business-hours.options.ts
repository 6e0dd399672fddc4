import { IsBoolean, IsObject, IsOptional, IsString } from 'class-validator';
import type { Weekday } from '../hours/business-hours-clock.js';
import {
  AreExceptions,
  AreWeeklyHours,
  HasPlaceholders,
  IsTimeZone,
} from './business-hours-checks.js';

/**
 * When a desk is open. Ranges are those that clocks of the time zone show, from `00:00` to `24:00`; where these are set
 * forward or back, the day is an hour shorter or longer. One that goes over midnight is written as two.
 *
 * @publicApi
 *
 * @example
 * hours: {
 *   timeZone: 'Europe/Berlin',
 *   weekly: { mon: ['09:00-12:00', '13:00-17:30'], tue: ['09:00-17:30'] },
 *   exceptions: { '2026-12-24': ['10:00-12:00'], '2026-12-25': [] },
 *   autoReply: 'We are back on {{opensAt}}.',
 * }
 */
export class BusinessHours {
  /** A name of the IANA database, such as `Europe/Berlin`. */
  @IsTimeZone()
  timeZone!: string;

  /** The ranges of each day of the week, such as `['09:00-12:00', '13:00-17:30']`. On days that are left out it is closed. */
  @IsObject({
    message: 'wants an object with the ranges of each day, such as { mon: ["09:00-17:30"] }',
  })
  @AreWeeklyHours()
  weekly!: Partial<Readonly<Record<Weekday, readonly string[]>>>;

  /** The ranges of single days instead, such as those of holidays, by their date. No range stands for closed. */
  @IsOptional()
  @AreExceptions()
  exceptions?: Readonly<Record<string, readonly string[]>> | undefined;

  /**
   * What a customer reads who writes outside of the hours: the `text` of the event `outside-hours`, once a day for each
   * thread. `{{opensAt}}` stands for the day and the time of the next opening, as people in the time zone read them.
   *
   * @default none: the event has no text
   */
  @IsOptional()
  @IsString({ message: 'wants a text' })
  @HasPlaceholders('opensAt')
  autoReply?: string | undefined;

  /**
   * Whether the desk posts at each opening how many conversations wait, and those which have waited for longest.
   *
   * @default true
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  digest?: boolean | undefined;
}
