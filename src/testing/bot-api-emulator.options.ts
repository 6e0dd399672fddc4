import type { Clock } from '../clock/clock.js';
import type { BotStatus } from './world/chat.room.js';
import type { FloodLimit } from './floods/flood.window.js';

/** How an emulator starts. */
export interface BotApiEmulatorOptions {
  /** The port on 127.0.0.1. By default a free one. */
  readonly port?: number;
  /**
   * The time of messages, flood windows and deliveries. By default the machine's own; a
   * `VirtualClock` stands still until the test moves it.
   */
  readonly clock?: Clock;
  /** How many messages the bot may send; `false` for any number. */
  readonly limits?: {
    /** To one group. By default 20 in 60 seconds, as Telegram's FAQ says. */
    readonly group?: FloodLimit | false;
    /** To one person. By default any number. */
    readonly private?: FloodLimit | false;
  };
  /** The bot. */
  readonly bot?: {
    /** By default `7000000001:` and 35 random characters. */
    readonly token?: string;
    /** By default `support_desk_bot`. */
    readonly username?: string;
    /** By default `Support Desk`. */
    readonly firstName?: string;
    /** Whether privacy mode is switched off at BotFather. False by default. */
    readonly canReadAllGroupMessages?: boolean;
  };
  /**
   * Whether webhooks at `127.0.0.1` and `localhost`, too, must keep Telegram's rules: HTTPS, one of
   * four ports, no reserved address. False by default, since a test has no certificate.
   */
  readonly requireHttps?: boolean;
}

/** What a group is from the start. */
export interface GroupOptions {
  readonly title: string;
  /** What the bot is there. `administrator` by default, so that privacy mode hides nothing. */
  readonly botStatus?: BotStatus;
}

/** What a supergroup is from the start. */
export interface SupergroupOptions extends GroupOptions {
  /** Makes the supergroup public. */
  readonly username?: string;
  /** Whether topics are switched on. False by default. */
  readonly isForum?: boolean;
}

/** What a private chat is from the start. */
export interface PrivateChatOptions {
  /** The user id, which is also the chat id. By default a large one. */
  readonly id?: number;
  readonly username?: string;
  /** Whether the person has blocked the bot. False by default. */
  readonly blocked?: boolean;
}
