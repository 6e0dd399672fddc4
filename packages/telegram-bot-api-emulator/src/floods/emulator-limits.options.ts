import type { FloodLimit } from './flood-window.js';

/** How much Telegram takes from a bot. Its real limits are dynamic and not published. */
export interface EmulatorLimits {
  /**
   * Messages to one group, over all its topics, service messages of what the bot does to topics and pins
   * included. By default 20 in 60 seconds, as Telegram's FAQ says.
   */
  readonly group?: FloodLimit | false;
  /** Edits in one group. By default 20 in 60 seconds. */
  readonly groupEdits?: FloodLimit | false;
  /** Messages to one person. By default any number. */
  readonly private?: FloodLimit | false;
  /**
   * Messages and edits in one chat of any kind. By default any number: about one in a second, says
   * the FAQ, but short bursts are taken, and nothing says how short.
   */
  readonly chat?: FloodLimit | false;
  /**
   * Chat actions such as "typing" in one chat, which are counted apart from messages. By default 20 in
   * 5 seconds and 40 in 30 seconds, as core.telegram.org/api/bots/ai says.
   */
  readonly chatActions?: readonly FloodLimit[] | false;
  /** Messages to all chats. By default 30 in a second, as the FAQ says. */
  readonly overall?: FloodLimit | false;
  /**
   * How long a call may wait for a flood window in silence, instead of being answered with 429.
   * Telegram waits up to 8,000 ms; 0 by default, so that a test sees the 429.
   */
  readonly silentWaitMs?: number;
}
