import { afterEach, describe, expect, it, vi } from 'vitest';
import { TopicAvailability } from '../../src/chat/topic-availability.js';
import { ThreadService } from '../../src/outbound/thread.service.js';
import { VirtualClock } from '../../src/testing/index.js';
import { UnboundTopics } from '../../src/threads/unbound-topics.js';
import { EventLog, TopicDesk, type Place } from '../support/topic-desk.js';

const SLOW = { timeout: 20_000 };
const OPTIONS = { rateLimit: { messages: 99, windowMs: 1_000 } };

describe.each<Place>(['memory', 'Redis'])('A desk with topics, in %s,', (place) => {
  let topics: TopicDesk;
  afterEach(() => topics.stop());

  const statusOf = async (threadId: string) => (await topics.threads.find(threadId))?.status;

  it('closes and reopens a thread, and has the app know, when an agent does so in Telegram', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    topics.ada.closeTopic(topic);
    await vi.waitFor(() => expect(topics.events).toEqual([['closed', 't1']]), SLOW);
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), SLOW);
    expect((await topics.threads.find('t1'))?.topic?.isClosed).toBe(true);
    topics.ada.reopenTopic(topic);
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('waiting'), SLOW);
    expect((await topics.threads.find('t1'))?.topic?.isClosed).toBe(false);
    await vi.waitFor(() => expect(topics.events).toHaveLength(2), SLOW);
    const [closed, reopened] = topics.desk.app.get(EventLog).events;
    expect(closed).toMatchObject({ type: 'closed', desk: 'default', agent: { name: 'Ada' } });
    expect(closed?.at).toBeInstanceOf(Date);
    expect(reopened).toMatchObject({ type: 'reopened', threadId: 't1', agent: { name: 'Ada' } });
    expect(closed?.id).not.toBe(reopened?.id);
  });

  it('has the app know once when Telegram delivers the update twice', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    const message = topics.write(topic, '', { forum_topic_closed: {} });
    await vi.waitFor(() => expect(topics.events).toHaveLength(1), SLOW);
    topics.desk.emulator.deliver({ update_id: 7, message });
    await topics.idle();
    expect(topics.events).toHaveLength(1);
    // As if the process had died after it has stored the event.
    await topics.threads.update('t1', { status: 'answered' });
    topics.desk.emulator.deliver({ update_id: 8, message });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), SLOW);
    await topics.threads.update('t1', { status: 'answered' });
    topics.desk.emulator.deliver({ update_id: 8, message });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), SLOW);
    await vi.waitFor(() => expect(topics.events).toHaveLength(2), SLOW);
    await topics.idle();
    expect(topics.events).toHaveLength(2);
  });

  it('has the app know nothing of what the app itself has closed', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    await topics.desk.app.get(ThreadService, { strict: false }).close('t1');
    topics.ada.closeTopic(topic);
    await topics.idle();
    expect(topics.events).toEqual([]);
    expect(await statusOf('t1')).toBe('closed');
  });

  it('closes a thread when an agent sets 👌 on a notice or a reply of it, and on nothing else', async () => {
    topics = await TopicDesk.start(place, { options: { ...OPTIONS, agents: [501, 502] } });
    const [ada, grace] = [501, 502].map((id) => topics.desk.chat.agent(`Agent ${id}`, { id }));
    if (!ada || !grace) throw new Error('no agents');
    const topic = await topics.bind('t1');
    await topics.desk.telegram.notifyUserMessage({ threadId: 't2', text: 'Hello?' });
    const notice = await topics.desk.chat.waitForMessage(
      ({ text }) => text?.includes('Hello?') === true,
    );
    const reply = ada.write('Done', { message_thread_id: topic });
    await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
    const remark = ada.write('// hm');
    ada.react(remark, '👌');
    ada.react(notice, '👍');
    topics.desk.chat.agent('Eve', { id: 666 }).react(notice, '👌');
    await topics.idle();
    expect(topics.events).toEqual([]);
    grace.react(notice, '👌');
    ada.react(reply, '👌');
    await vi.waitFor(() => expect(topics.events).toHaveLength(2), SLOW);
    expect(topics.events.toSorted(([, a], [, b]) => a.localeCompare(b))).toEqual([
      ['closed', 't1'],
      ['closed', 't2'],
    ]);
    // The app learns of it first.
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), SLOW);
    const event = topics.desk.app.get(EventLog).events.find(({ threadId }) => threadId === 't1');
    expect(event).toMatchObject({ agent: { id: 501 }, message: { messageId: reply.message_id } });
  });

  it.each(['another topic', 'the same number in another chat', 'none'])(
    'follows nothing that is done to a former topic of a thread that has now %s',
    async (now) => {
      topics = await TopicDesk.start(place, { options: OPTIONS });
      const former = await topics.bind('t1');
      const before = (await topics.threads.find('t1'))?.topic;
      if (!before) throw new Error('no topic');
      if (now === 'another topic') await topics.bind('t1');
      else if (now === 'none') await topics.threads.update('t1', { topic: null });
      else await topics.threads.update('t1', { topic: { ...before, chatId: -1 } });
      await topics.threads.update('t1', { status: 'answered' });
      const record = await topics.threads.find('t1');
      topics.ada.renameTopic(former, 'Old');
      topics.ada.closeTopic(former);
      await topics.idle();
      expect(await topics.threads.find('t1')).toEqual(record);
      await topics.threads.update('t1', { status: 'closed' });
      topics.ada.reopenTopic(former);
      await topics.idle();
      expect(await topics.threads.find('t1')).toEqual({ ...record, status: 'closed' });
      expect(topics.events).toEqual([]);
      // Where it was written says which customer is meant.
      topics.write(former, 'On its way');
      await vi.waitFor(() => expect(topics.replies).toEqual([['t1', 'On its way']]), SLOW);
    },
  );

  it('follows the name that an agent gives to a topic', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    topics.ada.renameTopic(topic, 'VIP');
    await vi.waitFor(async () => {
      expect((await topics.threads.find('t1'))?.topic?.name).toBe('VIP');
    }, SLOW);
    expect(topics.events).toEqual([]);
  });

  it('deletes the service messages of its own changes, and those of no one else', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const topic = await topics.bind('t1');
    const { api } = topics.desk.telegram;
    const target = { chat_id: topics.desk.chat.id, message_thread_id: topic };
    await api.call('editForumTopic', { ...target, name: 'Other' });
    await api.call('closeForumTopic', target);
    await api.call('reopenForumTopic', target);
    topics.ada.renameTopic(topic, 'VIP');
    const kinds = () =>
      topics.desk.chat.messages
        .filter(({ message_thread_id: id }) => id === topic)
        .flatMap((message) => Object.keys(message).filter((key) => key.startsWith('forum_topic')));
    await vi.waitFor(
      () => expect(kinds()).toEqual(['forum_topic_created', 'forum_topic_edited']),
      SLOW,
    );
    expect(topics.events).toEqual([]);
    expect(topics.desk.emulator.callsOf('deleteMessage').map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
  });

  it('stops trying to delete service messages when the bot may not', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    topics.desk.chat.setBotRights({ can_delete_messages: false });
    const topic = await topics.bind('t1');
    const { api } = topics.desk.telegram;
    const target = { chat_id: topics.desk.chat.id, message_thread_id: topic };
    const deletions = () => topics.desk.emulator.callsOf('deleteMessage');
    await api.call('closeForumTopic', target);
    await vi.waitFor(() => expect(deletions()).toHaveLength(1), SLOW);
    await vi.waitFor(
      () => expect(topics.desk.log.with('debug', 'was not deleted')).toHaveLength(1),
      20_000,
    );
    await api.call('reopenForumTopic', target);
    await topics.idle();
    expect(deletions()).toHaveLength(1);
    expect(topics.desk.log.with('error', '')).toEqual([]);
  });

  it('tries once to delete service messages that come at the same time, when the bot may not', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    topics.desk.chat.setBotRights({ can_delete_messages: false });
    const topic = await topics.bind('t1');
    const { chat, emulator, log } = topics.desk;
    const from = { id: emulator.bot.id, is_bot: true, first_name: 'Bot' };
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      emulator.deliver({
        update_id: 900_000 + index,
        message: {
          message_id: 90_000 + index,
          message_thread_id: topic,
          is_topic_message: true,
          date: 1_700_000_000,
          chat: { id: chat.id, type: 'supergroup', title: 'Support', is_forum: true },
          from,
          forum_topic_edited: { name },
        },
      });
    }
    await topics.idle();
    await vi.waitFor(() => expect(log.with('debug', 'was not deleted')).toHaveLength(1), SLOW);
    expect(emulator.callsOf('deleteMessage')).toHaveLength(1);
  });

  it('remembers a topic that it has created, for whoever has lost the answer', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const name = `Lost ${Math.random()}`;
    const chatId = topics.desk.chat.id;
    const created = await topics.desk.telegram.api.call('createForumTopic', {
      chat_id: chatId,
      name,
    });
    await topics.desk.emulator.idle();
    const unbound = topics.desk.app.get(UnboundTopics, { strict: false });
    expect(await unbound.take(name, 't1')).toEqual({ chatId, topicId: created.message_thread_id });
  });

  it('logs when the bot is removed and added again, and learns its rights', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const { chat, log } = topics.desk;
    chat.setBotStatus('kicked');
    await vi.waitFor(
      () => expect(log.with('error', 'cannot work in Support: it is not a member')).toHaveLength(1),
      SLOW,
    );
    chat.setBotStatus('administrator');
    await vi.waitFor(
      () => expect(log.with('log', 'can work in Support again')).toHaveLength(1),
      SLOW,
    );
    chat.setBotRights({ can_manage_topics: false });
    await vi.waitFor(
      () => expect(log.with('error', 'may not manage topics')).toHaveLength(1),
      SLOW,
    );
    chat.setBotRights({ can_manage_topics: true });
    await vi.waitFor(() => expect(log.with('log', 'Topics work again')).toHaveLength(1), SLOW);
  });

  it('learns from a message that the chat has topics no more, or again', async () => {
    topics = await TopicDesk.start(place, { options: OPTIONS });
    const { chat, log } = topics.desk;
    chat.setForum(false);
    topics.ada.write('// testing');
    await vi.waitFor(
      () => expect(log.with('error', 'the chat has no topics')).toHaveLength(1),
      SLOW,
    );
    chat.setForum(true);
    topics.ada.write('// testing');
    await vi.waitFor(() => expect(log.with('log', 'Topics work again')).toHaveLength(1), SLOW);
  });
});

it('A desk that may not manage topics tries again after a minute, however much is written meanwhile', async () => {
  const clock = new VirtualClock();
  const desk = await TopicDesk.start('memory', { options: OPTIONS, clock });
  const availability = desk.desk.app.get(TopicAvailability, { strict: false });
  availability.learn({ mayManage: false });
  for (let step = 0; step < 5; step++) {
    expect(availability.isAvailable).toBe(false);
    clock.advance(12_000);
    desk.ada.write('// hm');
    await desk.desk.emulator.idle();
  }
  expect(availability.isAvailable).toBe(true);
  // The next one is refused again.
  availability.learn({ mayManage: false });
  expect(availability.isAvailable).toBe(false);
  await desk.stop();
});
