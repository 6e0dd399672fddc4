import { BotApiEmulator, type EmulatedChat } from 'nestjs-telegram-support/testing';

/** An emulated Telegram in this process, with one group and one agent, to try the desk without a bot. */
export class EmbeddedTelegram {
  private constructor(
    private readonly emulator: BotApiEmulator,
    readonly chat: EmulatedChat,
  ) {}

  /** Starts it, and sets the environment variables that lead the app to it. */
  static async start(appUrl: string): Promise<EmbeddedTelegram> {
    const emulator = await BotApiEmulator.start();
    const chat = emulator.createSupergroup({ title: 'Support' });
    Object.assign(process.env, {
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_WEBHOOK_URL: appUrl,
    });
    return new EmbeddedTelegram(emulator, chat);
  }

  /** What the chat shows, oldest first. */
  get lines(): string[] {
    return this.chat.messages.map(({ from, text }) => `${from?.first_name}: ${readable(text)}`);
  }

  /** Waits for the notice of the desk that contains the text. */
  async notice(text: string): Promise<{ id: number; text: string }> {
    const notice = await this.chat.waitForMessage(
      (message) => message.text?.includes(text) === true,
    );
    return { id: notice.message_id, text: readable(notice.text) };
  }

  /** The agent replies to a notice, by default to the newest one. */
  reply(text: string, messageId = this.newestNotice()): number {
    return this.chat.agent('Ada').reply(messageId, text).message_id;
  }

  stop(): Promise<void> {
    return this.emulator.stop();
  }

  private newestNotice(): number {
    const notices = this.chat.messages.filter(({ from }) => from?.id === this.emulator.bot.id);
    const newest = notices.at(-1);
    if (!newest) throw new Error('The desk has posted nothing yet');
    return newest.message_id;
  }
}

/** Without the invisible character that carries the reference to the thread. */
function readable(text = ''): string {
  return text.replaceAll('\u200b', '');
}
