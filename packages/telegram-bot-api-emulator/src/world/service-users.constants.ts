import type { User } from '@grammyjs/types';

/** Posts of a linked channel are forwarded under this name. */
export const TELEGRAM: User = { id: 777_000, is_bot: false, first_name: 'Telegram' };

/** Anonymous administrators write under this name (telegram-bot-api, Client.cpp:18146-18160). */
export const GROUP_ANONYMOUS_BOT: User = {
  id: 1_087_968_824,
  is_bot: true,
  first_name: 'Group',
  username: 'GroupAnonymousBot',
};

/** Whoever writes as a channel writes under this name. */
export const CHANNEL_BOT: User = {
  id: 136_817_688,
  is_bot: true,
  first_name: 'Channel',
  username: 'Channel_Bot',
};
