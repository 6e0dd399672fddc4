import type { Clock } from './time/clock.js';
import type { FloodLimit } from './floods/flood-window.js';
import type { BotStatus } from './world/chat-room.js';

/** How an emulator starts. */
export interface BotApiEmulatorOptions<C extends Clock = Clock> {
  /** The port on 127.0.0.1. By default a free one. */
  readonly port?: number;
  /**
   * The time of messages, flood windows and deliveries. By default the machine's own; a
   * `VirtualClock` stands still until the test moves it.
   */
  readonly clock?: C;
  /** How much the bots may send; `false` for any amount. */
  readonly limits?: EmulatorLimits;
  /** The bots; the first of them is `emulator.bot`. By default one. */
  readonly bots?: readonly BotOptions[];
  /**
   * Whether webhooks on this machine, too, must keep Telegram's rules: HTTPS, one of four ports, no
   * reserved address. False by default, since a test has no certificate.
   */
  readonly requireHttps?: boolean;
  /** Of faults that meet a share of the calls, of the later retries and of dice. 1 by default. */
  readonly seed?: number;
  /**
   * Gets what whoever writes the test should see: methods that the emulator does not know, above
   * all. By default it is written to the standard error stream.
   */
  readonly log?: (line: string) => void;
}

/** How much Telegram takes from a bot. Its real limits are dynamic and not published. */
export interface EmulatorLimits {
  /** Messages to one group, over all its topics. By default 20 in 60 seconds, as Telegram's FAQ says. */
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
  /** Messages to all chats. By default 30 in a second, as the FAQ says. */
  readonly overall?: FloodLimit | false;
  /**
   * How long a call may wait for a flood window in silence, instead of being answered with 429.
   * Telegram waits up to 8,000 ms; 0 by default, so that a test sees the 429.
   */
  readonly silentWaitMs?: number;
}

/** What a bot is from the start. */
export interface BotOptions {
  /** By default `7000000001:` and 35 random characters, of further bots with the next number. */
  readonly token?: string;
  /** By default `support_desk_bot`, of further bots with their number. */
  readonly username?: string;
  /** By default `Support Desk`. */
  readonly firstName?: string;
  /** Whether privacy mode is switched off at BotFather. False by default. */
  readonly canReadAllGroupMessages?: boolean;
  /** Whether its private chats have topics. False by default. */
  readonly hasTopicsEnabled?: boolean;
}

/** What a group is from the start. */
export interface GroupOptions {
  readonly title: string;
  /** What the first bot is there. `administrator` by default, so that privacy mode hides nothing. */
  readonly botStatus?: BotStatus;
}

/** What a supergroup is from the start. */
export interface SupergroupOptions extends GroupOptions {
  /** Makes the supergroup public. */
  readonly username?: string;
  /** Whether topics are switched on. False by default. */
  readonly isForum?: boolean;
}

/** What a channel is from the start. */
export interface ChannelOptions extends GroupOptions {
  /** Makes the channel public. */
  readonly username?: string;
}

/** What a private chat is from the start. */
export interface PrivateChatOptions {
  /** The user id, which is also the chat id. By default a large one. */
  readonly id?: number;
  readonly username?: string;
  /** Whether the person has blocked the bot. False by default. */
  readonly blocked?: boolean;
}
