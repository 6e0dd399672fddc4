import type { Chat, Update } from '@grammyjs/types';
import { shorten } from '../../common/shorten.js';
import { isGone } from '../../desk/desk-problems.js';
import { CommandError } from '../command.error.js';
import type { Invitation } from './invitation.js';
import type { SetupSession } from './setup-session.js';
import type { SetupUpdates } from './setup-updates.js';

/** How long Telegram holds a request while there is no update. */
const LONG_POLL_SECONDS = 25;

/** The message of the link comes after the bot has been added; so long it is waited for. */
const MESSAGE_SECONDS = 3;

/** Waits until somebody has chosen the chat in Telegram. */
export class ChatFinder {
  /** A group that the bot was added to, without the message of the link so far. */
  #added: Chat | undefined;
  readonly #declined = new Set<number>();
  /** Which supergroup a group has become. */
  readonly #moved = new Map<number, number>();

  constructor(
    private readonly updates: SetupUpdates,
    private readonly invitation: Invitation,
    private readonly session: SetupSession,
  ) {}

  /**
   * @param endsAtMs By `performance.now()`.
   * @returns The id of the chat.
   * @throws {@link CommandError} When nobody has chosen one in time.
   */
  async find(endsAtMs: number): Promise<number> {
    for (;;) {
      const leftSeconds = Math.ceil((endsAtMs - performance.now()) / 1000);
      if (leftSeconds <= 0) throw new CommandError('nobody has chosen a chat in time');
      const seconds = Math.min(this.#added ? MESSAGE_SECONDS : LONG_POLL_SECONDS, leftSeconds);
      const updates = await this.updates.next(seconds);
      for (const update of updates) this.#follow(update);
      const chosen = updates.find(({ message }) => this.invitation.isAccepted(message?.text));
      const chat =
        chosen?.message?.chat ?? (updates.length === 0 ? await this.#guess() : undefined);
      if (chat) {
        this.session.output.paragraph(`The chat is ${nameOf(chat)}`, '✓ ', 'green');
        return this.#moved.get(chat.id) ?? chat.id;
      }
    }
  }

  #follow({ message, my_chat_member: membership }: Update): void {
    const { chat, migrate_to_chat_id: movedTo } = message ?? {};
    if (chat && movedTo !== undefined) this.#moved.set(chat.id, movedTo);
    if (!membership) return;
    const isGroup = membership.chat.type === 'group' || membership.chat.type === 'supergroup';
    if (isGroup && !isGone(membership.new_chat_member)) {
      if (!this.#declined.has(membership.chat.id)) this.#added = membership.chat;
    } else if (membership.chat.id === this.#added?.id) {
      this.#added = undefined;
    }
  }

  /** The group that the bot was added to, if that is the one. Only a person can tell: anybody may add a bot to a group. */
  async #guess(): Promise<Chat | undefined> {
    const added = this.#added;
    if (!added) return undefined;
    this.#added = undefined;
    this.#declined.add(added.id);
    const { questions, output } = this.session;
    const found = `The bot was added to ${nameOf(added)}, without the message of the link`;
    if (!questions.areAnswered) {
      output.paragraph(`${found}. If that is the chat, write there: ${this.invitation.command}`);
      return undefined;
    }
    output.paragraph(found);
    return (await questions.confirm(`Is it ${nameOf(added)}?`, true)) ? added : undefined;
  }
}

/** Shortened to one line of visible characters: it is foreign text. */
function nameOf(chat: Chat): string {
  if (chat.type === 'private') return 'a private chat with the bot';
  return shorten(chat.title, 64) || String(chat.id);
}
