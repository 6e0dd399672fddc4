import type { Update } from '@grammyjs/types';
import { describe, expect, it } from 'vitest';
import { isUpdate, readUpdate } from './update-validator.js';

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

const BOT_ID = 5;

function read(update: Update) {
  return readUpdate(
    update,
    [
      'message',
      'edited_message',
      'channel_post',
      'edited_channel_post',
      'callback_query',
      'chat_boost',
    ],
    BOT_ID,
  );
}

describe('readUpdate', () => {
  it('gives the message, its author and what it answers', () => {
    const update = updateOf({ reply_to_message: { ...message, from: origin.sender_user } });
    expect(read(update)).toEqual({
      id: 1,
      type: 'message',
      raw: update,
      message: update.message,
      agent: { id: 5, name: 'Ada', anonymous: false },
      answered: { kind: 'notice', message: { chatId: -1, messageId: 7 }, entities: [] },
      reaction: null,
      press: null,
      membership: null,
    });
  });

  it('names no agent when no person said anything', () => {
    expect(read(updateOf({ from: origin.sender_user }))?.agent).toBeNull();
    expect(read(updateOf({ new_chat_title: 'Desk' }))?.agent).toBeNull();
  });

  it('gives an update of another type as it is, without a message', () => {
    const update: Update = JSON.parse('{"update_id":1,"chat_boost":{"id":"x"}}');
    expect(read(update)).toMatchObject({ type: 'chat_boost', raw: update, message: null });
  });

  it('is null when nobody handles the type', () => {
    expect(readUpdate(updateOf({}), ['channel_post'], BOT_ID)).toBeNull();
    expect(read(JSON.parse('{"update_id":1}'))).toBeNull();
  });

  it('is null when the message is nested too deeply to be stored', () => {
    const deep = JSON.parse(`${'{"x":'.repeat(70)}1${'}'.repeat(70)}`);
    expect(read(updateOf({ poll: deep }))).toBeNull();
  });

  it('accepts every message that can be worked with', () => {
    expect(read(updateOf({}))).not.toBeNull();
    expect(read(updateOf({ reply_to_message: message }))).not.toBeNull();
    expect(read(updateOf({ external_reply: { origin } }))).not.toBeNull();
    const elsewhere = { origin: { type: 'hidden_user' }, chat: message.chat, message_id: 5 };
    expect(read(updateOf({ external_reply: elsewhere }))).not.toBeNull();
  });

  it.each(['edited_message', 'channel_post', 'edited_channel_post'])(
    'gives the message of %s',
    (kind) => {
      const update: Update = JSON.parse(JSON.stringify({ update_id: 1, [kind]: message }));
      expect(read(update)).toMatchObject({ type: kind, message });
    },
  );

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
    { quote: 5 },
    { quote: { text: 5 } },
    { forum_topic_created: 5 },
    { forum_topic_created: { name: {} } },
    { forum_topic_edited: { name: 5 } },
  ])('is null when the message has %j', (changed) => {
    expect(read(updateOf(changed))).toBeNull();
  });
});

describe('readUpdate, given a reaction,', () => {
  const reaction = {
    chat: message.chat,
    message_id: 7,
    user: message.from,
    date: 1,
    old_reaction: [],
    new_reaction: [{ type: 'emoji', emoji: '👌' }],
  };
  const readReaction = (changed: object) =>
    readUpdate(
      JSON.parse(JSON.stringify({ update_id: 1, message_reaction: { ...reaction, ...changed } })),
      ['message_reaction'],
      BOT_ID,
    );

  it('gives it without a message', () => {
    expect(readReaction({})).toMatchObject({ reaction, message: null, membership: null });
    expect(readReaction({ user: undefined, actor_chat: message.chat })).not.toBeNull();
    expect(readReaction({ new_reaction: [{ type: 'paid' }] })).not.toBeNull();
  });

  it.each([
    { chat: 5 },
    { message_id: '7' },
    { date: null },
    { user: {} },
    { actor_chat: { id: 'x' } },
    { old_reaction: null },
    { new_reaction: {} },
    { new_reaction: [null] },
    { new_reaction: [{ emoji: '👌' }] },
    { new_reaction: [{ type: 'emoji', emoji: 5 }] },
  ])('is null when it has %j', (changed) => {
    expect(readReaction(changed)).toBeNull();
  });
});

function readMembership(changed: unknown) {
  const update: Update = JSON.parse(JSON.stringify({ update_id: 1, my_chat_member: changed }));
  return readUpdate(update, ['my_chat_member'], BOT_ID);
}

describe('readUpdate, given a change of membership,', () => {
  const member = { status: 'administrator', user: message.from, can_manage_topics: true };
  const membership = {
    chat: message.chat,
    from: message.from,
    date: 1,
    old_chat_member: { status: 'left', user: message.from },
    new_chat_member: member,
  };

  it('gives it without a message', () => {
    expect(readMembership(membership)).toMatchObject({ membership, message: null, reaction: null });
  });

  it.each([
    { chat: null },
    { old_chat_member: 5 },
    { new_chat_member: { status: 5, user: message.from } },
    { new_chat_member: { status: 'member' } },
    { new_chat_member: { ...member, can_manage_topics: 'yes' } },
    { new_chat_member: { ...member, is_member: 1 } },
  ])('is null when it has %j', (changed) => {
    expect(readMembership({ ...membership, ...changed })).toBeNull();
    expect(readMembership(null)).toBeNull();
  });
});

describe('isUpdate', () => {
  it.each([null, [], {}, 'x', 1, { update_id: '1' }, { update_id: 1.5 }])('is not %j', (body) => {
    expect(isUpdate(body)).toBe(false);
  });
});

describe('readUpdate, of a pressed button,', () => {
  const press = (changed: object) =>
    read(
      JSON.parse(
        JSON.stringify({
          update_id: 1,
          callback_query: { id: 'q', from: message.from, data: 'd', message, ...changed },
        }),
      ),
    );

  it('gives the person and the message, with its topic and entities', () => {
    const topic = { message_thread_id: 3, is_topic_message: true, entities: [] };
    expect(press({ message: { ...message, ...topic } })?.press).toEqual({
      id: 'q',
      data: 'd',
      agent: { id: 5, name: 'Ada', username: undefined, anonymous: false },
      chat: message.chat,
      message: { chatId: -1, messageId: 7, topicId: 3 },
      entities: [],
    });
  });

  it('gives no entities of a message that Telegram leaves out', () => {
    expect(press({ message: { ...message, date: 0 } })?.press?.entities).toBeNull();
  });

  it('gives no press without a message', () => {
    expect(press({ message: undefined })).toMatchObject({ press: null });
  });

  it.each([
    { id: 5 },
    { from: { id: 5 } },
    { data: {} },
    { message: {} },
    { message: { ...message, chat: 5 } },
    { message: { ...message, entities: 'x' } },
  ])('is null when it has %j', (changed) => {
    expect(press(changed)).toBeNull();
  });
});
