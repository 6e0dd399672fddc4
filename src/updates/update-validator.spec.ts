import type { Update } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { isShallow, isUpdate, saidIn } from './update-validator.js';

const message = {
  message_id: 7,
  date: 1,
  chat: { id: -1, type: 'supergroup', title: 'S' },
  from: { id: 5, is_bot: false, first_name: 'Ada' },
};

/** An update as it may come from anywhere. */
function updateOf(changed: object): Update {
  return JSON.parse(JSON.stringify({ update_id: 1, message: { ...message, ...changed } }));
}

const origin = { type: 'user', sender_user: { id: 5, is_bot: true, first_name: 'Desk' }, date: 1 };

describe('saidIn', () => {
  it('is the message of an update that can be worked with', () => {
    expect(saidIn(updateOf({}))).toEqual({ kind: 'message', message });
    expect(saidIn(updateOf({ reply_to_message: message }))).not.toBeNull();
    expect(saidIn(updateOf({ external_reply: { origin } }))).not.toBeNull();
    const elsewhere = { origin: { type: 'hidden_user' }, chat: message.chat, message_id: 5 };
    expect(saidIn(updateOf({ external_reply: elsewhere }))).not.toBeNull();
  });

  it.each(['edited_message', 'channel_post', 'edited_channel_post'])('is what %s tells', (kind) => {
    const update: Update = JSON.parse(JSON.stringify({ update_id: 1, [kind]: message }));
    expect(saidIn(update)).toEqual({ kind, message });
  });

  it.each([
    { message_id: '7' },
    { date: null },
    { date: -1 },
    { date: 8_640_000_000_001 },
    { from: { id: 5, first_name: 'Ada' } },
    { from: { id: 5, is_bot: 'no', first_name: 'Ada' } },
    { chat: null },
    { chat: { id: 2 ** 60, type: 'group' } },
    { chat: { id: -1 } },
    { from: { id: 5 } },
    { sender_chat: 5 },
    { author_signature: {} },
    { text: {} },
    { caption: 5 },
    { entities: {} },
    { entities: [null] },
    { entities: [{ type: 'bold', offset: 0 }] },
    { caption_entities: [{ type: 'text_link', offset: 0, length: 1 }] },
    { message_thread_id: '5' },
    { migrate_to_chat_id: 'x' },
    { migrate_from_chat_id: {} },
    { reply_to_message: null },
    { reply_to_message: 'notice' },
    { reply_to_message: { ...message, entities: 5 } },
    { external_reply: 5 },
    { external_reply: {} },
    { external_reply: { origin: {} } },
    { external_reply: { origin: { type: 'user' } } },
    { external_reply: { origin: { type: 'user', sender_user: { id: '5' } } } },
    { external_reply: { origin, chat: 5 } },
    { external_reply: { origin, message_id: '5' } },
  ])('is null when the message has %j', (changed) => {
    expect(saidIn(updateOf(changed))).toBeNull();
  });
});

describe('isUpdate', () => {
  it.each([null, [], {}, 'x', 1, { update_id: '1' }, { update_id: 1.5 }])('is not %j', (body) => {
    expect(isUpdate(body)).toBe(false);
  });
});

/** Arrays and objects, one in the other. */
function nested(levels: number): unknown {
  const steps = Array.from({ length: levels });
  return steps.reduce((inner: unknown, _, i) => (i % 2 ? [inner] : { inner }), 1);
}

describe('isShallow', () => {
  it.each([0, 1, 64])('takes what is nested %i deep', (levels) => {
    expect(isShallow(nested(levels))).toBe(true);
  });

  it.each([65, 70, 20_000])('refuses what is nested %i deep', (levels) => {
    expect(isShallow(nested(levels))).toBe(false);
    expect(isShallow([1, { text: 'x', deep: nested(levels) }])).toBe(false);
  });
});
