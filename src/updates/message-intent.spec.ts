import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { messageIntent, type MessageIntent } from './message-intent.js';

function messageOf(text: string, field: 'text' | 'caption' = 'text'): Message {
  return JSON.parse(
    JSON.stringify({ message_id: 1, date: 1, chat: { id: -1, type: 'supergroup' }, [field]: text }),
  );
}

/** What is a command. */
function command(name?: string, text = '', botName?: string): MessageIntent {
  return { kind: 'command', name, text, botName };
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
    ['/notes', command('notes')],
    ['/refund 12', command('refund', '12')],
    ['/refund@DeskBot 12', command('refund', '12', 'DeskBot')],
    ['/del', { kind: 'deletion' }],
    ['/DEL please', { kind: 'deletion' }],
    ['\u200b/del@DeskBot', { kind: 'deletion', botName: 'DeskBot' }],
    ['/delete', command('delete')],
    ['/del/', command()],
    ['/history', { kind: 'history', limit: 10 }],
    ['/HISTORY 7', { kind: 'history', limit: 7 }],
    ['／history 51', { kind: 'history', limit: 50 }],
    ['/history 0', { kind: 'history', limit: 10 }],
    ['/history -3', { kind: 'history', limit: 10 }],
    ['/history 7th', { kind: 'history', limit: 10 }],
    ['/history\n20 please', { kind: 'history', limit: 20 }],
    ['/history 99999999999999999999', { kind: 'history', limit: 10 }],
    ['\u200b/history@DeskBot 2', { kind: 'history', limit: 2, botName: 'DeskBot' }],
    ['/history20', command('history20')],
    ['/historyofthings', command('historyofthings')],
    ['/', command()],
    ['/ refund', command()],
    ['/возврат', command()],
    ['/etc/hosts', command()],
    ['/Refund  20  "not delivered"\nx=1', command('refund', '20  "not delivered"\nx=1')],
    [`/${'a'.repeat(65)}`, command()],
    ['1/2', { kind: 'answer' }],
    ['See https://example.com', { kind: 'answer' }],
    ['', { kind: 'answer' }],
    ['\u200b// call her', { kind: 'note', text: 'call her' }],
    [' \u2060\ufeff \u00ad//\u200bcall her', { kind: 'note', text: 'call her' }],
    ['\u202e\u2066/note call her', { kind: 'note', text: 'call her' }],
    ['\u3164\u2800//call her', { kind: 'note', text: 'call her' }],
    ['\ufe0f/refund@DeskBot 12', command('refund', '12', 'DeskBot')],
    ['\u{e0061}/refund', command('refund')],
    ['/\u200b/ call her', command()],
    ['\u200bCall her', { kind: 'answer' }],
    ['／／ call her', { kind: 'note', text: 'call her' }],
    ['／note call her', { kind: 'note', text: 'call her' }],
    ['／refund 12', command('refund', '12')],
    ['／del', { kind: 'deletion' }],
    ['1／2', { kind: 'answer' }],
  ])('of %j is %j', (text, intent) => {
    expect(messageIntent(messageOf(text))).toEqual(intent);
    expect(messageIntent(messageOf(text, 'caption'))).toEqual(intent);
  });

  it.each<[string, object, MessageIntent]>([
    ['poll', { poll: { question: '// Who?', options: [] } }, { kind: 'note', text: 'Who?' }],
    ['poll', { poll: { question: '/vote', options: [] } }, command('vote')],
    ['poll', { poll: { question: 'Who?', options: [{ text: '//' }] } }, { kind: 'answer' }],
    ['checklist', { checklist: { title: '/note Us', tasks: [] } }, { kind: 'note', text: 'Us' }],
    ['venue', { venue: { title: '// Office' } }, { kind: 'note', text: 'Office' }],
    ['contact', { contact: { first_name: '/etc' } }, command('etc')],
    [
      'rich message',
      { rich_message: { blocks: [{ type: 'paragraph', text: ['\u2060/', { text: '/ hm' }] }] } },
      { kind: 'note', text: 'hm' },
    ],
    ['document', { document: { file_name: '//.pdf' } }, { kind: 'answer' }],
    ['unknown kind', { hologram: '//' }, { kind: 'answer' }],
  ])('of a %s, %j, is %j', (_kind, content, intent) => {
    expect(messageIntent({ ...messageOf(''), text: undefined, ...content })).toEqual(intent);
  });
});
