import { afterEach, describe, expect, it, vi } from 'vitest';
import { RevisionDesk } from '../support/revision-desk.js';
import { EventLog } from '../support/topic-desk.js';
import { RevisionLog } from '../support/revision-log.js';

const SLOW = { timeout: 20_000 };

describe.each(['memory', 'Redis'] as const)('A reaction of an agent, in %s,', (place) => {
  let desk: RevisionDesk;
  afterEach(() => desk.desk.stop());

  const ada = () => desk.desk.chat.agent('Ada');
  const changes = () => desk.log.reactions.map(({ added, removed }) => [added, removed]);
  const came = (...expected: string[][][]) =>
    vi.waitFor(() => expect(changes()).toEqual(expected), SLOW);

  it('on a notice or a reply reaches the app, with what is new and what is gone', async () => {
    desk = await RevisionDesk.start(place);
    const reply = ada().reply(desk.notice, 'Hello');
    await desk.took('Hello');
    ada().react(desk.notice, '❤');
    await came([['❤'], []]);
    ada().anonymously('Lead').react(reply, '🔥');
    await came([['❤'], []], [['🔥'], []]);
    ada().react(desk.notice, ['👏']);
    await came([['❤'], []], [['🔥'], []], [['👏'], ['❤']]);
    ada().react(desk.notice, []);
    await came([['❤'], []], [['🔥'], []], [['👏'], ['❤']], [[], ['👏']]);
    const [first, second] = desk.log.reactions;
    const { id: chatId } = desk.desk.chat;
    expect(first).toEqual({
      id: expect.stringMatching(/^reaction:\d+$/),
      threadId: 't1',
      desk: 'default',
      agent: expect.objectContaining({ name: 'Ada', anonymous: false }),
      message: { chatId, messageId: desk.notice.message_id },
      messageId: 'm1',
      added: ['❤'],
      removed: [],
      at: expect.any(Date),
    });
    expect(second).toMatchObject({
      agent: { id: chatId, anonymous: true },
      message: { chatId, messageId: reply.message_id },
    });
    expect(second).not.toHaveProperty('messageId');
  });

  it('with custom emoji and paid stars has names for them', async () => {
    desk = await RevisionDesk.start(place);
    desk.desk.emulator.deliver({
      update_id: 900_001,
      message_reaction: {
        chat: desk.notice.chat,
        message_id: desk.notice.message_id,
        user: ada().user,
        date: desk.notice.date,
        old_reaction: [{ type: 'emoji', emoji: '🔥' }],
        new_reaction: [
          { type: 'custom_emoji', custom_emoji_id: '5379748062124056162' },
          { type: 'paid' },
          { type: 'emoji', emoji: '🔥' },
        ],
      },
    });
    await came([['custom:5379748062124056162', 'paid'], []]);
    expect(desk.log.reactions[0]?.messageId).toBe('m1');
  });

  it('on what belongs to no thread, or of somebody who may not answer, reaches nobody', async () => {
    desk = await RevisionDesk.start(place, { options: { agents: [501] } });
    const eve = desk.desk.chat.agent('Eve', { id: 666 });
    const remark = eve.write('Hm');
    eve.react(desk.notice, '❤');
    const agent = desk.desk.chat.agent('Bob', { id: 501 });
    agent.react(remark, '🔥');
    agent.react(desk.notice, '👏');
    await came([['👏'], []]);
    await desk.desk.emulator.idle();
    expect(changes()).toHaveLength(1);
  });

  it('that closes the thread is reported, too, and by another emoji when the options say so', async () => {
    desk = await RevisionDesk.start(place, {
      providers: [RevisionLog, EventLog],
      options: { mode: 'topics', reactions: { close: '🏆', taken: '💯' } },
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
    });
    const closed = () => desk.desk.app.get(EventLog).events.map(({ type }) => type);
    const reply = ada().write('Hello', {
      message_thread_id: desk.notice.message_thread_id,
    });
    expect(await desk.desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['💯']);
    ada().react(desk.notice, '👌');
    await came([['👌'], []]);
    expect(closed()).toEqual([]);
    ada().react(desk.notice, '🏆');
    await came([['👌'], []], [['🏆'], ['👌']]);
    await vi.waitFor(() => expect(closed()).toEqual(['closed']), SLOW);
  });

  it('is no deletion when the options switch that off', async () => {
    desk = await RevisionDesk.start(place, { options: { reactions: { deleted: false } } });
    const reply = ada().reply(desk.notice, 'Hello');
    await desk.took('Hello');
    ada().react(reply, '🙈');
    await came([['🙈'], []]);
    ada().reply(reply, '/del');
    await desk.words('Deleted: the customer no longer');
    await desk.took('Hello', `🗑 ${reply.message_id}`);
    expect(desk.desk.chat.reactionsOn(reply.message_id)).toEqual([]);
  });

  it('that the app cannot process makes a dead letter, and no words', async () => {
    desk = await RevisionDesk.start(place, { options: { replies: { attempts: 1 } } });
    desk.log.before = () => {
      throw new Error('no database');
    };
    ada().react(desk.notice, '❤');
    const letters = () => desk.desk.telegram.deadLetters.list();
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    const [letter] = await letters();
    expect(letter).toMatchObject({ threadId: 't1', text: '', reason: 'no database' });
    expect(desk.desk.log.with('error', 'A reaction in thread t1 became')).toHaveLength(1);
    desk.log.before = () => undefined;
    await desk.desk.telegram.deadLetters.retry(letter?.id ?? '');
    await came([['❤'], []]);
    expect(desk.desk.notices).toHaveLength(1);
  });
});
