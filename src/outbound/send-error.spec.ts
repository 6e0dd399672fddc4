import { describe, expect, it } from 'vitest';
import { BotApiError, BotApiRateLimitError, BotApiTransportError } from '../errors/index.js';
import { classifySendError, hintFor } from './send-error.js';

function refusal(errorCode: number, description: string): BotApiError {
  return new BotApiError('sendMessage', { errorCode, description });
}

const transport413 = new BotApiTransportError('sendMessage', {
  reason: 'HTTP 413',
  status: 413,
  maybePerformed: false,
});

/** What Telegram says of one message. */
const OF_THE_MESSAGE = [
  'message text is empty',
  'message is too long',
  'Message is too long',
  'message caption is too long',
  'text is too long',
  'text must be non-empty',
  'can\'t parse entities: Unsupported start tag "br" at byte offset 0',
  'can\'t parse entities: Unsupported start tag "chat not found" at byte offset 0',
  "can't parse reply parameters JSON object",
  'unsupported parse_mode',
  'strings must be encoded in UTF-8',
  'entity begins after the end of the text at UTF-16 offset 5',
  'entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 5',
  'ENTITIES_TOO_LONG',
  'ENTITY_BOUNDS_INVALID',
  'MESSAGE_TOO_LONG',
  'MESSAGE_EMPTY',
  'QUOTE_TEXT_INVALID',
  'BUTTON_DATA_INVALID',
  'REPLY_MARKUP_INVALID',
  'reply markup is too long',
  'object expected as reply markup',
  'inline keyboard button text must be non-empty',
  'message to be replied not found',
  'wrong file identifier/HTTP URL specified',
  "wrong remote file identifier specified: can't unserialize it. Wrong last symbol",
  "can't use file of type Photo as Document",
  'PHOTO_INVALID_DIMENSIONS',
  'IMAGE_PROCESS_FAILED',
];

/** What it says of the bot, or of the chat. */
const OF_BOT_OR_CHAT = [
  'Logged out',
  'logged out',
  'FROZEN_METHOD_INVALID',
  'FROZEN_PARTICIPANT_MISSING',
  'USER_DEACTIVATED',
  'USER_DEACTIVATED_BAN',
  'INPUT_USER_DEACTIVATED',
  'AUTH_KEY_UNREGISTERED',
  'SESSION_REVOKED',
  'chat not found',
  'Chat not found',
  'chat_id is empty',
  'PEER_ID_INVALID',
  'CHAT_ID_INVALID',
  'CHANNEL_INVALID',
  'CHANNEL_PRIVATE',
  'USERNAME_NOT_OCCUPIED',
  'group chat was upgraded to a supergroup chat',
  'not enough rights to send text messages to the chat',
  'have no rights to send a message',
  'have no write access to the chat',
  'need administrator rights in the channel chat',
  'CHAT_WRITE_FORBIDDEN',
  'CHAT_SEND_PLAIN_FORBIDDEN',
  'CHAT_ADMIN_REQUIRED',
  'CHAT_RESTRICTED',
  'CHAT_GUEST_SEND_FORBIDDEN',
  'USER_BANNED_IN_CHANNEL',
  'USER_IS_BLOCKED',
  'USER_IS_BOT',
  'BOT_METHOD_INVALID',
  'ALLOW_PAYMENT_REQUIRED_10',
  'Forbidden: bot was kicked from the supergroup chat',
];

/** What is not in the table, or is about one thread. */
const UNKNOWN = [
  'MESSAGE_TOO_ODD',
  'INTERDC_2_CALL_ERROR',
  'something is wrong',
  'сообщение не отправлено',
  '',
  'Bad Request',
];

describe('classifySendError', () => {
  it.each([
    ...OF_THE_MESSAGE.map((words) => [words, 'message'] as const),
    ...OF_BOT_OR_CHAT.map((words) => [words, 'chat'] as const),
    ...['TOPIC_CLOSED', 'TOPIC_DELETED', 'TOPIC_ID_INVALID', 'message thread not found'].map(
      (words) => [words, 'thread'] as const,
    ),
    ...UNKNOWN.map((words) => [words, 'unknown'] as const),
  ])('classifies a 400 by its words: %s', (words, kind) => {
    for (const prefix of ['Bad Request: ', 'bad request: ', 'BAD REQUEST:  ', '']) {
      expect(classifySendError(refusal(400, prefix + words))).toBe(kind);
    }
  });

  it.each([
    [new BotApiRateLimitError('sendMessage', { errorCode: 429, description: 'x' }), 'rate_limited'],
    [
      new BotApiTransportError('sendMessage', { reason: 'x', maybePerformed: false }),
      'unavailable',
    ],
    [refusal(500, 'Internal Server Error: restart'), 'unavailable'],
    [refusal(401, 'Unauthorized'), 'chat'],
    [refusal(403, 'Forbidden: bot was kicked from the supergroup chat'), 'chat'],
    [refusal(404, 'Not Found'), 'chat'],
    [refusal(409, 'Conflict'), 'chat'],
    [refusal(413, 'Request Entity Too Large'), 'message'],
    [transport413, 'message'],
  ])('classifies %s as %s', (error, kind) => {
    expect(classifySendError(error)).toBe(kind);
  });
});

describe('hintFor', () => {
  it('names the option to check after a mistake in the setup', () => {
    expect(hintFor(refusal(401, 'Unauthorized'))).toContain('botToken');
    expect(hintFor(refusal(400, 'Bad Request: chat not found'))).toContain('adminChatId');
    expect(hintFor(refusal(403, 'Forbidden'))).toBe('');
    expect(hintFor(refusal(404, 'Not Found'))).toContain('botToken');
    expect(hintFor(refusal(400, 'Bad Request: Logged out'))).toContain('apiRoot');
    expect(hintFor(refusal(400, 'Bad Request: FROZEN_METHOD_INVALID'))).toContain('@BotFather');
    expect(hintFor(refusal(403, 'Forbidden: bot was kicked from the supergroup chat'))).toContain(
      'Add',
    );
    expect(hintFor(refusal(400, 'Bad Request: not enough rights to send text messages'))).toContain(
      'right to send',
    );
  });
});
