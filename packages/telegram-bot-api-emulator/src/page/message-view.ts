import type { Message } from '@grammyjs/types';
import type { ChatRoom } from '../world/chat-room.js';
import type { EphemeralMessage } from '../world/ephemeral-messages.js';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { GENERAL_TOPIC_ID } from '../world/topic-list.js';
import { createPageButtons } from './button-view.js';
import { createPageContent } from './content-view.js';
import { createPageMedia } from './media-view.js';
import { pageIdOf } from './page-id.js';
import type { PageMessage, PageReaction, PageText } from './page-message.interface.js';
import { ReplyView } from './reply-view.js';
import type { RoomKeys } from './room-keys.js';
import { createPageSender, nameOfOrigin, nameOfUser } from './sender-view.js';
import { describeService } from './service-words.js';

/** Messages as the page shows them. */
export class MessageView {
  readonly #world: EmulatedWorld;
  readonly #keys: RoomKeys;
  readonly #replies: ReplyView;

  constructor(world: EmulatedWorld, keys: RoomKeys) {
    this.#world = world;
    this.#keys = keys;
    this.#replies = new ReplyView(world, keys);
  }

  create(room: ChatRoom, message: Message): PageMessage {
    const chat = this.#keys.keyOf(room);
    const service = describeService(message);
    const topicId = topicOf(room, message);
    const { edit_date: editedAt, message_id: id, date } = message;
    return {
      chat,
      id: pageIdOf(message),
      ...(topicId !== undefined && { topicId }),
      sender: createPageSender(message),
      sentAt: date * 1000,
      ...(editedAt !== undefined && { editedAt: editedAt * 1000 }),
      ...(service === undefined ? this.#said(room, message, chat) : { service }),
      reactions: this.#reactions(room, id),
    };
  }

  createEphemeral(room: ChatRoom, ephemeral: EphemeralMessage): PageMessage {
    const { message, personId: person, after, replaces, order } = ephemeral;
    const { topicId = room.isForum ? GENERAL_TOPIC_ID : undefined } = ephemeral;
    return {
      ...this.create(room, message),
      ephemeral: { person, after, ...(replaces !== undefined && { replaces }), order },
      ...(topicId !== undefined && { topicId }),
    };
  }

  #said(room: ChatRoom, message: Message, chat: string): Partial<PageMessage> {
    const text = textOf(message);
    const media = createPageMedia(this.#world.files, message);
    const content = createPageContent(message);
    const reply = this.#replies.create(message, chat);
    const buttons = createPageButtons(message);
    const replyKeyboard = room.history.replyKeyboardOf(message.message_id);
    const { media_group_id: albumId, forward_origin: origin, via_bot: via } = message;
    return {
      ...(text && { text }),
      ...(media && { media }),
      ...(content && { content }),
      ...(albumId !== undefined && { albumId }),
      ...(reply && { reply }),
      ...(origin && { forward: { name: nameOfOrigin(origin), sentAt: origin.date * 1000 } }),
      ...(via && { via: nameOfUser(via) }),
      ...(buttons && { buttons }),
      ...(replyKeyboard && { replyKeyboard }),
    };
  }

  #reactions({ history, chat }: ChatRoom, messageId: number): PageReaction[] {
    const reactions = Array.from(history.reactionsBy(messageId), ([id, emoji]) => {
      const user = this.#world.findUser(id);
      // A channel does not say who reacted, but the page is for whoever plays all of them.
      const name = user ? nameOfUser(user) : `User ${id} of ${chat.id}`;
      return { emoji, by: { id, name } };
    });
    return reactions.filter(({ emoji }) => emoji.length > 0);
  }
}

/** The topic of a message; undefined where there are none. */
export function topicOf(room: ChatRoom, message: Message): number | undefined {
  if (message.is_topic_message) return message.message_thread_id;
  return room.isForum ? GENERAL_TOPIC_ID : undefined;
}

function textOf(message: Message): PageText | undefined {
  const text = message.text ?? message.caption;
  if (text === undefined) return undefined;
  return { text, entities: message.entities ?? message.caption_entities ?? [] };
}
