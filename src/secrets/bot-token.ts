import { Secret } from './secret.js';

/** A bot's token: the bot's id, a colon, and the part that must never be seen. */
export class BotToken extends Secret {
  /** The bot's Telegram user id, the part in front of the colon. */
  readonly botId: number;

  constructor(token: string) {
    super(token);
    this.botId = Number(token.slice(0, token.indexOf(':')));
  }
}
