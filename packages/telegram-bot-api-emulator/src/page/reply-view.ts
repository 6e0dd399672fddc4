import type { Message } from '@grammyjs/types';
import type { EmulatedWorld } from '../world/emulated-world.js';
import { pageIdOf } from './page-id.js';
import type { PageReply, PageSender, PageText } from './page-message.interface.js';
import type { RoomKeys } from './room-keys.js';
import { createPageSender, nameOfOrigin } from './sender-view.js';
import { excerptOf, nounOf } from './service-words.js';

/** What messages reply to, as the page shows it. */
export class ReplyView {
  readonly #world: EmulatedWorld;
  readonly #keys: RoomKeys;

  constructor(world: EmulatedWorld, keys: RoomKeys) {
    this.#world = world;
    this.#keys = keys;
  }

  /** Undefined when a message is no reply. That it begins a topic makes a message no reply's aim. */
  create(message: Message, chat: string): PageReply | undefined {
    const { reply_to_message: replied, external_reply: external } = message;
    const quote = quoteOf(message);
    if (external) {
      const sender = senderOfOrigin(external);
      const excerpt = quote?.text ?? (nounOf({ ...message, ...external }) || 'Message');
      return {
        ...this.#place(external),
        sender,
        excerpt,
        ...(quote && { quote }),
        isExternal: true,
      };
    }
    // Of what people send in ephemeral messages only this says which topic it is in.
    const isEphemeral = message.ephemeral_message_id !== undefined;
    const isInTopic = message.is_topic_message || isEphemeral;
    if (!replied || (isInTopic && replied.forum_topic_created)) return undefined;
    return {
      chat,
      messageId: pageIdOf(replied),
      sender: createPageSender(replied),
      excerpt: excerptOf(replied),
      ...(quote && { quote }),
      isExternal: false,
    };
  }

  /** Where the message is, if Telegram says so and the page has the chat. */
  #place({
    chat,
    message_id: messageId,
  }: NonNullable<Message['external_reply']>): Pick<PageReply, 'chat' | 'messageId'> {
    const room = chat && this.#world.rooms.find(chat.id, this.#world.bots[0]);
    return room && messageId !== undefined ? { chat: this.#keys.keyOf(room), messageId } : {};
  }
}

function quoteOf({ quote }: Message): PageText | undefined {
  return quote && { text: quote.text, entities: quote.entities ?? [] };
}

function senderOfOrigin({ origin }: NonNullable<Message['external_reply']>): PageSender {
  const name = nameOfOrigin(origin);
  switch (origin.type) {
    case 'user': {
      const { id, is_bot: isBot } = origin.sender_user;
      return { kind: isBot ? 'bot' : 'person', id, name };
    }
    case 'hidden_user':
      return { kind: 'person', id: 0, name };
    case 'chat':
      return { kind: 'anonymous', id: origin.sender_chat.id, name };
    case 'channel':
      return { kind: 'channel', id: origin.chat.id, name };
  }
}
