import { describe, expect, it } from 'vitest';
import type { MessageView, ThreadView } from '../../api/views.interface.js';
import { Conversation } from './conversation.js';

const thread: ThreadView = {
  id: 't',
  status: 'open',
  changed: 1,
  cursor: 3,
  readByCustomer: 0,
  readByAgents: 0,
  unread: 2,
  createdAt: '',
  updatedAt: '',
};

function message(id: string, number: number, more: Partial<MessageView> = {}): MessageView {
  const isMine = id.startsWith('c');
  return {
    id,
    number,
    changed: number,
    author: { kind: isMine ? 'customer' : 'agent' },
    mine: isMine,
    sentAt: '',
    ...more,
  };
}

function conversationOf(...messages: MessageView[]): Conversation {
  const conversation = new Conversation(thread);
  for (const one of messages) conversation.apply(one);
  conversation.isLoaded = true;
  return conversation;
}

describe('Conversation', () => {
  it('orders messages by their place, whatever came first', () => {
    const { messages } = conversationOf(message('a2', 3), message('c1', 1), message('a1', 2));
    expect(messages.map(({ id }) => id)).toEqual(['c1', 'a1', 'a2']);
  });

  it('keeps the newest form of a message', () => {
    const newest = message('a1', 1, { changed: 5, text: 'new' });
    const conversation = conversationOf(newest, message('a1', 1, { changed: 4, text: 'old' }));
    expect(conversation.find('a1')?.text).toBe('new');
  });

  it('counts what agents wrote and the customer has not seen', () => {
    const deleted = message('a3', 4, { deletedAt: 'now' });
    const conversation = conversationOf(
      message('c1', 1),
      message('a1', 2),
      message('a2', 3),
      deleted,
    );
    expect(conversation.unread).toBe(2);
    expect(conversation.markRead()).toBe(3);
    expect(conversation.unread).toBe(0);
    expect(conversation.markRead()).toBeUndefined();
  });

  it('counts as the server says until messages are loaded', () => {
    expect(new Conversation(thread).unread).toBe(2);
  });

  it('takes what was read in another tab as read', () => {
    const conversation = conversationOf(message('a1', 2), message('a2', 3));
    conversation.applyThread({ ...thread, changed: 4, readByCustomer: 2 });
    expect(conversation.unread).toBe(1);
  });

  it('ignores an older form of the thread', () => {
    const conversation = conversationOf();
    conversation.applyThread({ ...thread, changed: 0, status: 'closed' });
    expect(conversation.isClosed).toBe(false);
  });

  it('shows what agents have seen by their mark', () => {
    const conversation = conversationOf(message('c1', 1), message('c2', 2));
    conversation.applyThread({ ...thread, changed: 5, readByAgents: 1 });
    expect(conversation.messages.map((one) => conversation.isSeen(one))).toEqual([true, false]);
  });
});
