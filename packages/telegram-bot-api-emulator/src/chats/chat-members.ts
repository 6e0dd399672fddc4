import type { User } from '@grammyjs/types';
import { requireOpen } from '../agents/agent-presence.js';
import { EmulatedAgent } from '../agents/emulated-agent.js';
import {
  type AdministratorRights,
  createAdministratorRights,
} from '../world/administrator-rights.js';
import type { BotAccount } from '../world/bot-account.js';
import type { BotStatus, ChatRoom, MemberStatus, RoomMember } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { Membership } from '../world/membership.js';
import type { PersonOptions } from '../world/people.js';
import { createBotMember } from '../world/room-directory.js';
import type { AgentOptions } from './chat.options.js';

/** The people and bots of a chat, and what they are there. */
export class ChatMembers {
  readonly #world: EmulatedWorld;
  readonly #room: ChatRoom;
  readonly #membership: Membership;
  readonly #agents = new Map<string, EmulatedAgent>();

  constructor(world: EmulatedWorld, room: ChatRoom) {
    this.#world = world;
    this.#room = room;
    this.#membership = new Membership(world);
  }

  /** The agent of this name, who is in the chat as if from the start; options count the first time. */
  agent(name: string, options: AgentOptions = {}): EmulatedAgent {
    const known = this.#agents.get(name);
    if (known) return known;
    const { id, chat, owner, members } = this.#room;
    const user = this.#world.people.get(name, options);
    if (chat.type === 'private' && user.id !== id) {
      throw new Error(`Only ${owner.first_name} writes in this private chat`);
    }
    if (!members.has(user.id)) {
      const { status = 'member' } = options;
      const rights = status === 'administrator' && { rights: createAdministratorRights(chat.type) };
      this.#room.setMember({ user, status, ...rights });
    }
    const agent = new EmulatedAgent(this.#world, this.#room, user);
    this.#agents.set(name, agent);
    return agent;
  }

  join(name: string, options: PersonOptions): EmulatedAgent {
    this.#requireMembers();
    const { id } = this.#room;
    const user = this.#world.people.get(name, options);
    if (this.#room.has(user.id)) throw new Error(`${name} is in chat ${id} already`);
    if (this.#room.statusOf(user.id) === 'kicked') {
      throw new Error(`${name} is banned from chat ${id}`);
    }
    this.#membership.change(this.#room, { user, status: 'member' }, user);
    return this.agent(name);
  }

  /** Makes somebody who may have left another thing than an administrator. */
  change(name: string, status: MemberStatus): void {
    this.#requireMembers();
    this.#change({ user: this.agent(name).user, status });
  }

  /** The same of somebody who has to be in the chat. */
  changePresent(name: string, status: MemberStatus): void {
    this.#requireMembers();
    const { user } = this.agent(name);
    this.#requirePresent(user);
    this.#change({ user, status });
  }

  /** Makes somebody an administrator with the rights there were, or the usual ones, but for those changed. */
  promote(user: User, changed: Partial<AdministratorRights>): void {
    this.#requireMembers();
    this.#requirePresent(user);
    const { members, chat } = this.#room;
    const before = members.get(user.id)?.rights ?? createAdministratorRights(chat.type);
    this.#change({ user, status: 'administrator', rights: { ...before, ...changed } });
  }

  /** @param ownBot The bot that a private chat is with. */
  changeBot(bot: BotAccount, status: BotStatus, ownBot: BotAccount): void {
    if (status === this.#room.statusOf(bot.id)) return;
    requireOpen(this.#room);
    const { type } = this.#room.chat;
    const isPrivateStatus = status === 'member' || status === 'kicked';
    if (type === 'private' && !(isPrivateStatus && bot === ownBot)) {
      throw new Error('In a private chat its bot is a member, or kicked, which means blocked');
    }
    this.#change(createBotMember(bot, status, type));
  }

  #change(member: RoomMember): void {
    this.#membership.change(this.#room, member, this.#room.owner);
  }

  #requireMembers(): void {
    requireOpen(this.#room);
    if (this.#room.chat.type === 'private') {
      throw new Error('A private chat has no members to change');
    }
  }

  #requirePresent({ id, first_name: name }: User): void {
    if (!this.#room.has(id)) throw new Error(`${name} is not in chat ${this.#room.id}`);
  }
}
