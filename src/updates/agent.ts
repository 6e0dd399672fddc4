import type { Message } from '@grammyjs/types';

/** The user that Telegram names in place of an anonymous administrator (@GroupAnonymousBot). */
export const ANONYMOUS_ADMIN_ID = 1_087_968_824;

/** The user that Telegram names in place of a person who writes as a channel (@Channel_Bot). */
export const CHANNEL_SENDER_ID = 136_817_688;

/**
 * The person who answered in Telegram.
 *
 * @publicApi
 */
export interface Agent {
  /** The Telegram user id; for an anonymous agent that of the group or channel they write as. */
  readonly id: number;
  /** The name shown in Telegram; for an anonymous administrator their custom title, if any. */
  readonly name: string;
  /** Without the leading @. */
  readonly username?: string;
  /**
   * Who they are in the app: the id that it has given `telegram.agentLink()`, for those who have followed that link. Never
   * of anonymous agents.
   */
  readonly userId?: string;
  /** Whether Telegram hides who it is: an anonymous administrator, or a person writing as a channel. */
  readonly anonymous: boolean;
}

/** Who wrote a message; null when it was no person: a bot, or a post that Telegram has forwarded. */
export function agentOf(message: Message): Agent | null {
  if (message.is_automatic_forward) return null;
  const { from, sender_chat: chat } = message;
  if (from?.id === ANONYMOUS_ADMIN_ID && chat?.id === message.chat.id) {
    return {
      id: chat.id,
      name: message.author_signature ?? chat.title ?? 'Admin',
      anonymous: true,
    };
  }
  if (from?.id === CHANNEL_SENDER_ID && chat) {
    return { id: chat.id, name: chat.title ?? 'Channel', username: chat.username, anonymous: true };
  }
  if (!from || from.is_bot) return null;
  const name = [from.first_name, from.last_name].filter(Boolean).join(' ');
  return { id: from.id, name, username: from.username, anonymous: false };
}
