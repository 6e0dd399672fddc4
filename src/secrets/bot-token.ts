import { Secret } from './secret.js';

/** The token of a bot: its id, a colon, and the part that must never be shown. */
export class BotToken extends Secret {
  /** The Telegram user id of the bot, the part before the colon. */
  readonly botId: number;

  constructor(token: string) {
    super(token);
    this.botId = Number(token.slice(0, token.indexOf(':')));
  }
}
