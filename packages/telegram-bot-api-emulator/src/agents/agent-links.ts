import type { Message } from '@grammyjs/types';
import {
  type AdministratorRights,
  createAdministratorRights,
} from '../world/administrator-rights.js';
import type { BotAccount } from '../world/bot-account.js';
import { Membership } from '../world/membership.js';
import { AgentMessages } from './agent-messages.js';
import type { ChatActor } from './chat-actor.js';

/** What a deep link may carry (td: LinkManager.cpp, `is_valid_start_parameter`); its length is documented. */
const PAYLOAD = /^[\w-]{0,64}$/;

/** Starts bots for somebody in a chat, and follows links to bots. */
export class AgentLinks {
  readonly #actor: ChatActor;
  readonly #messages: AgentMessages;

  constructor(actor: ChatActor) {
    this.#actor = actor;
    this.#messages = new AgentMessages(actor);
  }

  /** In groups the bot is named (td: MessagesManager.cpp, `send_bot_start_message`). */
  start(payload: string, bot = this.#firstBot()): Message {
    if (!PAYLOAD.test(payload)) {
      throw new Error(`"${payload}" is no payload: up to 64 letters, digits, _ and -`);
    }
    const isPrivate = this.#actor.room.chat.type === 'private';
    const command = isPrivate ? '/start' : `/start@${bot.user.username}`;
    return this.#messages.write(`${command} ${payload}`.trim(), {});
  }

  open(url: string): Message {
    const { username, query } = parseLink(url);
    const bot = this.#actor.world.bots.find(
      ({ user }) => user.username.toLowerCase() === username.toLowerCase(),
    );
    if (!bot) throw new Error(`There is no bot @${username}`);
    const { type } = this.#actor.room.chat;
    const payload = query.get(type === 'private' ? 'start' : 'startgroup');
    if (payload === null) throw new Error(`${url} leads to no ${type} chat`);
    if (type === 'private') {
      if (bot !== this.#firstBot()) throw new Error(`This is no private chat with @${username}`);
    } else {
      this.#invite(bot, query.get('admin') ?? '');
    }
    return this.start(payload, bot);
  }

  /** The bot comes with the rights of the link, which are added to those that it has (td: td_api.tl, `internalLinkTypeBotStartInGroup`). */
  #invite(bot: BotAccount, admin: string): void {
    const { world, room, user } = this.#actor;
    this.#actor.requirePresence();
    const membership = new Membership(world);
    const asked = readRights(admin);
    if (asked.length > 0) {
      this.#actor.requireRight({ right: 'can_promote_members', to: 'make administrators' });
      const rights = this.#rightsOf(bot, asked);
      membership.change(room, { user: bot.user, status: 'administrator', rights }, user);
    } else if (!room.has(bot.id)) {
      const isOpenToMembers = room.permissions.can_invite_users;
      this.#actor.requireRight({ right: 'can_invite_users', isOpenToMembers, to: 'invite' });
      membership.change(room, { user: bot.user, status: 'member' }, user);
    }
  }

  #rightsOf(bot: BotAccount, asked: readonly string[]): AdministratorRights {
    const { room } = this.#actor;
    const all = createAdministratorRights(room.chat.type);
    const none = Object.fromEntries(Object.keys(all).map((right) => [right, false]));
    const named = Object.keys(all).filter((right) => asked.includes(right));
    const wanted = Object.fromEntries(named.map((right) => [right, true]));
    const held = room.members.get(bot.id)?.rights;
    return { ...all, ...none, ...held, can_manage_chat: true, ...wanted };
  }

  #firstBot(): BotAccount {
    const { world, room } = this.#actor;
    const bot = world.bots.find(({ id }) => room.members.has(id));
    if (!bot) throw new Error(`There is no bot in chat ${room.id}`);
    return bot;
  }
}

/** `manage_topics+pin_messages` (td: LinkManager.cpp, `get_administrator_rights`). */
function readRights(admin: string): string[] {
  const names = admin.split(' ').filter((name) => name !== '');
  return names.map((name) => (name === 'anonymous' ? 'is_anonymous' : `can_${name}`));
}

function parseLink(url: string): { readonly username: string; readonly query: URLSearchParams } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const query = parsed?.searchParams ?? new URLSearchParams();
  if (parsed?.protocol === 'tg:' && /^(?:\/\/)?resolve$/.test(parsed.host + parsed.pathname)) {
    return { username: query.get('domain') ?? '', query };
  }
  if (parsed && /^(?:t|telegram)\.me$/.test(parsed.host)) {
    return { username: parsed.pathname.slice(1), query };
  }
  throw new Error(`${url} is no link to a bot, such as https://t.me/support_desk_bot?start=x`);
}
