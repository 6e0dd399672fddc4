import { Secret } from './secret.js';

/** A bot's token: the bot's id, a colon, and the part that must never be seen. */
export class BotToken extends Secret {
  /** The bot's Telegram user id, the part in front of the colon. */
  readonly botId: number;

  constructor(token: string) {
    super(token);
    this.botId = Number(token.slice(0, token.indexOf(':')));
  }

  /** `text` without the token, for messages that other libraries wrote. */
  redact(text: string): string {
    const token = this.reveal();
    const secretPart = token.slice(token.indexOf(':') + 1);
    return text.replaceAll(token, String(this)).replaceAll(secretPart, String(this));
  }
}
