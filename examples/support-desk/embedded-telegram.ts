import { BotApiEmulator, type EmulatedChat, type Message } from 'nestjs-telegram-support/testing';

/** A notice of the desk, as an agent sees it. */
export interface ShownNotice {
  readonly id: number;
  readonly text: string;
  /** The forum topic that it stands in. */
  readonly topicId: number | undefined;
}

/** An emulated Telegram in this process, with one group and one agent, to try the desk without a bot. */
export class EmbeddedTelegram {
  private constructor(
    readonly chat: EmulatedChat,
    /** Where one acts as the agents. */
    readonly pageUrl: string,
  ) {}

  /**
   * Starts it, and sets the environment variables that lead the app to it.
   *
   * @param origins Whose pages may show that of the emulator in a frame.
   */
  static async start(appUrl: string, origins: readonly string[]): Promise<EmbeddedTelegram> {
    const emulator = await BotApiEmulator.start({ page: { frameAncestors: origins } });
    const isForum = process.env['TELEGRAM_MODE'] === 'topics';
    const chat = emulator.createSupergroup({ title: 'Support', isForum });
    Object.assign(process.env, {
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_WEBHOOK_URL: appUrl,
    });
    return new EmbeddedTelegram(chat, emulator.pageUrl);
  }

  /** Waits for the notice of the desk that contains the text. */
  async notice(text: string): Promise<ShownNotice> {
    const notice = await this.chat.waitForMessage(
      (message) => message.text?.includes(text) === true,
    );
    return shown(notice);
  }

  /** The name of a topic; undefined when there is none. */
  topicName(topicId: number | undefined): string | undefined {
    return this.chat.topics.find((topic) => topic.id === topicId)?.name;
  }

  /** The agent writes in the topic of a notice, or replies to it where there are no topics. */
  reply(text: string, { id, topicId }: ShownNotice): number {
    const ada = this.chat.agent('Ada');
    const message = topicId === undefined ? ada.reply(id, text) : ada.inTopic(topicId).write(text);
    return message.message_id;
  }
}

function shown({
  message_id: id,
  text,
  message_thread_id: threadId,
  ...rest
}: Message): ShownNotice {
  return { id, text: readable(text), topicId: rest.is_topic_message ? threadId : undefined };
}

/** Without the invisible character that carries the reference to the thread. */
function readable(text = ''): string {
  return text.replaceAll('\u200b', '');
}
