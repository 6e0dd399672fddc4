import type { ChatFullInfo, ChatMember } from '@grammyjs/types';
import { BotApiError, toError } from '../errors/index.js';
import { shorten } from '../common/shorten.js';

const TOKEN = 'botToken (TELEGRAM_BOT_TOKEN)';
const CHAT = 'adminChatId (TELEGRAM_ADMIN_CHAT_ID)';

/** What is said of answers that Telegram never gives. */
export const NO_BOT_API = `Whether ${TOKEN} and ${CHAT} are right is not known: what answers is not Telegram's Bot API. Check the option apiRoot`;

/** What is wrong when Telegram refuses to say who the bot is, or what the admin chat is, and what to do. */
export function remedyFor(error: unknown, adminChatId: number | string): string {
  if (!(error instanceof BotApiError)) {
    return `Whether ${TOKEN} and ${CHAT} are right is not known: ${shorten(toError(error).message)}`;
  }
  const { errorCode, description } = error;
  const answer = `${errorCode} ${shorten(description)}`;
  if (errorCode === 401 || (errorCode === 404 && error.method === 'getMe')) {
    return `${TOKEN} is not that of a bot (Telegram answers ${answer}): it was mistyped or revoked. Take the one that @BotFather shows. Until then no notice is posted`;
  }
  if (errorCode === 403) {
    return `The bot is not in the chat ${adminChatId} of ${CHAT} (Telegram answers ${answer}): add it to the chat again. Until then no notice is posted`;
  }
  if (errorCode === 400 && /chat not found|peer_id_invalid|chat_id/i.test(description)) {
    return `The bot knows no chat ${adminChatId} (Telegram answers ${answer}). Is ${CHAT} right? The id of a group is negative, that of a supergroup begins with -100. Is the bot a member of it? In a private chat, one has to write /start to the bot first. Until then no notice is posted`;
  }
  return `Telegram refuses ${error.method} (${answer}): check ${TOKEN} and ${CHAT}`;
}

/** Why the chat cannot be a desk; undefined when it may. */
export function problemOfChat({ type }: ChatFullInfo): string | undefined {
  return type === 'channel'
    ? `it is a channel, where agents cannot reply to the bot. Set ${CHAT} to a group, such as the channel's discussion group`
    : undefined;
}

/** Whether one has to ask what the bot is in the chat: everybody may look at a public one, and some let members not write. */
export function needsMemberCheck({ type, username, permissions }: ChatFullInfo): boolean {
  const isGroup = type === 'group' || type === 'supergroup';
  return isGroup && (username !== undefined || permissions?.can_send_messages === false);
}

/** Why the bot cannot write in the chat; undefined when it can. */
export function problemOfMember(chat: ChatFullInfo, member: ChatMember): string | undefined {
  const { status } = member;
  if (status === 'left' || status === 'kicked') {
    return 'it is no member of it. Add the bot to the group';
  }
  const mayWrite =
    status === 'restricted'
      ? member.is_member && member.can_send_messages
      : status !== 'member' || chat.permissions?.can_send_messages !== false;
  return mayWrite
    ? undefined
    : 'it may not write there. Make the bot an administrator, or let members send messages';
}
