import type { ChatFullInfo, ChatMember, UserFromGetMe } from '@grammyjs/types';
import type { BotApiCallOptions, BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiResult } from '../bot/bot-api-types.js';
import type { AdminChat } from '../chat/admin-chat.js';
import { shorten } from '../common/shorten.js';
import type { TelegramSettings } from '../config/telegram-settings.js';
import { ForeignServerError } from '../desk/foreign-server.error.js';
import { BotApiError } from '../errors/index.js';

const MAX_NAME_LENGTH = 64;

/** What Telegram says of a bot and its admin chat. Each thing is asked for once, when it is needed first. */
export class DeskFacts {
  #bot: Promise<UserFromGetMe> | undefined;
  #chat: Promise<ChatFullInfo> | undefined;
  #member: Promise<ChatMember> | undefined;
  #webhook: Promise<BotApiResult<'getWebhookInfo'>> | undefined;

  constructor(
    /** Those of the desk. */
    readonly settings: TelegramSettings,
    readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
    private readonly options: BotApiCallOptions,
  ) {}

  /**
   * @throws {@link BotApiError} As all methods here.
   * @throws {@link ForeignServerError} When the answer cannot be Telegram's, as {@link chat} does.
   */
  bot(): Promise<UserFromGetMe> {
    this.#bot ??= this.api.call('getMe', undefined, this.options).then(withId);
    return this.#bot;
  }

  /** The admin chat, followed to the supergroup that it has become. */
  chat(): Promise<ChatFullInfo> {
    this.#chat ??= this.#findChat().then(withId);
    return this.#chat;
  }

  /** What the bot is in the admin chat. */
  member(): Promise<ChatMember> {
    this.#member ??= this.#findMember();
    return this.#member;
  }

  webhook(): Promise<BotApiResult<'getWebhookInfo'>> {
    this.#webhook ??= this.api.call('getWebhookInfo', undefined, this.options);
    return this.#webhook;
  }

  async nameOfBot(): Promise<string> {
    const { id, username } = await this.bot();
    return username ? `@${username}` : `the bot ${id}`;
  }

  /** Shortened to one line of visible characters: the title of a group is foreign text. */
  async nameOfChat(): Promise<string> {
    const { id, title, first_name: firstName, last_name: lastName } = await this.chat();
    const name = title ?? [firstName, lastName].filter(Boolean).join(' ');
    return shorten(name, MAX_NAME_LENGTH) || String(id);
  }

  /** The beginning of the sentence in which the bot cannot work in the chat. */
  async cannotWork(finding: string): Promise<string> {
    return `${await this.nameOfBot()} cannot work in ${await this.nameOfChat()}: ${finding}`;
  }

  async #findChat(): Promise<ChatFullInfo> {
    try {
      return await this.api.call('getChat', { chat_id: this.adminChat.id }, this.options);
    } catch (error) {
      const movedTo = error instanceof BotApiError && error.parameters.migrate_to_chat_id;
      if (!movedTo) throw error;
      this.adminChat.moveTo(movedTo);
      return this.api.call('getChat', { chat_id: movedTo }, this.options);
    }
  }

  async #findMember(): Promise<ChatMember> {
    const [{ id: userId }, { id: chatId }] = [await this.bot(), await this.chat()];
    return this.api.call('getChatMember', { chat_id: chatId, user_id: userId }, this.options);
  }
}

/** Whether an answer can be Telegram's: another server may answer anything. */
function withId<T>(answer: T): T {
  const id: unknown = Object(answer).id;
  if (!Number.isInteger(id)) throw new ForeignServerError();
  return answer;
}
