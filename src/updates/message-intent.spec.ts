import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { messageIntent, type MessageIntent } from './message-intent.js';

function messageOf(text: string, field: 'text' | 'caption' = 'text'): Message {
  return JSON.parse(
    JSON.stringify({ message_id: 1, date: 1, chat: { id: -1, type: 'supergroup' }, [field]: text }),
  );
}

describe('messageIntent', () => {
  it.each<[string, MessageIntent]>([
    ['// call her', { kind: 'note', text: 'call her' }],
    ['//call her', { kind: 'note', text: 'call her' }],
    ['  //\n two\nlines', { kind: 'note', text: 'two\nlines' }],
    ['//', { kind: 'note', text: '' }],
    ['/note call her', { kind: 'note', text: 'call her' }],
    ['/NOTE\ncall her', { kind: 'note', text: 'call her' }],
    ['/note@DeskBot call her', { kind: 'note', text: 'call her', botName: 'DeskBot' }],
    ['/notes', { kind: 'command' }],
    ['/refund 12', { kind: 'command' }],
    ['/refund@DeskBot 12', { kind: 'command', botName: 'DeskBot' }],
    ['/', { kind: 'command' }],
    ['/ refund', { kind: 'command' }],
    ['/возврат', { kind: 'command' }],
    ['/etc/hosts', { kind: 'command' }],
    ['1/2', { kind: 'answer' }],
    ['See https://example.com', { kind: 'answer' }],
    ['', { kind: 'answer' }],
  ])('of %j is %j', (text, intent) => {
    expect(messageIntent(messageOf(text))).toEqual(intent);
    expect(messageIntent(messageOf(text, 'caption'))).toEqual(intent);
  });
});
