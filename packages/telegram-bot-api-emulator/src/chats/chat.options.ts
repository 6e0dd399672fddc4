import type { BotStatus } from '../world/chat-room.js';
import type { PersonOptions } from '../world/people.js';

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
  /** See `PersonOptions.languageCode`. */
  readonly languageCode?: string;
  /** Whether the person has blocked the bot. False by default. */
  readonly blocked?: boolean;
}

/** What is known of an agent from the start. */
export interface AgentOptions extends PersonOptions {
  /**
   * What the agent is in the chat. `member` by default. One who has `left` sees public chats and presses buttons
   * there, but does not write.
   */
  readonly status?: 'creator' | 'administrator' | 'member' | 'left';
}
