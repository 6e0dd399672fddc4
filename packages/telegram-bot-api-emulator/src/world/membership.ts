import { isDeepStrictEqual } from 'node:util';
import type { ChatMemberUpdated, User } from '@grammyjs/types';
import { createChatMember } from './chat-member.factory.js';
import type { ChatRoom, RoomMember } from './chat-room.js';
import type { EmulatedWorld } from './emulated-world.js';

/** Changes what people and bots are in chats, and lets those know who are to know. */
export class Membership {
  readonly #world: EmulatedWorld;

  constructor(world: EmulatedWorld) {
    this.#world = world;
  }

  /**
   * Makes somebody what `member` says. A bot learns of itself by `my_chat_member`, of others by
   * `chat_member` where it is an administrator and asked for it; in groups a service message names
   * those who come and go. Where nothing changes nobody learns of anything.
   *
   * @param by Who does it.
   */
  change(room: ChatRoom, member: RoomMember, by: User): void {
    const { user } = member;
    const before = room.members.get(user.id) ?? { user, status: 'left' as const };
    if (isSame(before, member)) return;
    const wasHere = room.has(user.id);
    room.setMember(member);
    const isHere = room.has(user.id);
    this.#report(room, before, member, by);
    const isGroup = room.chat.type === 'group' || room.chat.type === 'supergroup';
    if (!isGroup || wasHere === isHere) return;
    const content = isHere ? { new_chat_members: [user] } : { left_chat_member: user };
    this.#world.postToBots(room, { sender: { from: by }, content });
  }

  #report(room: ChatRoom, before: RoomMember, after: RoomMember, by: User): void {
    const payload: ChatMemberUpdated = {
      chat: room.chat,
      from: by,
      date: this.#world.seconds,
      old_chat_member: createChatMember(before, room.chat),
      new_chat_member: createChatMember(after, room.chat),
    };
    const { id } = after.user;
    this.#world.sendEvent(
      room,
      'my_chat_member',
      { payload, key: `my_chat_member ${room.id}` },
      (bot) => bot.id === id,
    );
    this.#world.sendEvent(
      room,
      'chat_member',
      { payload, key: `chat_member ${id}` },
      (bot) => bot.id !== id && room.statusOf(bot.id) === 'administrator',
    );
  }
}

function isSame(before: RoomMember, after: RoomMember): boolean {
  return before.status === after.status && isDeepStrictEqual(before.rights, after.rights);
}
