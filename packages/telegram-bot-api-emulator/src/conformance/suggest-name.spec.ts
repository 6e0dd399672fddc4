import { describe, expect, it } from 'vitest';
import { findClosestName } from './suggest-name.js';

const NAMES = [
  'chat_id',
  'from_chat_id',
  'message_thread_id',
  'parse_mode',
  'reply_markup',
  'text',
];

describe('findClosestName', () => {
  it.each([
    ['chat', 'chat_id'],
    ['chatId', 'chat_id'],
    ['chat-id', 'chat_id'],
    ['CHAT_ID', 'chat_id'],
    ['chatid_from', 'chat_id'],
    ['thread_id', 'message_thread_id'],
    ['parsemode', 'parse_mode'],
    ['prase_mode', 'parse_mode'],
    ['markup', 'reply_markup'],
    ['reply_markups', 'reply_markup'],
    ['test', 'text'],
  ])('takes %s for %s', (name, meant) => {
    expect(findClosestName(name, NAMES)).toBe(meant);
  });

  it.each(['id', 'x', '', 'photo', 'disable_notification', 'chat_id'.repeat(1_000)])(
    'takes %s for nothing',
    (name) => {
      expect(findClosestName(name, NAMES)).toBeUndefined();
    },
  );

  it('knows nothing near when there is nothing', () => {
    expect(findClosestName('chat_id', [])).toBeUndefined();
  });
});
