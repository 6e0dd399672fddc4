import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import { VirtualClock } from '../../src/testing/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { Desks } from '../../src/desk/desks.js';
import { ownBot } from '../support/own-bot.js';
import { PLACES, startDesks } from './several-desks.js';

const THREAD = {
  threadId: 't1',
  text: 'My invoice',
  subject: 'Invoice 7',
  customer: { name: 'Grace' },
  url: 'https://shop.example.com/t1',
};

describe.each(PLACES)('A thread that is moved to another desk, with data in %s,', (place) => {
  it('leaves a line at the one desk, and begins at the other with what is known of it', async () => {
    const desks = await startDesks(place);
    const { telegram, replies, emulator } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    const moved = await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    expect(moved.accepted).toBe(true);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Number 7' });
    const next = await desks.notice('billing', 'Number 7');
    const shown = desks.notices('billing').join('\n');
    expect(shown).toMatch(
      /from the desk default[^]*Grace[^]*Invoice 7[^]*Open the thread[^]*Number 7/,
    );
    expect(desks.notices('default').at(-1)).toContain('moved to the desk billing');
    expect((await telegram.findThread('t1'))?.desk).toBe('billing');
    desks.chat('billing').agent('Bob').reply(next, 'Paid');
    await emulator.idle();
    await vi.waitFor(
      () => expect(replies.replies).toMatchObject([{ desk: 'billing', text: 'Paid' }]),
      20_000,
    );
  });

  it('has its old topic closed with that line, and gets a topic at the new desk', async () => {
    const desks = await startDesks(
      place,
      { billing: { mode: 'topics' } },
      {
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        options: { mode: 'topics' },
      },
    );
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    const first = await desks.notice('default', 'My invoice');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Number 7' });
    const next = await desks.notice('billing', 'Number 7');
    const line = await desks.notice('default', 'moved to the desk billing');
    expect(line.message_thread_id).toBe(first.message_thread_id);
    await desks.chat('default').waitForTopic(({ isClosed }) => isClosed);
    const topic = await desks
      .chat('billing')
      .waitForTopic(({ name }) => name === 'Grace: Invoice 7');
    expect(next.message_thread_id).toBe(topic.id);
    expect(desks.chat('billing').topics.filter(({ isClosed }) => !isClosed)).toHaveLength(1);
  });

  it('has its old topic closed within the rate limit', async () => {
    const rateLimit = { messages: 3, windowMs: 3_000 };
    const desks = await startDesks(
      place,
      { billing: { mode: 'topics' } },
      {
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        emulator: { bots: [ownBot()], limits: { group: rateLimit } },
        options: { mode: 'topics', rateLimit },
      },
    );
    const { telegram, emulator } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await vi.waitFor(
      () => expect(desks.chat('default').topics).toMatchObject([{ isClosed: true }]),
      { timeout: 20_000, interval: 50 },
    );
    expect(emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
  });

  it.each([
    ['answered', '💬'],
    ['closed', '✅'],
  ] as const)(
    'gets a topic at the new desk that says from the first that it is %s',
    async (status, emoji) => {
      const desks = await startDesks(place, { billing: { mode: 'topics' } });
      const { telegram, emulator, app } = desks.desk;
      const threads = app.get(ThreadStateRepository, { strict: false });
      await telegram.notifyNewThread(THREAD);
      await desks.notice('default', 'My invoice');
      await vi.waitFor(async () => expect((await threads.find('t1'))?.card).toBeDefined(), 20_000);
      await threads.update('t1', { status });
      await telegram.updateThread({ threadId: 't1', desk: 'billing' });
      const first = await desks.notice('billing', 'from the desk default');
      const icons = await telegram.api.call('getForumTopicIconStickers');
      const [created] = emulator.callsOf('createForumTopic');
      const icon = icons.find(
        ({ custom_emoji_id: id }) => id === created?.params['icon_custom_emoji_id'],
      );
      expect(icon?.emoji).toContain(emoji);
      // The card is the first notice that the present desk has posted.
      const card = { chatId: desks.chat('billing').id, messageId: first.message_id };
      await vi.waitFor(async () => expect((await threads.find('t1'))?.card).toEqual(card), 20_000);
      expect(await threads.find('t1')).toMatchObject({ status, topic: { shownStatus: status } });
    },
  );

  it('is purged with the topics that it has left', async () => {
    const desks = await startDesks(
      place,
      { billing: { mode: 'topics' } },
      {
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        options: { mode: 'topics' },
      },
    );
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await desks.notice('billing', 'from the desk default');
    await telegram.updateThread({ threadId: 't1', desk: 'default' });
    await desks.notice('default', 'from the desk billing');
    await telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await telegram.findThread('t1')).toBeNull(), 20_000);
    expect(desks.chat('default').topics).toEqual([]);
    expect(desks.chat('billing').topics).toEqual([]);
  });

  it('has its old topic closed, and purged, although the new desk did not wait for the old one', async () => {
    const desks = await startDesks(
      place,
      { billing: { mode: 'topics' } },
      {
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        options: { mode: 'topics' },
      },
    );
    const { telegram, app } = desks.desk;
    const threads = app.get(ThreadStateRepository, { strict: false });
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    await vi.waitFor(async () => expect((await threads.find('t1'))?.card).toBeDefined(), 20_000);
    // As after a minute in which the old desk could not post.
    await threads.update('t1', { desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Number 7' });
    await desks.notice('billing', 'Number 7');
    await desks.queueMovedLine('late');
    await desks.chat('default').waitForTopic(({ isClosed }) => isClosed, 20_000);
    await telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await telegram.findThread('t1')).toBeNull(), 20_000);
    expect(desks.chat('default').topics).toEqual([]);
    expect(desks.chat('billing').topics).toEqual([]);
  });

  it('is not overdue at the new desk before its time', async () => {
    const desks = await startDesks(place);
    const { telegram, app } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    const threads = app.get(ThreadStateRepository, { strict: false });
    await threads.update('t1', { overdueSinceMs: 1 });
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await desks.notice('billing', 'from the desk default');
    expect((await threads.find('t1'))?.overdueSinceMs).toBeUndefined();
  });

  it('shows at the new desk that it is closed', async () => {
    const desks = await startDesks(place, { billing: { mode: 'topics' } });
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await telegram.closeThread({ threadId: 't1' });
    await desks.notice('default', 'closed');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    const topic = await desks.chat('billing').waitForTopic(({ isClosed }) => isClosed, 20_000);
    expect(topic.icon).toContain('✅');
  });

  it('moves from replies to topics and back, and goes on where it was', async () => {
    const desks = await startDesks(place, { billing: { mode: 'topics' } });
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    const inTopic = await desks.notice('billing', 'two');
    expect(inTopic.is_topic_message).toBe(true);
    await telegram.updateThread({ threadId: 't1', desk: 'default' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await desks.notice('default', 'three');
    expect(desks.notices('default').join('\n')).toMatch(
      /My invoice[^]*moved to the desk billing[^]*from the desk billing[^]*three/,
    );
  });

  it('has what waits at the old desk posted there first', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    desks.chat('default').flood(2);
    await telegram.notifyNewThread(THREAD);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await desks.notice('billing', 'two');
    const old = desks.notices('default').join('\n');
    expect(old).toMatch(/My invoice[^]*one[^]*moved to the desk billing/);
    expect(old).not.toContain('two');
    expect(desks.notices('billing').join('\n')).toMatch(/from the desk default[^]*two/);
  });

  it('has a message that reaches the old desk behind the move posted before those that reach the new one', async () => {
    const desks = await startDesks(place);
    const { telegram, app } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    // The line that it has moved waits for a second only.
    const gate = await desks.hold();
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    // As by a process that has asked for the desk of the thread before it was moved.
    const former = await app.get(Desks, { strict: false }).get('default');
    await former.outbound.addMessage({ threadId: 't1', text: 'late' });
    gate.open();
    await telegram.notifyUserMessage({ threadId: 't1', text: 'next' });
    await desks.notice('billing', 'next');
    expect(desks.shown).toMatch(
      /My invoice[^]*late[^]*moved to the desk billing[^]*from the desk default[^]*next/,
    );
    expect(desks.notices('default').at(-1)).toContain('moved to the desk billing');
    expect(desks.notices('billing').join()).not.toContain('late');
  });

  it('keeps the order of messages that a customer writes while it is moved', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    const texts = Array.from({ length: 20 }, (_, i) => `number ${i}.`);
    const write = async (): Promise<void> => {
      for (const text of texts) await telegram.notifyUserMessage({ threadId: 't1', text });
    };
    await telegram.notifyNewThread(THREAD);
    await Promise.all([telegram.updateThread({ threadId: 't1', desk: 'billing' }), write()]);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'the end' });
    await desks.notice('billing', 'the end');
    expect(desks.shown.match(/number \d+\./g)).toEqual(texts);
  });

  it('gets a dead letter back at a desk that has had it, whichever desk it is retried at', async () => {
    const desks = await startDesks(place);
    const { telegram, emulator } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    const refusal = {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: message is too long',
    } as const;
    const deadLetterOf = async (desk: string): Promise<string> => {
      const letters = () => telegram.deadLetters.list();
      await vi.waitFor(async () => expect(await letters()).toMatchObject([{ desk }]), 20_000);
      return (await letters())[0]?.id ?? '';
    };
    const move = async (from: string, to: string): Promise<void> => {
      await telegram.updateThread({ threadId: 't1', desk: to });
      await desks.notice(to, `from the desk ${from}`);
    };
    emulator.failNext('sendMessage', refusal);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Number 7' });
    const first = await deadLetterOf('default');
    await move('default', 'billing');
    emulator.failNext('sendMessage', refusal);
    await telegram.deadLetters.retry(first);
    const second = await deadLetterOf('billing');
    await move('billing', 'default');
    await telegram.deadLetters.retry(second);
    await desks.notice('default', 'Number 7');
    expect(desks.notices('billing').join()).not.toContain('Number 7');
  });

  it('stays where it is when that is the desk already, and is claimed when nobody knows it', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    await telegram.updateThread({ threadId: 't1', desk: 'default' });
    await telegram.updateThread({ threadId: 't2', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
    await telegram.notifyUserMessage({ threadId: 't2', text: 'new' });
    await Promise.all([desks.notice('default', 'more'), desks.notice('billing', 'new')]);
    expect([...desks.notices('default'), ...desks.notices('billing')].join()).not.toMatch(/desk/);
  });

  it('says which desks there are when the name is unknown', async () => {
    const desks = await startDesks(place);
    const call = desks.desk.telegram.updateThread({ threadId: 't1', desk: 'sales' });
    await expect(call).rejects.toThrow(TelegramArgumentError);
    await expect(call).rejects.toThrow('desk must be one of "default", "billing"');
  });
});

describe('A thread that is moved away from a desk that cannot post', () => {
  it('begins at the new desk after a minute with Redis, too, and what waits at the old one follows', async () => {
    const desks = await startDesks('Redis');
    const { telegram, emulator } = desks.desk;
    desks.chat('default').setBotStatus('kicked');
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    // The minute passes by the clock of Redis, which no test can move; how much of it is over stands with the job.
    const redis = new Redis(inject('redisUrl'));
    onTestFinished(() => redis.disconnect());
    const key = `tg:{${emulator.bot.id}:${desks.chat('billing').id}}:outbox:jobs:thread:t1`;
    const passMinute = async (): Promise<void> => {
      const job = (await redis.lindex(key, 0)) ?? '';
      expect(job).toMatch(/"waitedMs":[1-9]/);
      await redis.lset(key, 0, job.replace(/"waitedMs":\d+/, '"waitedMs":60000'));
    };
    await vi.waitFor(passMinute, { timeout: 20_000, interval: 20 });
    await desks.notice('billing', 'two');
    expect(desks.notices('billing').join('\n')).toMatch(/from the desk default[^]*two/);
    expect(desks.desk.log.with('warn', 'before the desk "default" has posted')).toHaveLength(1);
    desks.chat('default').setBotStatus('member');
    await desks.notice('billing', 'My invoice');
    expect(desks.notices('default').join()).not.toContain('My invoice');
  });

  it('begins at the new desk after a minute when the old one cannot post, and what waits there follows', async () => {
    const clock = new VirtualClock();
    const desks = await startDesks('memory', { billing: {} }, { clock });
    const { telegram } = desks.desk;
    desks.chat('default').setBotStatus('kicked');
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    const shown = (): string => desks.notices('billing').join('\n');
    await vi.waitFor(
      () => {
        if (!/My invoice/.test(shown())) clock.advanceToNext();
        expect(shown()).toMatch(/from the desk default[^]*two[^]*My invoice/);
      },
      { timeout: 60_000, interval: 5 },
    );
  }, 90_000);

  it.each([
    ['the desk in the middle', ['billing']],
    ['the first desk and the one in the middle', ['default', 'billing']],
  ])(
    'is moved on after some minutes when %s cannot post',
    async (_, kicked) => {
      const clock = new VirtualClock();
      const desks = await startDesks('memory', { billing: {}, returns: {} }, { clock });
      const { telegram } = desks.desk;
      for (const name of kicked) desks.chat(name).setBotStatus('kicked');
      await telegram.notifyNewThread(THREAD);
      await telegram.updateThread({ threadId: 't1', desk: 'billing' });
      await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
      await telegram.updateThread({ threadId: 't1', desk: 'returns' });
      const begunAtMs = clock.now();
      const pass = (words: RegExp): Promise<void> =>
        vi.waitFor(
          () => {
            const shown = desks.notices('returns').join('\n');
            if (!words.test(shown)) clock.advanceToNext();
            expect(shown).toMatch(words);
          },
          { timeout: 60_000, interval: 5 },
        );
      await pass(/from the desk billing/);
      expect(clock.now() - begunAtMs).toBeLessThan(180_000);
      await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
      await pass(/two/);
      await pass(/one/);
    },
    90_000,
  );

  it('gets no topic at the old desk, which has posted nothing of it, and keeps the one at the new desk', async () => {
    const clock = new VirtualClock();
    const desks = await startDesks(
      'memory',
      { billing: { mode: 'topics' } },
      {
        clock,
        chat: (emulator) => emulator.createForum({ title: 'Support' }),
        options: { mode: 'topics' },
      },
    );
    const { telegram } = desks.desk;
    const pass = (name: string, words: RegExp): Promise<void> =>
      vi.waitFor(
        () => {
          if (!words.test(desks.notices(name).join('\n'))) clock.advanceToNext();
          expect(desks.notices(name).join('\n')).toMatch(words);
        },
        { timeout: 60_000, interval: 5 },
      );
    desks.chat('default').setBotStatus('kicked');
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await pass('billing', /from the desk default[^]*My invoice/);
    desks.chat('default').setBotStatus('administrator');
    // Behind the line that says so at the old desk.
    await telegram.notifyNewThread({ threadId: 't2', text: 'Another' });
    await telegram.notifyUserMessage({ threadId: 't2', text: 'And more' });
    await pass('default', /Another[^]*And more/);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Number 7' });
    await pass('billing', /Number 7/);
    expect(desks.notices('default').join()).not.toMatch(/invoice|moved/);
    expect(desks.chat('default').topics.map(({ name }) => name)).not.toContain('Grace: Invoice 7');
    expect(desks.chat('billing').topics).toHaveLength(1);
    const link = `/c/${String(desks.chat('billing').id).slice('-100'.length)}/`;
    expect((await telegram.findThread('t1'))?.topicUrl).toContain(link);
  }, 90_000);
});
