import type { Chat, Message, MessageOrigin, User } from '@grammyjs/types';
import type { PageSender } from './page-message.interface.js';

type Signed = Pick<Message, 'from' | 'sender_chat' | 'author_signature' | 'chat'>;

/** Who a message is by, as everybody in the chat sees it. */
export function createPageSender(message: Signed): PageSender {
  const { from, sender_chat: writtenAs, author_signature: signature, chat } = message;
  const signed = signature === undefined || signature === '' ? {} : { signature };
  if (from && !writtenAs) {
    return { kind: from.is_bot ? 'bot' : 'person', id: from.id, name: nameOfUser(from) };
  }
  const sender = writtenAs ?? chat;
  const isAnonymous = sender.type === 'supergroup' || sender.type === 'group';
  const kind = isAnonymous ? 'anonymous' : 'channel';
  return { kind, id: sender.id, name: nameOfChat(sender), ...signed };
}

/** Whom a message was first by, as those see it to whom it was sent on. */
export function nameOfOrigin(origin: MessageOrigin): string {
  switch (origin.type) {
    case 'user':
      return nameOfUser(origin.sender_user);
    case 'hidden_user':
      return origin.sender_user_name;
    case 'chat':
      return nameOfChat(origin.sender_chat);
    case 'channel':
      return nameOfChat(origin.chat);
  }
}

export function nameOfUser({ first_name: first, last_name: last }: User): string {
  return last === undefined ? first : `${first} ${last}`;
}

export function nameOfChat(chat: Chat): string {
  return chat.type === 'private' ? chat.first_name : chat.title;
}
