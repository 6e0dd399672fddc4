import type { ResponseParameters } from '@grammyjs/types';

const PREFIXES = new Map([
  [400, 'Bad Request'],
  [401, 'Unauthorized'],
  [403, 'Forbidden'],
  [500, 'Internal Server Error'],
]);

/** A call that Telegram refuses; also its HTTP status. */
export class BotApiError extends Error {
  constructor(
    readonly errorCode: number,
    readonly description: string,
    readonly parameters?: ResponseParameters,
  ) {
    super(description);
    this.name = new.target.name;
  }

  /**
   * Puts the name of the code in front of `text` and lowers the first letter of `text`, unless the
   * second character shows that it is an identifier such as `TOPIC_CLOSED`
   * (telegram-bot-api, Client.cpp:71-205).
   */
  static of(errorCode: 400 | 403, text: string, parameters?: ResponseParameters): BotApiError {
    const lowered = /^.[_A-Z]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
    return new BotApiError(errorCode, `${PREFIXES.get(errorCode)}: ${lowered}`, parameters);
  }

  /** 429: come back in `seconds` seconds (telegram-bot-api, Query.cpp:105-112). */
  static flood(seconds: number): BotApiError {
    return new BotApiError(429, `Too Many Requests: retry after ${seconds}`, {
      retry_after: seconds,
    });
  }
}
