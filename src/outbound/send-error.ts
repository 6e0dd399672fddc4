import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';

/**
 * What a failed send means for what waits behind it.
 *
 * - `rate_limited`: Telegram wants a pause.
 * - `unavailable`: Telegram cannot be reached, or fails.
 * - `chat`: nothing can be sent to the chat until a person changes something there, or about the bot.
 * - `thread`: nothing can be sent to the topic, which the thread's layout may solve.
 * - `message`: this very message is refused, whenever it is sent.
 * - `unknown`: refused in words that are not in the table. It may be this message, or anything else.
 */
export type SendError = 'rate_limited' | 'unavailable' | 'chat' | 'thread' | 'message' | 'unknown';

/** A 400 whose words are known, without "Bad Request: ". */
interface KnownRefusal {
  readonly kind: 'chat' | 'thread' | 'message';
  readonly words: RegExp;
  /** What the log advises. */
  readonly remedy?: string;
}

const CHECK_CHAT =
  'Check the option adminChatId (the id of a supergroup begins with -100) and that the bot is a member';
const CHECK_TOKEN = 'Check the options botToken and apiRoot';

/**
 * The first that matches holds. Words are from telegram-bot-api (Client.cpp) and tdlib/td
 * (MessageContent.cpp, MessageEntity.cpp, MessagesManager.cpp), codes in capitals from Telegram's
 * MTProto servers, by what their documentation says they are about.
 */
const KNOWN_REFUSALS: readonly KnownRefusal[] = [
  {
    kind: 'message',
    words:
      /^(?:message|text|message text|(?:message )?caption) (?:is (?:empty|too long)|must be non-empty)/i,
  },
  { kind: 'message', words: /^(?:can't parse |unsupported parse_mode|strings must be encoded)/i },
  { kind: 'message', words: /^(?:entity begin|receive an entity|text contains invalid)/i },
  {
    kind: 'message',
    words:
      /^(?:reply markup is|object expected as reply|(?:inline )?keyboard button|text buttons)/i,
  },
  { kind: 'message', words: /^(?:message to be replied|replied message|reply message) not found/i },
  {
    kind: 'message',
    words:
      /^(?:wrong (?:remote )?file|invalid file|wrong HTTP URL|wrong type of the web page|can't use file|there is no \w+ in|file must be|file of size)/i,
  },
  {
    kind: 'message',
    words:
      /^(?:MESSAGE_(?:TOO_LONG|EMPTY)|(?:ENTIT(?:Y|IES)|REPLY_MARKUP|BUTTON|MEDIA|PHOTO|WEBPAGE|FILE)_\w+|(?:QUOTE_TEXT|REPLY_MESSAGE_ID|DOCUMENT|EXTERNAL_URL)_INVALID|IMAGE_PROCESS_FAILED)$/i,
  },
  {
    kind: 'chat',
    words: /logged out|log out|unauthorized|invalid token|^(?:AUTH_KEY|SESSION|ACCESS_TOKEN)_\w+$/i,
    remedy: CHECK_TOKEN,
  },
  {
    kind: 'chat',
    words: /frozen|deactivated|^(?:API_ID|USER_DEACTIVATED)\w*$/i,
    remedy: 'Telegram has frozen or restricted an account: see what @BotFather says about the bot',
  },
  {
    kind: 'chat',
    words:
      /chat not found|chat_id is|^(?:PEER_ID|CHAT_ID|CHANNEL|USERNAME)_(?:INVALID|NOT_OCCUPIED)$/i,
    remedy: CHECK_CHAT,
  },
  {
    kind: 'chat',
    words: /kicked|not a member|blocked|banned|chat was deleted|^CHANNEL_PRIVATE$/i,
    remedy: 'Add the bot to the chat again, or unblock it',
  },
  {
    kind: 'chat',
    words:
      /not enough rights|no rights|write access|administrator rights|^CHAT_(?:\w+_FORBIDDEN|ADMIN_REQUIRED|RESTRICTED)$/i,
    remedy: 'Give the bot the right to send messages in the chat',
  },
  {
    kind: 'thread',
    words: /^(?:message thread not found|TOPIC_(?:CLOSED|DELETED|ID_INVALID))$/i,
    remedy: 'Open the topic again, or let the bot manage topics',
  },
  {
    kind: 'chat',
    words: /group chat was upgraded|can't (?:initiate conversation|send messages)|^forbidden/i,
  },
  {
    kind: 'chat',
    words:
      /^(?:CHAT|CHANNEL|USER|USERNAME|INPUT_USER|BOT|PEER|SEND_AS|PARTICIPANT|FROZEN|RIGHT|SLOWMODE|PREMIUM|PRIVACY|ALLOW_PAYMENT|PAYMENT|BALANCE|STARS?)_\w+$/i,
  },
];

/** Decides what a failed send means. */
export function classifySendError(error: BotApiError): SendError {
  if (error instanceof BotApiRateLimitError) return 'rate_limited';
  if (error.errorCode === 413) return 'message';
  if (error instanceof BotApiTransportError || error.errorCode >= 500) return 'unavailable';
  if (error.errorCode !== 400) return 'chat';
  return knownRefusal(error)?.kind ?? 'unknown';
}

/** What the log advises, where something is known to help. */
export function hintFor(error: BotApiError): string {
  const isTokenWrong = error.errorCode === 401 || error.errorCode === 404;
  const remedy = isTokenWrong ? CHECK_TOKEN : knownRefusal(error)?.remedy;
  return remedy ? `. ${remedy}` : '';
}

function knownRefusal({ description }: BotApiError): KnownRefusal | undefined {
  const words = withoutPrefix(itemRefusal(description)?.words ?? description);
  return KNOWN_REFUSALS.find((refusal) => refusal.words.test(words));
}

/**
 * Which item of an album is at fault, from 1, and what Telegram says of it (Client.cpp, "failed to send message");
 * undefined when it does not say.
 */
export function itemRefusal(
  description: string,
): { readonly item: number; readonly words: string } | undefined {
  const [, item, words = ''] =
    /failed to send message #(\d+) with the error message "(.*)"$/i.exec(description.trim()) ?? [];
  return item === undefined ? undefined : { item: Number(item), words };
}

function withoutPrefix(description: string): string {
  return description.trim().replace(/^(?:bad request|forbidden)\s*:\s*/i, '');
}
