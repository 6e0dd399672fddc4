import type { Message } from '@grammyjs/types';
import { isReactionEmoji } from '../world/reaction-emoji.js';
import type { ChatActor } from './chat-actor.js';

/** Sets the reactions of somebody in a chat. */
export class AgentReactions {
  readonly #actor: ChatActor;

  constructor(actor: ChatActor) {
    this.#actor = actor;
  }

  /** Puts these in the place of those that were there; where nothing changes no update is sent. */
  set({ message_id: messageId }: Message, wanted: readonly string[]): void {
    const { room, user } = this.#actor;
    const { history } = room;
    this.#actor.requirePresence();
    this.#actor.requireRight({
      right: 'can_manage_chat',
      isOpenToMembers: room.permissions.can_react_to_messages !== false,
      to: 'react',
    });
    const after = wanted.map(toType);
    const forbidden = wanted.find((emoji) => !room.allowsReaction(emoji));
    if (forbidden !== undefined) throw new Error(`Chat ${room.id} does not allow ${forbidden}`);
    const before = history.reactionOf(messageId, user.id);
    if (before.join() === wanted.join()) return;
    history.react(messageId, user.id, wanted);
    if (room.chat.type === 'channel') this.#reportCounts(messageId);
    else this.#reportChange(messageId, before.map(toType), after);
  }

  #reportChange(messageId: number, before: object[], after: object[]): void {
    const { chat } = this.#actor.room;
    const actor = this.#actor.sender.sender_chat
      ? { actor_chat: this.#actor.sender.sender_chat }
      : { user: this.#actor.user };
    const payload = {
      chat,
      message_id: messageId,
      ...actor,
      date: this.#actor.world.seconds,
      old_reaction: before,
      new_reaction: after,
    };
    this.#report('message_reaction', payload);
  }

  /** Who reacts in a channel nobody learns. */
  #reportCounts(messageId: number): void {
    const { chat, history } = this.#actor.room;
    const counts = [...history.reactionCounts(messageId)];
    const payload = {
      chat,
      message_id: messageId,
      date: this.#actor.world.seconds,
      reactions: counts.map(([emoji, count]) => ({ type: toType(emoji), total_count: count })),
    };
    this.#report('message_reaction_count', payload);
  }

  /** Only administrators learn of reactions, and none of those of bots; in private chats nobody. */
  #report(kind: 'message_reaction' | 'message_reaction_count', payload: object): void {
    if (this.#actor.user.is_bot) return;
    const event = { payload, key: `${kind} ${this.#actor.room.id}` };
    this.#actor.world.sendEvent(
      this.#actor.room,
      kind,
      event,
      ({ id }) => this.#actor.room.statusOf(id) === 'administrator',
    );
  }
}

/** Custom emoji have long numbers for ids. */
const CUSTOM_EMOJI_ID = /^\d{10,}$/;

function toType(emoji: string): object {
  if (CUSTOM_EMOJI_ID.test(emoji)) return { type: 'custom_emoji', custom_emoji_id: emoji };
  if (!isReactionEmoji(emoji)) throw new Error(`"${emoji}" is no reaction that Telegram knows`);
  return { type: 'emoji', emoji };
}
