import type { ChatFullInfo, ChatMember } from '@grammyjs/types';
import { shorten } from '../common/shorten.js';
import { BotApiError, toError } from '../errors/index.js';

const TOKEN = 'botToken (TELEGRAM_BOT_TOKEN)';
const CHAT = 'adminChatId (TELEGRAM_ADMIN_CHAT_ID)';
const UNTIL_THEN = 'Until then no notice is posted';

/** Logged when the answers are none that Telegram ever gives. */
export const NOT_THE_BOT_API = `Could not verify ${TOKEN} and ${CHAT}: the server that answers is not a Bot API server. Check the option apiRoot`;

/** What is wrong when Telegram refuses to identify the bot or the admin chat, and what to do. */
export function describeRefusal(error: unknown, adminChatId: number | string): string {
  if (!(error instanceof BotApiError)) {
    return `Could not verify ${TOKEN} and ${CHAT}: ${shorten(toError(error).message)}`;
  }
  const { errorCode, description, method } = error;
  const answer = `Telegram answered ${errorCode} ${shorten(description)}`;
  if (errorCode === 401 || (errorCode === 404 && method === 'getMe')) {
    return `${TOKEN} is not the token of a bot (${answer}): it was mistyped or revoked. Copy it from @BotFather. ${UNTIL_THEN}`;
  }
  if (errorCode === 403) {
    return `The bot is not a member of the chat ${adminChatId} (${answer}). Check ${CHAT}, and add the bot to the chat. ${UNTIL_THEN}`;
  }
  if (errorCode === 400 && /chat not found|peer_id_invalid|chat_id/i.test(description)) {
    return `The bot cannot find the chat ${adminChatId} (${answer}). Check ${CHAT}: the id of a group is negative, that of a supergroup begins with -100. Is the bot a member of it? In a private chat, send /start to the bot first. ${UNTIL_THEN}`;
  }
  return `Telegram refused ${method} (${answer}). Check ${TOKEN} and ${CHAT}`;
}

/** Why the chat cannot be an admin chat; undefined when it can. */
export function problemOfChat({ type }: ChatFullInfo): string | undefined {
  return type === 'channel'
    ? `it is a channel, where agents cannot reply to the bot. Set ${CHAT} to a group, such as the discussion group of the channel`
    : undefined;
}

/**
 * Whether `getChat` leaves open that the bot may write: anybody can look at a public group, and some
 * groups do not let their members write.
 */
export function needsMemberCheck({ type, username, permissions }: ChatFullInfo): boolean {
  const isGroup = type === 'group' || type === 'supergroup';
  return isGroup && (username !== undefined || permissions?.can_send_messages === false);
}

/** Why the bot cannot write in the chat; undefined when it can. */
export function problemOfMember(
  chat: Pick<ChatFullInfo, 'permissions'>,
  member: ChatMember,
): string | undefined {
  const { status } = member;
  if (status === 'left' || status === 'kicked') {
    return 'it is not a member. Add the bot to the group';
  }
  const mayWrite =
    status === 'restricted'
      ? member.is_member && member.can_send_messages
      : status !== 'member' || chat.permissions?.can_send_messages !== false;
  return mayWrite
    ? undefined
    : 'it is not allowed to write there. Make the bot an administrator, or let members send messages';
}
