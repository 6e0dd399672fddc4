import type { Message } from '@grammyjs/types';
import { finishText } from '../text/text-finisher.js';
import type { ChatRoom } from '../world/chat-room.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { textContent } from '../world/message-composer.js';
import { TELEGRAM } from '../world/service-users.constants.js';

/**
 * Has Telegram forward the posts of a channel to a supergroup, each of which has one link at most.
 *
 * @throws {Error} When the chats are of other kinds.
 */
export function linkChannel(channel: ChatRoom, discussion: ChatRoom): void {
  if (channel.chat.type !== 'channel' || discussion.chat.type !== 'supergroup') {
    throw new Error('A channel is linked to a supergroup');
  }
  for (const { linked } of [channel, discussion]) if (linked) linked.linked = undefined;
  channel.linked = discussion;
  discussion.linked = channel;
}

/**
 * Forwards a post of a channel that nobody looks into to a supergroup.
 *
 * @throws {Error} When the chat is no supergroup.
 */
export function postFromChannel(world: EmulatedWorld, room: ChatRoom, text: string): Message {
  if (room.chat.type !== 'supergroup') {
    throw new Error(`Only supergroups are linked to a channel; chat ${room.id} is none`);
  }
  const channel = world.rooms.channel(`Channel of ${room.chat.title}`);
  const origin = {
    type: 'channel',
    chat: channel,
    message_id: room.history.messages.length + 1,
    date: world.seconds,
  } as const;
  const finished = finishText({ text, entities: [] });
  return world.postToBots(room, {
    sender: { from: TELEGRAM, sender_chat: channel },
    content: {
      forward_origin: origin,
      is_automatic_forward: true,
      ...textContent(finished, (id) => world.findUser(id)),
    },
  });
}
