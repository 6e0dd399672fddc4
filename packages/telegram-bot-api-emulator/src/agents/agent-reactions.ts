import type { Message, User } from '@grammyjs/types';
import { requirePresence, requireRight } from './agent-presence.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import type { MessageSender } from '../world/message-composer.js';
import { isReactionEmoji } from '../world/reaction-emoji.js';

/** Sets the reactions of somebody in a chat. */
export class AgentReactions {
  readonly #world: EmulatedWorld;
  readonly #room: ChatRoom;
  readonly #user: User;
  readonly #sender: MessageSender;

  /** @internal Use `EmulatedAgent.react()`. */
  constructor(world: EmulatedWorld, room: ChatRoom, user: User, sender: MessageSender) {
    this.#world = world;
    this.#room = room;
    this.#user = user;
    this.#sender = sender;
  }

  /** Puts these in the place of those that were there; where nothing changes nobody is told. */
  set({ message_id: messageId }: Message, wanted: readonly string[]): void {
    const { history } = this.#room;
    const user = this.#user;
    requirePresence(this.#room, user);
    requireRight(this.#room, user, {
      right: 'can_manage_chat',
      isOpenToMembers: this.#room.permissions.can_react_to_messages !== false,
      to: 'react',
    });
    const after = wanted.map(toType);
    const before = history.reactionOf(messageId, user.id);
    if (before.join() === wanted.join()) return;
    history.react(messageId, user.id, wanted);
    if (this.#room.chat.type === 'channel') this.#reportCounts(messageId);
    else this.#reportChange(messageId, before.map(toType), after);
  }

  #reportChange(messageId: number, before: object[], after: object[]): void {
    const { chat } = this.#room;
    const actor = this.#sender.sender_chat
      ? { actor_chat: this.#sender.sender_chat }
      : { user: this.#user };
    const payload = {
      chat,
      message_id: messageId,
      ...actor,
      date: this.#world.seconds,
      old_reaction: before,
      new_reaction: after,
    };
    this.#report('message_reaction', payload);
  }

  /** Who reacts in a channel nobody learns. */
  #reportCounts(messageId: number): void {
    const { chat, history } = this.#room;
    const counts = [...history.reactionCounts(messageId)];
    const payload = {
      chat,
      message_id: messageId,
      date: this.#world.seconds,
      reactions: counts.map(([emoji, count]) => ({ type: toType(emoji), total_count: count })),
    };
    this.#report('message_reaction_count', payload);
  }

  /** Only administrators learn of reactions, and none of those of bots; in private chats nobody. */
  #report(kind: 'message_reaction' | 'message_reaction_count', payload: object): void {
    if (this.#user.is_bot) return;
    const event = { payload, key: `${kind} ${this.#room.id}` };
    this.#world.sendEvent(
      this.#room,
      kind,
      event,
      ({ id }) => this.#room.statusOf(id) === 'administrator',
    );
  }
}

function toType(emoji: string): { readonly type: 'emoji'; readonly emoji: string } {
  if (!isReactionEmoji(emoji)) throw new Error(`"${emoji}" is no reaction that Telegram knows`);
  return { type: 'emoji', emoji };
}
