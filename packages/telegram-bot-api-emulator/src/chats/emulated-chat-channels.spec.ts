import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { EmulatedChat } from './emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const START_SECONDS = 1_750_000_000;

describe('A channel', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let channel: EmulatedChat;
  let boss: EmulatedAgent;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(START_SECONDS * 1000) });
    bot = new EmulatorClient(telegram);
    channel = telegram.createChannel({ title: 'News', username: 'shop_news' });
    boss = channel.agent('Boss', { status: 'administrator' });
  });

  afterEach(() => telegram.stop());

  function describeChat(id: number): Promise<unknown> {
    return bot.call('getChat', { chat_id: id });
  }

  it('posts without a user, which the bot gets as channel_post', async () => {
    const post = boss.write('Sale');
    const chat = { id: channel.id, title: 'News', username: 'shop_news', type: 'channel' };
    expect(await bot.updates()).toEqual([
      {
        update_id: expect.any(Number),
        channel_post: {
          message_id: 1,
          sender_chat: chat,
          chat,
          date: START_SECONDS,
          text: 'Sale',
        },
      },
    ]);
    boss.edit(post, 'Big sale');
    expect(await bot.updates()).toMatchObject([{ edited_channel_post: { text: 'Big sale' } }]);
    boss.reply(post, 'Over', { author_signature: 'Boss' });
    expect(await bot.updates()).toMatchObject([
      { channel_post: { author_signature: 'Boss', reply_to_message: { text: 'Big sale' } } },
    ]);
  });

  it('has the posts of its bots, of which they learn nothing', async () => {
    const params = { chat_id: '@SHOP_news', text: 'Sale' };
    const answer = await bot.call('sendMessage', params);
    expect(answer).toMatchObject({ result: { sender_chat: { id: channel.id } } });
    expect(answer).not.toHaveProperty('result.from');
    expect(await bot.updates()).toEqual([]);
    expect(
      await bot.call('editMessageText', { ...params, message_id: 1, text: 'No sale' }),
    ).toMatchObject({ result: { text: 'No sale' } });
    expect(channel.messages).toMatchObject([{ text: 'No sale' }]);
  });

  it('sends a service message for a pinned post', async () => {
    boss.pin(boss.write('Sale'));
    expect(await bot.updates()).toMatchObject([
      { channel_post: { text: 'Sale' } },
      { channel_post: { pinned_message: { text: 'Sale' } } },
    ]);
  });

  it('is another channel than one of the same title', () => {
    const other = telegram.createChannel({ title: 'News' });
    other.agent('Boss', { status: 'administrator' }).write('other');
    boss.write('own');
    expect(other.id).not.toBe(channel.id);
    expect(other.messages).toMatchObject([{ text: 'other' }]);
    expect(channel.messages).toMatchObject([{ text: 'own' }]);
  });

  it('is the one that somebody wrote as before', () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const { sender_chat } = desk.agent('Ann').asChannel('Letters').write('x');
    const letters = telegram.createChannel({ title: 'Letters', username: 'letters' });
    expect(letters.id).toBe(sender_chat?.id);
    expect(desk.agent('Ann').asChannel('Letters').write('x').sender_chat).toEqual({
      id: letters.id,
      title: 'Letters',
      username: 'letters',
      type: 'channel',
    });
  });

  it.each(['kicked', 'left'] as const)('refuses a bot that was %s', async (status) => {
    channel.setBotStatus(status);
    const cause = status === 'left' ? 'is not a member of' : 'was kicked from';
    expect(await bot.call('sendMessage', { chat_id: channel.id, text: 'x' })).toMatchObject({
      description: `Forbidden: bot ${cause} the channel chat`,
    });
  });

  describe('with a group for discussions', () => {
    let desk: EmulatedChat;

    beforeEach(() => {
      desk = telegram.createSupergroup({ title: 'Desk' });
      channel.linkTo(desk);
    });

    it('forwards there what it posts, as Telegram', async () => {
      boss.write('see #sale', { author_signature: 'Editor' });
      const chat = { id: channel.id, title: 'News', username: 'shop_news', type: 'channel' };
      const [post, forwarded, ...others] = await bot.updates();
      expect(others).toEqual([]);
      expect(post).toMatchObject({ channel_post: { text: 'see #sale' } });
      expect(forwarded).toEqual({
        update_id: expect.any(Number),
        message: {
          message_id: 1,
          from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
          sender_chat: chat,
          chat: { id: desk.id, title: 'Desk', type: 'supergroup' },
          date: START_SECONDS,
          forward_origin: {
            type: 'channel',
            chat,
            message_id: 1,
            date: START_SECONDS,
            author_signature: 'Editor',
          },
          is_automatic_forward: true,
          text: 'see #sale',
          entities: [{ type: 'hashtag', offset: 4, length: 5 }],
        },
      });
    });

    it('forwards there what its bot posts', async () => {
      await bot.call('sendMessage', { chat_id: channel.id, text: 'Sale' });
      expect(await bot.updates()).toMatchObject([
        { message: { chat: { id: desk.id }, is_automatic_forward: true, text: 'Sale' } },
      ]);
    });

    it('forwards albums as such, but neither replies nor events', () => {
      const [first] = boss.sendAlbum([{ caption: 'one' }, {}]);
      boss.reply(first ?? 0, 'reply');
      boss.pin(first ?? 0);
      expect(desk.messages).toMatchObject([
        { media_group_id: first?.media_group_id, caption: 'one', photo: first?.photo },
        { media_group_id: first?.media_group_id },
        { text: 'reply' },
      ]);
      expect(desk.messages.at(-1)).not.toHaveProperty('reply_to_message');
    });

    it('keeps the origin of what it has forwarded itself', () => {
      const original = telegram.createGroup({ title: 'Group' }).agent('Ann').write('mine');
      boss.forward(original);
      expect(desk.messages).toMatchObject([
        {
          forward_origin: { type: 'user', sender_user: { first_name: 'Ann' } },
          is_automatic_forward: true,
          sender_chat: { id: channel.id },
        },
      ]);
    });

    it('has comments in the thread of the forwarded post', () => {
      boss.write('Sale');
      const comment = desk.agent('Ann').reply(1, 'Nice');
      const answer = desk.agent('Bob').reply(comment, 'Indeed');
      expect([comment, answer]).toMatchObject([
        { message_thread_id: 1, reply_to_message: { is_automatic_forward: true } },
        { message_thread_id: 1, reply_to_message: { text: 'Nice' } },
      ]);
      expect(answer).not.toHaveProperty('is_topic_message');
    });

    it('is what both say of each other, until it is linked elsewhere', async () => {
      expect(await describeChat(channel.id)).toMatchObject({ result: { linked_chat_id: desk.id } });
      expect(await describeChat(desk.id)).toMatchObject({ result: { linked_chat_id: channel.id } });
      const other = telegram.createSupergroup({ title: 'Other' });
      channel.linkTo(other);
      expect(await describeChat(channel.id)).toMatchObject({
        result: { linked_chat_id: other.id },
      });
      expect(await describeChat(desk.id)).not.toHaveProperty('result.linked_chat_id');
      boss.write('Sale');
      expect([desk.messages.length, other.messages.length]).toEqual([0, 1]);
      const rival = telegram.createChannel({ title: 'Rival' });
      rival.linkTo(other);
      boss.write('Sale');
      expect(other.messages).toHaveLength(1);
    });

    it.each<[string, () => void]>([
      ['a basic group', () => channel.linkTo(telegram.createGroup({ title: 'Group' }))],
      ['another channel', () => channel.linkTo(telegram.createChannel({ title: 'Other' }))],
      ['a supergroup to another', () => desk.linkTo(telegram.createSupergroup({ title: 'S' }))],
    ])('is none: %s', (_what, link) => {
      expect(link).toThrow('A channel is linked to a supergroup');
    });
  });

  it('may be one that nobody looks into', async () => {
    const desk = telegram.createSupergroup({ title: 'Desk' });
    const post = desk.linkedChannelPost('*no* markup, but #tags');
    expect(await bot.updates()).toEqual([{ update_id: expect.any(Number), message: post }]);
    expect(post).toMatchObject({
      from: { id: 777_000 },
      sender_chat: { title: 'Channel of Desk', type: 'channel' },
      forward_origin: { type: 'channel', chat: { title: 'Channel of Desk' } },
      is_automatic_forward: true,
      text: '*no* markup, but #tags',
      entities: [{ type: 'hashtag', offset: 17, length: 5 }],
    });
    const group = telegram.createGroup({ title: 'Group' });
    expect(() => group.linkedChannelPost('x')).toThrow('Only supergroups are linked to a channel');
  });
});
