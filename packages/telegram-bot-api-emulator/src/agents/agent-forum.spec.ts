import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const BLUE = 0x6f_b9_f0;
/** The ids of the icons ✅ and ❗️. */
const DONE = '5237699328843200968';
const WAITING = '5379748062124056162';

describe('Topics of agents', () => {
  let telegram: BotApiEmulator;
  let bot: EmulatorClient;
  let forum: EmulatedChat;
  let ann: EmulatedAgent;
  let boss: EmulatedAgent;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(1_750_000_000_000) });
    bot = new EmulatorClient(telegram);
    forum = telegram.createForum({ title: 'Forum' });
    ann = forum.agent('Ann');
    boss = forum.agent('Boss', { status: 'administrator' });
  });

  afterEach(() => telegram.stop());

  it('are created by a service message whose id they have', async () => {
    const topic = ann.createTopic('Parcels');
    const [update] = await bot.updates();
    expect(update).toEqual({
      update_id: expect.any(Number),
      message: {
        message_id: topic.id,
        from: ann.user,
        chat: { id: forum.id, title: 'Forum', is_forum: true, type: 'supergroup' },
        date: 1_750_000_000,
        message_thread_id: topic.id,
        is_topic_message: true,
        forum_topic_created: { name: 'Parcels', icon_color: BLUE },
      },
    });
    expect(topic).toEqual({ id: update?.message?.message_id, name: 'Parcels' });
  });

  it.each([
    ['trimmed', '  Parcels\n', 'Parcels'],
    ['one line', 'Late\nparcels', 'Late parcels'],
    ['cut at 128 characters', '🦖'.repeat(130), '🦖'.repeat(128)],
  ])('have a name that is %s', (_how, name, kept) => {
    const topic = ann.createTopic(name);
    expect(topic.name).toBe(kept);
    boss.renameTopic(topic.id, 'x');
    boss.renameTopic(topic.id, name);
    expect(forum.topics).toMatchObject([{ id: topic.id, name: kept }]);
  });

  it('may have the same name', () => {
    const [one, other] = [ann.createTopic('Parcels'), ann.createTopic('Parcels')];
    expect(one.id).not.toBe(other.id);
    expect(forum.topics).toMatchObject([{ id: one.id }, { id: other.id }]);
  });

  it.each<[string, object, object]>([
    ['an icon and a colour', { icon: '✅', color: 0xfb_6f_5f }, { icon_custom_emoji_id: DONE }],
    ['an icon without the variation selector', { icon: '❗' }, { icon_custom_emoji_id: WAITING }],
    ['any custom emoji', { icon: '77' }, { icon_custom_emoji_id: '77' }],
  ])('are created with %s', (_what, options, created) => {
    const topic = ann.createTopic('Parcels', options);
    const [message] = forum.messages;
    expect(message?.forum_topic_created).toMatchObject({ name: 'Parcels', ...created });
    expect(forum.topics).toMatchObject([
      { id: topic.id, iconCustomEmojiId: message?.forum_topic_created?.icon_custom_emoji_id },
    ]);
  });

  it('lose their icon again', () => {
    const topic = ann.createTopic('Parcels', { icon: '✅' });
    expect(forum.topics).toMatchObject([{ icon: '✅', iconCustomEmojiId: DONE }]);
    boss.changeTopicIcon(topic, '77');
    expect(forum.topics).toMatchObject([{ icon: '', iconCustomEmojiId: '77' }]);
    boss.changeTopicIcon(topic, '');
    expect(forum.topics).toMatchObject([{ icon: '', iconCustomEmojiId: '' }]);
  });

  it.each<[string, (id: number) => void, object]>([
    [
      'given an icon',
      (id) => boss.changeTopicIcon(id, '✅'),
      { forum_topic_edited: { icon_custom_emoji_id: DONE } },
    ],
    [
      'renamed',
      (id) => boss.renameTopic(id, 'Letters'),
      { forum_topic_edited: { name: 'Letters' } },
    ],
    ['closed', (id) => boss.closeTopic(id), { forum_topic_closed: {} }],
    [
      'opened again',
      (id) => {
        boss.closeTopic(id);
        boss.reopenTopic(id);
      },
      { forum_topic_reopened: {} },
    ],
  ])('that are %s post a service message in the topic', async (_what, change, content) => {
    const { id } = ann.createTopic('Parcels');
    await bot.updates();
    change(id);
    const updates = await bot.updates();
    expect(updates.at(-1)).toMatchObject({
      message: {
        from: boss.user,
        message_thread_id: id,
        is_topic_message: true,
        reply_to_message: { message_id: id },
        ...content,
      },
    });
  });

  it('name who is anonymous as the group', async () => {
    const { id } = boss.anonymously().createTopic('Parcels');
    boss.anonymously().closeTopic(id);
    const message = { from: { id: 1_087_968_824 }, sender_chat: { id: forum.id } };
    expect(await bot.updates()).toMatchObject([{ message }, { message }]);
    expect(forum.topics).toMatchObject([{ id, isClosed: true }]);
  });

  it('vanish with their messages, of which the bot learns nothing', async () => {
    ann.write('General');
    const { id } = ann.createTopic('Parcels');
    ann.write('inside', { message_thread_id: id });
    const other = ann.createTopic('Letters');
    await bot.updates();
    boss.deleteTopic(id);
    expect(await bot.updates()).toEqual([]);
    expect(forum.topics.map((topic) => topic.id)).toEqual([other.id]);
    expect(forum.messages.map(({ message_id }) => message_id)).toEqual([2, other.id]);
    expect(() => ann.write('late', { message_thread_id: id })).toThrow(`There is no topic ${id}`);
    const send = (): Promise<unknown> =>
      bot.call('sendMessage', { chat_id: forum.id, message_thread_id: id, text: 'late' });
    expect(await send()).toMatchObject({ description: 'Bad Request: message thread not found' });
  });

  describe('that are closed', () => {
    let topicId: number;

    beforeEach(() => {
      topicId = forum.agent('Creator').createTopic('Parcels').id;
      ann.write('inside', { message_thread_id: topicId });
      boss.closeTopic(topicId);
    });

    it.each<[string, (place: object) => unknown]>([
      ['write', (place) => ann.write('x', place)],
      ['reply', () => ann.reply(forum.topics[0]?.messages[1]?.message_id ?? 0, 'x')],
      ['send a photo', (extra) => ann.sendPhoto({ extra })],
      ['send an album', (extra) => ann.sendAlbum([{}, {}], { extra })],
      ['forward', (place) => ann.forward(ann.write('General'), place)],
    ])('members cannot %s', (_deed, act) => {
      expect(() => act({ message_thread_id: topicId })).toThrow(
        'Topic "Parcels" is closed for Ann',
      );
    });

    it.each(['Boss', 'Creator'])('%s writes', (name) => {
      const message = forum.agent(name).write('x', { message_thread_id: topicId });
      expect(message).toMatchObject({ message_thread_id: topicId });
    });

    it('everybody writes elsewhere, and there once they are open', () => {
      expect(ann.write('General')).not.toHaveProperty('message_thread_id');
      boss.reopenTopic(topicId);
      expect(ann.write('x', { message_thread_id: topicId })).toMatchObject({ text: 'x' });
    });

    it('General is one of them', async () => {
      boss.closeTopic(1);
      expect(forum.generalTopic).toEqual({ name: 'General', isClosed: true, isHidden: false });
      expect(() => ann.write('x')).toThrow('Topic "General" is closed for Ann');
      const [update] = (await bot.updates()).slice(-1);
      expect(update).toMatchObject({ message: { forum_topic_closed: {} } });
      expect(update).not.toHaveProperty('message.message_thread_id');
      boss.reopenTopic(1);
      boss.renameTopic(1, 'Lobby');
      expect(forum.generalTopic).toEqual({ name: 'Lobby', isClosed: false, isHidden: false });
    });
  });

  it.each<[string, (id: number) => void, string]>([
    ['renamed as before', (id) => boss.renameTopic(id, ' Parcels'), 'has this name already'],
    ['renamed to nothing', (id) => boss.renameTopic(id, ' '), 'name of a topic must not be empty'],
    ['given the icon they have', (id) => boss.changeTopicIcon(id, ''), 'has this icon already'],
    ['given what is no icon', (id) => boss.changeTopicIcon(id, 'x'), '"x" is neither a free icon'],
    ['General when given an icon', () => boss.changeTopicIcon(1, '✅'), 'General topic keeps its'],
    ['created in any colour', () => ann.createTopic('T', { color: 1 }), 'none of the six colours'],
    ['created without a name', () => ann.createTopic('\n'), 'name of a topic must not be empty'],
    ['opened while open', (id) => boss.reopenTopic(id), 'Topic "Parcels" is open already'],
    [
      'closed twice',
      (id) => {
        boss.closeTopic(id);
        boss.closeTopic(id);
      },
      'Topic "Parcels" is closed already',
    ],
    ['General when deleted', () => boss.deleteTopic(1), 'Nobody can delete the General topic'],
    ['not there', () => boss.closeTopic(99), 'There is no topic 99'],
    [
      'not theirs when closed',
      (id) => forum.agent('Bob').closeTopic(id),
      'Bob may not change topic "Parcels"',
    ],
    [
      'not theirs when renamed',
      (id) => forum.agent('Bob').renameTopic(id, 'x'),
      'Bob may not change topic "Parcels"',
    ],
    [
      'not theirs when deleted',
      (id) => forum.agent('Bob').deleteTopic(id),
      'Bob may not change topic "Parcels"',
    ],
  ])('are not %s', async (_how, act, problem) => {
    const { id } = ann.createTopic('Parcels');
    expect(() => act(id)).toThrow(problem);
    expect(forum.topics).toMatchObject([{ id, name: 'Parcels' }]);
  });

  it('are created by members while they may pin or manage topics', () => {
    forum.setPermissions({ can_pin_messages: false });
    expect(() => ann.createTopic('T')).toThrow(`Ann may not create topics in chat ${forum.id}`);
    forum.setPermissions({ can_manage_topics: true });
    ann.createTopic('T');
    forum.setPermissions({ can_pin_messages: true, can_manage_topics: false });
    expect(() => ann.createTopic('T')).toThrow('Ann may not create topics');
    boss.createTopic('T');
    expect(forum.topics).toHaveLength(2);
  });

  it.each<[string, () => EmulatedChat]>([
    ['a basic group', () => telegram.createGroup({ title: 'Group' })],
    ['a supergroup without topics', () => telegram.createSupergroup({ title: 'Desk' })],
    ['a private chat', () => telegram.createPrivateChat('Boss')],
  ])('are not created in %s', (_where, create) => {
    const chat = create();
    expect(() => chat.agent('Boss').createTopic('T')).toThrow(`Chat ${chat.id} is no forum`);
  });

  describe('in a private chat', () => {
    let chat: EmulatedChat;
    let cleo: EmulatedAgent;

    async function start(allowsUsersToCreateTopics: boolean): Promise<void> {
      await telegram.stop();
      const bots = [{}, { hasTopicsEnabled: true, allowsUsersToCreateTopics }];
      telegram = await BotApiEmulator.start({ bots });
      const [, other] = telegram.bots;
      bot = new EmulatorClient(telegram, other);
      chat = telegram.createPrivateChat('Cleo', {}, other);
      cleo = chat.agent('Cleo');
    }

    it('are created, changed and deleted by its user where the bot lets them', async () => {
      await start(true);
      expect(await bot.call('getMe')).toMatchObject({
        result: { has_topics_enabled: true, allows_users_to_create_topics: true },
      });
      const topic = cleo.createTopic('Parcels', { icon: '💬' });
      cleo.renameTopic(topic, 'Letters');
      cleo.changeTopicIcon(topic, '✅');
      cleo.inTopic(topic).write('Where?');
      const inside = { message_thread_id: topic.id, is_topic_message: true };
      expect(await bot.updates()).toMatchObject([
        { message: { ...inside, forum_topic_created: { name: 'Parcels' } } },
        { message: { ...inside, forum_topic_edited: { name: 'Letters' } } },
        { message: { ...inside, forum_topic_edited: { icon_custom_emoji_id: DONE } } },
        { message: { ...inside, text: 'Where?' } },
      ]);
      expect(chat.messages.at(-1)).not.toHaveProperty('reply_to_message');
      expect(() => cleo.closeTopic(topic)).toThrow('Topics of a private chat are never closed');
      cleo.deleteTopic(topic);
      expect([chat.topics, chat.messages]).toEqual([[], []]);
    });

    it('are left to the bot where it does not let its users', async () => {
      await start(false);
      await bot.call('createForumTopic', { chat_id: chat.id, name: 'Parcels' });
      const [topic] = chat.topics;
      const problem = 'does not let its users create or change topics';
      expect(() => cleo.createTopic('T')).toThrow(problem);
      expect(() => cleo.renameTopic(topic ?? 0, 'T')).toThrow(problem);
      expect(() => cleo.changeTopicIcon(topic ?? 0, '✅')).toThrow(problem);
      cleo.deleteTopic(topic ?? 0);
      expect(chat.topics).toEqual([]);
    });
  });

  describe('inTopic', () => {
    it('lets all that somebody writes go there', () => {
      const topic = ann.createTopic('Parcels');
      const inside = ann.inTopic(topic);
      const messages = [
        inside.write('one'),
        inside.sendPhoto(),
        ...inside.sendAlbum([{}, {}]),
        inside.forward(ann.write('General')),
        boss.inTopic(topic.id).anonymously().write('by whomever'),
        inside.reply(forum.messages.findLast(({ text }) => text === 'one') ?? 0, 'replied'),
      ];
      expect(new Set(messages.map(({ message_thread_id: id }) => id))).toEqual(new Set([topic.id]));
    });

    it('leaves it to the message where it says something else', () => {
      const [one, other] = [ann.createTopic('One'), ann.createTopic('Other')];
      const elsewhere = ann.inTopic(one).write('x', { message_thread_id: other.id });
      expect(elsewhere.message_thread_id).toBe(other.id);
      expect(ann.inTopic(1).write('General')).not.toHaveProperty('message_thread_id');
      expect(() => ann.inTopic(one).reply(elsewhere, 'x')).toThrow('is not in topic');
      expect(ann.inTopic(one).replyFromElsewhere(elsewhere, 'x')).toMatchObject({
        message_thread_id: one.id,
        external_reply: { message_id: elsewhere.message_id },
      });
      expect(() => ann.inTopic(other).replyFromElsewhere(elsewhere, 'x')).toThrow('not elsewhere');
    });
  });

  it('are changed only by those who are there', () => {
    const { id } = ann.createTopic('Parcels');
    ann.leave();
    for (const act of [
      () => ann.createTopic('x'),
      () => ann.renameTopic(id, 'x'),
      () => ann.closeTopic(id),
      () => ann.deleteTopic(id),
    ]) {
      expect(act).toThrow(`Ann is not in chat ${forum.id} any more`);
    }
  });
});
