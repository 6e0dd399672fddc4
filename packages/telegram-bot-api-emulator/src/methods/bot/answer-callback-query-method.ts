import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';

/** In characters. */
const MAX_TEXT_LENGTH = 200;
const MAX_CACHE_SECONDS = 30 * 24 * 60 * 60;

/** Answers the press of a button. It counts in no flood limit. */
export class AnswerCallbackQueryMethod implements BotApiMethod {
  readonly name = 'answerCallbackQuery';

  call({ bot, parameters }: MethodCall): BotApiSuccess {
    const text = parameters.text('text');
    if (Array.from(text).length > MAX_TEXT_LENGTH) {
      throw BotApiError.of(400, 'MESSAGE_TOO_LONG');
    }
    const url = parameters.text('url');
    if (url !== '' && !isStartLink(url, bot.user.username)) {
      throw BotApiError.of(400, 'URL_INVALID');
    }
    const isInTime = bot.queries.answer(parameters.text('callback_query_id'), {
      ...(text !== '' && { text }),
      ...(url !== '' && { url }),
      showAlert: parameters.boolean('show_alert'),
      cacheTime: parameters.integer('cache_time', 0, 0, MAX_CACHE_SECONDS),
    });
    if (!isInTime) {
      throw BotApiError.of(
        400,
        'query is too old and response timeout expired or query ID is invalid',
      );
    }
    return { result: true };
  }
}

/**
 * Besides those of games, which bots of the emulator have none of, only links to the bot itself are opened, as the
 * documentation of `answerCallbackQuery` says; that others are refused with this error is the documentation of MTProto,
 * `messages.setBotCallbackAnswer`.
 */
function isStartLink(url: string, username: string): boolean {
  const [, named] =
    /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)\?/i.exec(url) ??
    /^tg:\/\/resolve\?(?:.*&)?domain=(\w+)/i.exec(url) ??
    [];
  return named?.toLowerCase() === username.toLowerCase();
}
