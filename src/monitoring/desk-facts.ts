import type { BotCommand, ChatFullInfo, ChatMember, UserFromGetMe } from '@grammyjs/types';
import type { BotApiCallOptions, BotApiClient } from '../bot/bot-api-client.js';
import type { BotApiResult } from '../bot/bot-api-types.js';
import type { AdminChat } from '../chat/admin-chat.js';
import type { Clock } from '../common/clock.js';
import { shorten } from '../common/shorten.js';
import type { TelegramSettings } from '../config/telegram-settings.js';
import { isTransient } from '../desk/desk-problems.js';
import { BotApiError } from '../errors/index.js';
import type { BotFacts } from './bot-facts.js';
import { withId } from './with-id.js';

const MAX_NAME_LENGTH = 64;

/** What Telegram says of a bot and its admin chat. Each thing is asked for once, when it is needed first. */
export class DeskFacts {
  #chat: Promise<ChatFullInfo> | undefined;
  #member: Promise<ChatMember> | undefined;

  constructor(
    /** Those of the desk. */
    readonly settings: TelegramSettings,
    readonly adminChat: AdminChat,
    private readonly api: BotApiClient,
    private readonly options: BotApiCallOptions,
    private readonly clock: Clock,
    private readonly ofBot: BotFacts,
    /** Whether they are asked for again and again, so that nothing is asked for that only people read. */
    readonly isRoutine: boolean,
  ) {}

  /**
   * @throws {@link BotApiError} As all methods here.
   * @throws {@link ForeignServerError} When the answer cannot be Telegram's, as {@link chat} does.
   */
  bot(): Promise<UserFromGetMe> {
    return this.ofBot.bot();
  }

  /**
   * How far the clock of this machine is ahead of Telegram's, in milliseconds; undefined until {@link bot} has settled, and
   * when Telegram does not say.
   */
  get clockSkewMs(): number | undefined {
    return this.ofBot.clockSkewMs;
  }

  /** The time of Telegram's clock, as far as it is known. */
  get telegramNowMs(): number {
    return this.clock.now() - (this.clockSkewMs ?? 0);
  }

  /** The admin chat, followed to the supergroup that it has become. */
  chat(): Promise<ChatFullInfo> {
    this.#chat ??= this.#findChat().then(withId);
    return this.#chat;
  }

  /**
   * The chat that is meant by an id which no chat has, because a sign or the -100 of a supergroup is missing; undefined
   * when the bot is in none.
   */
  async chatMeant(): Promise<ChatFullInfo | undefined> {
    for (const chatId of likelyIds(this.adminChat.id)) {
      try {
        return await this.api.call('getChat', { chat_id: chatId }, this.options);
      } catch (error) {
        if (!(error instanceof BotApiError) || isTransient(error)) throw error;
      }
    }
    return undefined;
  }

  /** What the bot is in the admin chat. */
  member(): Promise<ChatMember> {
    this.#member ??= this.#findMember();
    return this.#member;
  }

  webhook(): Promise<BotApiResult<'getWebhookInfo'>> {
    return this.ofBot.webhook();
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

  /** The commands that Telegram offers in the admin chat, to whoever has no language of their own. */
  async menu(): Promise<BotCommand[]> {
    const { id } = await this.chat();
    const scope = { type: 'chat', chat_id: id } as const;
    return this.api.call('getMyCommands', { scope }, this.options);
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

/** The id of a supergroup is this less what its links (t.me/c/…) have. */
const SUPERGROUP_IDS = -1_000_000_000_000;

/** As what else an id can be meant. */
function likelyIds(id: number | string): number[] {
  if (typeof id === 'string' || id < SUPERGROUP_IDS) return [];
  const bare = Math.abs(id);
  const asSupergroup = SUPERGROUP_IDS - bare;
  return id > 0 ? [asSupergroup, -bare] : [asSupergroup];
}
