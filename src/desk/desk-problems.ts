import type { ChatFullInfo, ChatMember } from '@grammyjs/types';
import { isDenied } from '../common/is-denied.js';
import type { Problem } from '../common/problem.js';
import { shorten } from '../common/shorten.js';
import { BotApiError, toError } from '../errors/index.js';

const TOKEN = 'botToken (TELEGRAM_BOT_TOKEN)';
const CHAT = 'adminChatId (TELEGRAM_ADMIN_CHAT_ID)';
const UNTIL_THEN = 'Until then no notice is posted';

/** The answers are none that Telegram ever gives. */
export const NOT_THE_BOT_API: Problem = {
  finding: `Could not verify ${TOKEN} and ${CHAT}: the server that answers is not a Bot API server`,
  remedy: 'Check the option apiRoot',
};

/** Whether the same call may succeed later. */
export function isTransient(error: unknown): error is BotApiError {
  if (!(error instanceof BotApiError)) return false;
  const { errorCode, code } = error;
  return code === 'BOT_API_TRANSPORT' || errorCode === 429 || errorCode >= 500;
}

/** What is wrong when Telegram refuses to identify the bot or the admin chat. */
export function problemOfRefusal(error: unknown, adminChatId: number | string): Problem {
  const remedy = `Check ${TOKEN} and ${CHAT}`;
  if (!(error instanceof BotApiError)) {
    const reason = shorten(toError(error).message);
    return { finding: `Could not verify ${TOKEN} and ${CHAT}: ${reason}`, remedy };
  }
  const { errorCode, description, method } = error;
  const answer = `Telegram answered ${errorCode} ${shorten(description)}`;
  if (errorCode === 401 || (errorCode === 404 && method === 'getMe')) {
    return {
      finding: `${TOKEN} is not the token of a bot (${answer}): it was mistyped or revoked`,
      remedy: 'Copy it from @BotFather',
      why: UNTIL_THEN,
    };
  }
  if (errorCode === 403) {
    return {
      finding: `The bot is not a member of the chat ${adminChatId} (${answer})`,
      remedy: `Check ${CHAT}, and add the bot to the chat`,
      why: UNTIL_THEN,
    };
  }
  if (errorCode === 400 && /chat not found|peer_id_invalid|chat_id/i.test(description)) {
    return {
      finding: `The bot cannot find the chat ${adminChatId} (${answer})`,
      remedy: `Check ${CHAT}: the id of a group is negative, that of a supergroup begins with -100. Is the bot a member of it? In a private chat, send /start to the bot first`,
      why: UNTIL_THEN,
    };
  }
  return { finding: `Telegram refused ${method} (${answer})`, remedy };
}

/** Why the chat cannot be an admin chat; undefined when it can. */
export function problemOfChat({ type }: Pick<ChatFullInfo, 'type'>): Problem | undefined {
  if (type !== 'channel') return undefined;
  return {
    finding: 'it is a channel, where agents cannot reply to the bot',
    remedy: `Set ${CHAT} to a group, such as the discussion group of the channel`,
  };
}

/** What is wrong when the bot is not in the chat; undefined when it is. */
export function problemOfMembership(member: ChatMember): Problem | undefined {
  const { status } = member;
  const isMember = status === 'restricted' ? !isDenied(member.is_member) : !isGone(member);
  return isMember
    ? undefined
    : { finding: 'it is not a member', remedy: 'Add the bot to the group' };
}

/** Why the bot, as a member, cannot write in the chat; undefined when it can. */
export function problemOfWriting(
  { permissions }: Pick<ChatFullInfo, 'permissions'>,
  member: ChatMember,
): Problem | undefined {
  const { status } = member;
  const mayWrite =
    status === 'restricted'
      ? !isDenied(member.can_send_messages)
      : status !== 'member' || permissions?.can_send_messages !== false;
  if (mayWrite) return undefined;
  return {
    finding: 'it is not allowed to write there',
    remedy: 'Make the bot an administrator, or let members send messages',
  };
}

/** Whether somebody has left a chat or was removed from it. */
export function isGone({ status }: ChatMember): boolean {
  return status === 'left' || status === 'kicked';
}
