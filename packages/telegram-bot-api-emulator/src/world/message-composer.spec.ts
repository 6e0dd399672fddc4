import type { Message } from '@grammyjs/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

/** What of a message says where it is. */
interface Place {
  readonly message_thread_id: number | undefined;
  readonly is_topic_message: boolean | undefined;
  readonly replied: number | undefined;
}

function placeOf({ message_thread_id, is_topic_message, reply_to_message }: Message): Place {
  return { message_thread_id, is_topic_message, replied: reply_to_message?.message_id };
}

describe('The place of a message', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
  });

  afterEach(() => telegram.stop());

  const NOWHERE = { message_thread_id: undefined, is_topic_message: undefined };

  describe('in a forum', () => {
    let forum: EmulatedChat;
    let ann: EmulatedAgent;
    let topicId: number;

    beforeEach(() => {
      forum = telegram.createForum({ title: 'Forum' });
      ann = forum.agent('Ann');
      topicId = ann.createTopic('Parcels').id;
    });

    it('is the topic, whose first message is replied to where nothing else is', () => {
      const inside = ann.write('inside', { message_thread_id: topicId });
      const reply = ann.reply(inside, 'reply');
      const explicit = ann.reply(inside, 'reply', { message_thread_id: topicId });
      const toRoot = ann.reply(topicId, 'reply');
      const topic = { message_thread_id: topicId, is_topic_message: true };
      expect(placeOf(inside)).toEqual({ ...topic, replied: topicId });
      expect(placeOf(reply)).toEqual({ ...topic, replied: inside.message_id });
      expect(placeOf(explicit)).toEqual(placeOf(reply));
      expect(placeOf(toRoot)).toEqual(placeOf(inside));
      expect(inside.reply_to_message).toMatchObject({
        forum_topic_created: { name: 'Parcels' },
        message_thread_id: topicId,
      });
    });

    it('is shown with the first message of a topic that the bot created', async () => {
      await bot.call('createForumTopic', { chat_id: forum.id, name: 'Order 42' });
      const created = forum.topics.at(-1)?.id;
      await bot.updates();
      ann.write('inside', { message_thread_id: created });
      expect(await bot.updates()).toMatchObject([
        {
          message: {
            message_thread_id: created,
            is_topic_message: true,
            reply_to_message: { message_id: created, from: { id: telegram.bot.id } },
          },
        },
      ]);
    });

    it.each<[string, (where: EmulatedAgent) => Message]>([
      ['nothing', (where) => where.write('x')],
      ['the id of General', (where) => where.write('x', { message_thread_id: 1 })],
    ])('is General where the test says %s', (_what, write) => {
      const general = write(ann);
      expect(placeOf(general)).toEqual({ ...NOWHERE, replied: undefined });
      const reply = ann.reply(general, 'x');
      expect(placeOf(reply)).toEqual({ ...NOWHERE, replied: general.message_id });
    });

    it('is not the first message of all, though General has the id 1', () => {
      expect(forum.messages.map(({ message_id }) => message_id)).toEqual([2]);
    });

    it('is one topic alone', () => {
      const other = ann.createTopic('Letters').id;
      const inside = ann.write('x', { message_thread_id: topicId });
      expect(() => ann.reply(inside, 'x', { message_thread_id: other })).toThrow(
        `Message ${inside.message_id} is not in topic ${other}`,
      );
      const general = ann.write('x');
      expect(() => ann.reply(general, 'x', { message_thread_id: other })).toThrow(
        `Message ${general.message_id} is not in topic ${other}`,
      );
      expect(() => ann.write('x', { message_thread_id: 99 })).toThrow('There is no topic 99');
    });

    it('is General for all once topics are switched off', () => {
      const inside = ann.write('x', { message_thread_id: topicId });
      forum.setForum(false);
      expect(placeOf(ann.write('x', { message_thread_id: topicId }))).toEqual({
        ...NOWHERE,
        replied: undefined,
      });
      expect(ann.reply(inside, 'x')).not.toHaveProperty('is_topic_message');
    });
  });

  describe('in a supergroup without topics', () => {
    it('is the first message of the thread, but no topic', () => {
      const ann = telegram.createSupergroup({ title: 'Desk' }).agent('Ann');
      const root = ann.write('root');
      const other = ann.write('other');
      const reply = ann.reply(root, 'reply');
      const further = ann.reply(reply, 'further');
      const toOther = ann.reply(other, 'reply');
      const thread = { message_thread_id: root.message_id, is_topic_message: undefined };
      expect(placeOf(root)).toEqual({ ...NOWHERE, replied: undefined });
      expect(placeOf(reply)).toEqual({ ...thread, replied: root.message_id });
      expect(placeOf(further)).toEqual({ ...thread, replied: reply.message_id });
      expect(placeOf(toOther)).toEqual({
        message_thread_id: other.message_id,
        is_topic_message: undefined,
        replied: other.message_id,
      });
    });

    it('is the same for what the bot replies', async () => {
      const desk = telegram.createSupergroup({ title: 'Desk' });
      const root = desk.agent('Ann').write('root');
      const reply = desk.agent('Ann').reply(root, 'reply');
      await bot.call('sendMessage', {
        chat_id: desk.id,
        text: 'answer',
        reply_parameters: { message_id: reply.message_id },
        message_thread_id: 77,
      });
      const answer = await desk.waitForMessage(({ text }) => text === 'answer');
      expect(placeOf(answer)).toEqual({
        message_thread_id: root.message_id,
        is_topic_message: undefined,
        replied: reply.message_id,
      });
    });
  });

  it.each<[string, () => EmulatedChat]>([
    ['a basic group', () => telegram.createGroup({ title: 'Group' })],
    ['a private chat', () => telegram.createPrivateChat('Ann')],
    ['a channel', () => telegram.createChannel({ title: 'News' })],
  ])('in %s is in no thread', async (_where, create) => {
    const chat = create();
    const ann = chat.agent('Ann', { status: 'administrator' });
    const first = ann.write('first');
    const reply = ann.reply(first, 'reply');
    const further = ann.reply(reply, 'further');
    expect([first, reply, further].map(placeOf)).toEqual([
      { ...NOWHERE, replied: undefined },
      { ...NOWHERE, replied: first.message_id },
      { ...NOWHERE, replied: reply.message_id },
    ]);
    await bot.call('sendMessage', {
      chat_id: chat.id,
      text: 'answer',
      reply_parameters: { message_id: further.message_id },
    });
    const answer = await chat.waitForMessage(({ text }) => text === 'answer');
    expect(placeOf(answer)).toEqual({ ...NOWHERE, replied: further.message_id });
  });

  it('in a group that has no topics is not what the test asks for', () => {
    for (const chat of [
      telegram.createGroup({ title: 'Group' }),
      telegram.createSupergroup({ title: 'Desk' }),
    ]) {
      const message = chat.agent('Ann').write('x', { message_thread_id: 5 });
      expect(placeOf(message)).toEqual({ ...NOWHERE, replied: undefined });
    }
  });

  it('is counted for each supergroup and channel, and for all other chats together', () => {
    const chats = [
      telegram.createSupergroup({ title: 'One' }),
      telegram.createSupergroup({ title: 'Other' }),
      telegram.createChannel({ title: 'News' }),
      telegram.createGroup({ title: 'Group' }),
      telegram.createPrivateChat('Ann'),
      telegram.createForum({ title: 'Forum' }),
    ];
    const ids = [1, 2].flatMap(() =>
      chats.map((chat) => {
        const ann = chat.agent('Ann', { status: 'administrator' });
        return ann.write('x').message_id;
      }),
    );
    expect(ids).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 4, 3]);
  });

  it('dates messages in whole seconds', () => {
    telegram.clock.advance(1_999);
    const { date } = telegram.createGroup({ title: 'Group' }).agent('Ann').write('x');
    expect(date).toBe(1_750_000_001);
  });
});
