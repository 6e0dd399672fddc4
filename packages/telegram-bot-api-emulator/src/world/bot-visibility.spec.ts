import type { Message } from '@grammyjs/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

describe('Privacy mode', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let desk: EmulatedChat;
  let ann: EmulatedAgent;

  beforeEach(async () => {
    const clock = new VirtualClock(1_750_000_000_000);
    telegram = await BotApiEmulator.start({ clock, bots: [{}, {}] });
    bot = new EmulatorClient(telegram);
    desk = telegram.createSupergroup({ title: 'Desk', botStatus: 'member' });
    ann = desk.agent('Ann');
  });

  afterEach(() => telegram.stop());

  it.each<[string, () => unknown]>([
    ['plain text', () => ann.write('hello')],
    ['a mention', () => ann.write('hello @support_desk_bot')],
    ['a command for another bot', () => ann.write('/help@other_bot')],
    ['what looks like a command', () => ann.write('see a/help')],
    ['a reply to a person', () => desk.agent('Bob').reply(ann.write('x'), 'hello')],
    ['a photo', () => ann.sendPhoto({ caption: 'hello' })],
    ['what an anonymous administrator writes', () => ann.anonymously().write('hello')],
    ['what was sent through another bot', () => ann.write('x', via(5))],
    ['an edit', () => ann.edit(ann.write('hello'), 'hello again')],
  ])('hides %s', async (_what, act) => {
    act();
    expect(await bot.updates()).toEqual([]);
  });

  it.each<[string, (agent: EmulatedAgent) => unknown]>([
    ['a command', (agent) => agent.write('/help')],
    ['a command in the middle', (agent) => agent.write('please /help')],
    ['a command for this bot', (agent) => agent.write('/help@Support_Desk_BOT now')],
    ['a command in a caption', (agent) => agent.sendPhoto({ caption: '/help' })],
    ['a reply to the bot', (agent) => agent.reply(1, 'hello')],
    ['what was sent through the bot', (agent) => agent.write('x', via(telegram.bot.id))],
    ['somebody who leaves', (agent) => agent.leave()],
    ['a new title', (agent) => agent.write('', { new_chat_title: 'New' })],
    ['a pinned message', (agent) => agent.pin(1)],
  ])('shows %s', async (_what, act) => {
    await bot.call('sendMessage', { chat_id: desk.id, text: 'I am here' });
    act(ann);
    expect(await bot.kinds()).toEqual(['message']);
  });

  it('shows topics, but not what is said in those of others', async () => {
    const forum = telegram.createForum({ title: 'Forum', botStatus: 'member' });
    const boss = forum.agent('Boss', { status: 'administrator' });
    const { id } = boss.createTopic('Parcels');
    boss.write('hidden', { message_thread_id: id });
    boss.renameTopic(id, 'Letters');
    boss.closeTopic(id);
    boss.reopenTopic(id);
    boss.closeTopic(1);
    const updates = await bot.updates();
    const kinds = updates.map(({ message }) =>
      Object.keys(message ?? {}).find((key) => key.startsWith('forum_topic_') || key === 'text'),
    );
    expect(kinds).toEqual([
      'forum_topic_created',
      'forum_topic_edited',
      'forum_topic_closed',
      'forum_topic_reopened',
      'forum_topic_closed',
    ]);
  });

  it('hides what is said in topics of the bot, but for replies to it', async () => {
    const forum = telegram.createForum({ title: 'Forum' });
    await bot.call('createForumTopic', { chat_id: forum.id, name: 'Order 42' });
    const place = { message_thread_id: forum.topics[0]?.id };
    await bot.call('sendMessage', { chat_id: forum.id, ...place, text: 'Where?' });
    forum.setBotStatus('member');
    await bot.updates();
    forum.agent('Ann').write('hidden', place);
    forum.agent('Ann').reply(forum.messages[1]?.message_id ?? 0, 'shown');
    expect(await bot.updates()).toMatchObject([{ message: { text: 'shown', ...place } }]);
  });

  it('shows an edit of what was shown', async () => {
    const command = ann.write('/help');
    await bot.updates();
    ann.edit(command, '/help me');
    expect(await bot.updates()).toMatchObject([{ edited_message: { text: '/help me' } }]);
  });

  it('hides everything again once an administrator is demoted', async () => {
    desk.setBotStatus('administrator');
    ann.write('seen');
    desk.setBotStatus('member');
    ann.write('hidden');
    expect(await bot.updates()).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'administrator' } } },
      { message: { text: 'seen' } },
      { my_chat_member: { new_chat_member: { status: 'member' } } },
    ]);
  });

  it('is each bot’s own', async () => {
    const [, second] = telegram.bots;
    const other = new EmulatorClient(telegram, second);
    desk.setBotStatus('administrator', second);
    await other.updates();
    await bot.updates();
    ann.write('hello');
    ann.write('/help@support_desk_bot');
    expect(await bot.updates()).toMatchObject([{ message: { text: '/help@support_desk_bot' } }]);
    expect(await other.kinds()).toEqual(['message', 'message']);
  });

  it('gives a command without a name to the bot that wrote last', async () => {
    const [, second] = telegram.bots;
    const other = new EmulatorClient(telegram, second);
    desk.setBotStatus('member', second);
    await bot.updates();
    await other.updates();
    ann.write('/both');
    await other.call('sendMessage', { chat_id: desk.id, text: 'me' });
    ann.anonymously().write('hello');
    ann.write('/second');
    await bot.call('sendMessage', { chat_id: desk.id, text: 'me' });
    ann.write('/first');
    expect(await bot.updates()).toMatchObject([
      { message: { text: '/both' } },
      { message: { text: '/first' } },
    ]);
    expect(await other.updates()).toMatchObject([
      { message: { text: '/both' } },
      { message: { text: '/second' } },
    ]);
  });

  it('is off where BotFather switched it off', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({
      bots: [{ canReadAllGroupMessages: true }],
      clock: telegram.clock,
    });
    bot = new EmulatorClient(telegram);
    const group = telegram.createGroup({ title: 'Group', botStatus: 'member' });
    group.agent('Ann').write('hello');
    expect(await bot.updates()).toMatchObject([{ message: { text: 'hello' } }]);
    expect(await bot.call('getMe')).toMatchObject({
      result: { can_read_all_group_messages: true },
    });
  });

  it.each(['left', 'kicked'] as const)('or not, a bot that was %s sees nothing', async (status) => {
    desk.setBotStatus('administrator');
    desk.setBotStatus(status);
    await bot.updates();
    ann.write('/help');
    ann.edit(ann.write('x'), 'y');
    desk.kick('Bob');
    expect(await bot.updates()).toEqual([]);
  });
});

function via(id: number): Partial<Message> {
  return { via_bot: { id, is_bot: true, first_name: 'Bot' } };
}
