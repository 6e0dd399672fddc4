import type { ErrorCode } from '../api/chat-error.js';

/** The forms of a word by number, as `Intl.PluralRules` names them. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

/** What the widget says. `{}` is where a value goes. */
export interface Words {
  readonly title: string;
  readonly open: string;
  readonly unread: Plural;
  readonly close: string;
  readonly threads: string;
  readonly newThread: string;
  readonly welcome: string;
  readonly placeholder: string;
  readonly send: string;
  readonly attach: string;
  readonly camera: string;
  readonly drop: string;
  readonly limitCount: string;
  readonly limitSize: string;
  readonly tooMany: string;
  readonly fileTooLarge: string;
  readonly remove: string;
  readonly cancel: string;
  readonly save: string;
  readonly retry: string;
  readonly sending: string;
  readonly sent: string;
  readonly seen: string;
  readonly failed: string;
  readonly edited: string;
  readonly deleted: string;
  readonly actions: string;
  readonly reply: string;
  readonly edit: string;
  readonly delete: string;
  readonly confirm: string;
  readonly react: string;
  readonly agent: string;
  readonly you: string;
  readonly newest: string;
  readonly connecting: string;
  readonly closed: string;
  readonly reopened: string;
  readonly rate: string;
  readonly stars: Plural;
  readonly comment: string;
  readonly rated: string;
  readonly away: string;
  /** The day and time at which people are back. */
  readonly back: string;
  /** How long to wait. */
  readonly wait: string;
  readonly errors: Readonly<
    Record<Exclude<ErrorCode, 'gone' | 'not_found' | 'too_many' | 'forbidden_origin'>, string>
  >;
}
