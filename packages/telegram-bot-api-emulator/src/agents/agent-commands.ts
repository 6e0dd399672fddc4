import type { BotCommand, Message } from '@grammyjs/types';
import type { BotAccount } from '../world/bot-account.js';
import { AgentContent } from './agent-content.js';
import { AgentEphemerals } from './agent-ephemerals.js';
import type { AgentMessageOptions } from './agent-file.options.js';
import { AgentMessages } from './agent-messages.js';
import type { ChatActor } from './chat-actor.js';

/** Sends commands for somebody in a chat. */
export class AgentCommands {
  readonly #actor: ChatActor;
  readonly #content: AgentContent;
  readonly #messages: AgentMessages;
  readonly #ephemerals: AgentEphemerals;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#content = new AgentContent(actor.world);
    this.#messages = new AgentMessages(actor);
    this.#ephemerals = new AgentEphemerals(actor);
  }

  /** Those of a bot that the person sees; of the first bot that is here unless another is named. */
  list(botId?: number): readonly BotCommand[] {
    const [first] = this.#bots();
    const bot = botId === undefined ? first : this.#bots().find(({ id }) => id === botId);
    return bot ? this.#seenOf(bot) : [];
  }

  /** An ephemeral command goes to its bot alone; groups and supergroups have such. */
  send(text: string, { replyTo, extra = {} }: AgentMessageOptions): Message {
    const [, name, username] = /^\/(\w+)(?:@(\w+))?(?=\s|$)/.exec(text) ?? [];
    if (name === undefined)
      throw new Error(`"${text}" is no command; one begins with / and its name`);
    const bot = this.#receiverOf(name, username);
    const replied = replyTo === undefined ? undefined : this.#actor.findSeen(replyTo);
    if (bot) {
      const said = { ...this.#content.text(text, extra), ...extra };
      return this.#ephemerals.send(bot, said, replied);
    }
    return replied ? this.#messages.reply(replied, text, extra) : this.#messages.write(text, extra);
  }

  /** The bot that has declared the command as ephemeral for the person here; undefined for an ordinary command. */
  #receiverOf(name: string, username: string | undefined): BotAccount | undefined {
    const { type } = this.#actor.room.chat;
    if (type !== 'group' && type !== 'supergroup') return undefined;
    const named = this.#bots().filter(
      ({ user }) =>
        username === undefined || user.username.toLowerCase() === username.toLowerCase(),
    );
    const bot = named.find((each) => this.#seenOf(each).some(({ command }) => command === name));
    const declared = bot && this.#seenOf(bot).find(({ command }) => command === name);
    return declared?.is_ephemeral ? bot : undefined;
  }

  #seenOf({ commands }: BotAccount): readonly BotCommand[] {
    const { room, user } = this.#actor;
    return commands.seenIn(room, user.id, user.language_code ?? '');
  }

  #bots(): BotAccount[] {
    const { world, room } = this.#actor;
    return world.bots.filter(({ id }) => room.has(id));
  }
}
