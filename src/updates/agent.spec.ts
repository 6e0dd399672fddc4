import type { Message } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { ANONYMOUS_ADMIN_ID, CHANNEL_SENDER_ID, agentOf } from './agent.js';

const group = { id: -100, type: 'supergroup', title: 'Desk' };
const channel = { id: -200, type: 'channel', title: 'News', username: 'news' };

function messageOf(changed: object): Message {
  return JSON.parse(JSON.stringify({ message_id: 7, date: 1, chat: group, ...changed }));
}

describe('agentOf', () => {
  it.each([
    [
      'a person',
      { from: { id: 5, is_bot: false, first_name: 'Ada', last_name: 'L', username: 'ada' } },
      { id: 5, name: 'Ada L', username: 'ada', anonymous: false },
    ],
    [
      'an anonymous administrator without a title',
      { from: { id: ANONYMOUS_ADMIN_ID, is_bot: true, first_name: 'Group' }, sender_chat: group },
      { id: -100, name: 'Desk', anonymous: true },
    ],
    [
      'a person who writes as a channel',
      {
        from: { id: CHANNEL_SENDER_ID, is_bot: true, first_name: 'Channel' },
        sender_chat: channel,
      },
      { id: -200, name: 'News', username: 'news', anonymous: true },
    ],
  ])('is %s', (_name, changed, agent) => {
    expect(agentOf(messageOf(changed))).toEqual(agent);
  });

  it.each([
    ['a bot', { from: { id: 9, is_bot: true, first_name: 'Robot' } }],
    ['nobody', {}],
    [
      'an anonymous administrator of another chat',
      { from: { id: ANONYMOUS_ADMIN_ID, is_bot: true, first_name: 'Group' }, sender_chat: channel },
    ],
    [
      'a post that Telegram itself has forwarded',
      { from: { id: 777_000, is_bot: false, first_name: 'Telegram' }, is_automatic_forward: true },
    ],
  ])('is null for %s', (_name, changed) => {
    expect(agentOf(messageOf(changed))).toBeNull();
  });
});
