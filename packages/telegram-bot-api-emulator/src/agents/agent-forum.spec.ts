import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedAgent } from './emulated-agent.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const BLUE = 0x6f_b9_f0;

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

  it.each<[string, (id: number) => void, object]>([
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
