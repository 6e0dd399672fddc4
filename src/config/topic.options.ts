import { IsBoolean, IsOptional } from 'class-validator';
import type { ShownStatus } from '../threads/thread-record.interface.js';
import { IsFunction, IsTopicIcons } from './option-checks.js';

/** What a topic is named after. */
export interface TopicSubject {
  readonly threadId: string;
  readonly subject?: string | undefined;
  /** The customer as agents see them: the name, else the e-mail address, else the id. */
  readonly customer?: string | undefined;
}

/**
 * How threads look with `mode: 'topics'`.
 *
 * @publicApi
 */
export class TopicOptions {
  /**
   * The name of a thread's topic. It is cut to one line of 128 characters, the most that Telegram takes; when
   * nothing of it is left, or the function throws, the default is used.
   *
   * @example
   * topics: { name: ({ customer, subject }) => `${subject} (${customer})` }
   *
   * @default `<customer>: <subject>`, or what of it is known, else the id of the thread
   */
  @IsOptional()
  @IsFunction()
  name?: ((thread: TopicSubject) => string) | undefined;

  /**
   * The emoji of the icon that a topic has in each status. Telegram has about a hundred icons
   * (`getForumTopicIconStickers`); one that it does not have is left out, and the log says so. An empty text
   * stands for no icon.
   *
   * `overdue` stands for a conversation that waits longer than the option `reminders` allows.
   *
   * @default { waiting: '❗', answered: '💬', closed: '✅', overdue: '🔥' }
   */
  @IsOptional()
  @IsTopicIcons()
  icons?: Partial<Record<ShownStatus, string>> | undefined;

  /**
   * What of a topic goes to the customer. With false, everything but notes, which begin with `//` or `/note`.
   * With true, only replies to messages of the bot.
   *
   * @default false
   */
  @IsOptional()
  @IsBoolean({ message: 'wants true or false' })
  replyOnly?: boolean | undefined;
}
