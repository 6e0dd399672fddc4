import { afterEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { html, type TelegramModuleOptions } from '../../src/index.js';
import { VirtualClock, type Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { startTopicDesk } from '../topics/topic-desk.js';
import { Transcripts } from './transcripts.js';

const ADA = '👤 Ada · 2026-11-29 17:05 UTC\nWhere is it?';
const BOB = '🎧 Bob · 2026-11-29 17:06 UTC\nOn its way';

describe.each(['memory', 'Redis'] as const)('/history, with data in %s,', (place) => {
  let desk: TestDesk;
  let notice: Message;
  afterEach(() => desk.stop());

  async function start(
    options: Partial<TelegramModuleOptions> = {},
    wanted: TestDeskOptions = {},
  ): Promise<Transcripts> {
    const redis = place === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      providers: [ReplyLog, Transcripts],
      emulator: { bots: [ownBot()] },
      ...wanted,
      options: { ...redis, ...options },
    });
    notice = await write('t1', 'Where is it?');
    return desk.app.get(Transcripts, { strict: false });
  }

  async function write(threadId: string, text: string): Promise<Message> {
    await desk.telegram.notifyUserMessage({ threadId, text });
    return shows(`Customer\n${text}`);
  }

  const shows = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.endsWith(text) === true, 20_000);

  const ada = () => desk.chat.agent('Ada', { status: 'administrator' });

  function keepTwo(transcripts: Transcripts): void {
    transcripts.add('t1', { text: 'Where is it?', name: 'Ada', messageId: 'm1' });
    transcripts.add('t1', { text: 'On its way', name: 'Bob', author: 'agent' });
  }

  it.each(['/history', '/HISTORY 20', '/history@testbot 2', '／history 0', '/history please'])(
    'as %s answers with the last messages in a quote that opens',
    async (given) => {
      const transcripts = await start();
      keepTwo(transcripts);
      const { username } = await desk.telegram.api.call('getMe');
      const asked = ada().reply(notice, given.replace('testbot', username));
      const answer = await shows(`🕘 Earlier messages\n${ADA}\n\n${BOB}`);
      expect(answer.reply_to_message?.message_id).toBe(asked.message_id);
      const quotes = answer.entities?.filter(({ type }) => type === 'expandable_blockquote');
      expect(quotes).toHaveLength(1);
      expect(answer.entities).toContainEqual(
        expect.objectContaining({ type: 'date_time', unix_time: 1_795_971_930 }),
      );
      const limit = { '/HISTORY 20': 20, '/history@testbot 2': 2 }[given] ?? 10;
      expect(transcripts.requests).toEqual([{ threadId: 't1', limit }]);
      expect(desk.replies.replies).toEqual([]);
    },
  );

  it('shows 50 messages at most', async () => {
    const transcripts = await start();
    for (let n = 1; n <= 60; n += 1) transcripts.add('t1', { text: `No ${n}`, author: 'system' });
    ada().reply(notice, '/history 999');
    const { text = '', entities = [] } = await shows('No 60');
    expect(text.match(/No \d+/g)).toHaveLength(50);
    expect(text).toContain('⚙️ System · 2026-11-29 17:15 UTC\nNo 11');
    expect(entities.length).toBeLessThan(100);
    expect(transcripts.requests).toEqual([{ threadId: 't1', limit: 50 }]);
  });

  it('keeps the newest where not all fit, and says how many are left out', async () => {
    const transcripts = await start();
    for (let n = 0; n < 10; n += 1) transcripts.add('t1', { text: `${n}`.repeat(900) });
    ada().reply(notice, '/history');
    const { text = '' } = await shows('9'.repeat(900));
    expect(text).toContain('🕘 Earlier messages (older ones left out: 6)');
    expect(text).not.toContain('555');
    expect(text.length).toBeLessThanOrEqual(4_096);
  });

  it('cuts a single message that is too long', async () => {
    const transcripts = await start();
    transcripts.add('t1', { text: 'older' });
    transcripts.add('t1', { text: 'word '.repeat(20_000) });
    ada().reply(notice, '/history');
    const { text = '' } = await shows('…');
    expect(text).toContain('(older ones left out: 1)');
    expect(text.length).toBeGreaterThan(3_500);
    expect(text.length).toBeLessThanOrEqual(4_096);
  });

  it('shows what is hostile as it is shown in every notice', async () => {
    const transcripts = await start();
    const name = 'Eve\n🎧 Bob · now';
    transcripts.add('t1', { name, text: '<b>x</b> @everybody /start\u202e\n\n\n\n\nend\u0000' });
    ada().reply(notice, '/history');
    const { entities = [] } = await shows(
      '👤 Eve 🎧 Bob - now · 2026-11-29 17:05 UTC\n<b>x</b> ＠everybody ∕start\n\n\nend',
    );
    expect(entities.filter(({ type }) => type === 'mention' || type === 'bot_command')).toEqual([]);
  });

  it('comes behind the messages of its thread that wait, once', async () => {
    const transcripts = await start();
    keepTwo(transcripts);
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    const asked = ada().reply(notice, '/history');
    await vi.waitUntil(() => desk.emulator.callsOf('sendMessage').length > 1, 20_000);
    // The command has its place in the queue, and "three" does not go with "two".
    await desk.emulator.idle();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await shows('three');
    await shows(BOB);
    await vi.waitFor(() => expect(desk.notices).toHaveLength(4), 20_000);
    const kinds = desk.notices.map((text) => text.split('\n')[1]);
    expect(kinds.slice(0, 2)).toEqual(['Where is it?', 'two']);
    const answer = desk.chat.messages.find(({ text }) => text?.endsWith(BOB));
    expect(answer?.reply_to_message?.message_id).toBe(asked.message_id);
  });

  it('has an answer that an agent may reply to, which goes to the thread', async () => {
    keepTwo(await start());
    ada().reply(notice, '/history');
    ada().reply(await shows(BOB), 'Arrived?');
    await vi.waitFor(
      () => expect(desk.replies.replies).toMatchObject([{ threadId: 't1', text: 'Arrived?' }]),
      20_000,
    );
    expect(desk.replies.replies[0]?.replyTo?.messageId).toBeUndefined();
    // The next message of the customer replies to the one before, and not to the history.
    const next = await write('t1', 'Yes');
    expect(next.reply_to_message?.message_id).toBe(notice.message_id);
  });

  it('looks as the app wants it', async () => {
    const templates: TelegramModuleOptions['templates'] = {
      threadHistory: ({ threadId, messages, omitted }) =>
        html`${threadId} ${omitted} ${messages.map(({ author, text }) => html`${author}: ${text};`)}`,
      noHistory: ({ reason }) => html`Nothing: ${reason}`,
    };
    keepTwo(await start({ templates }));
    ada().reply(notice, '/history');
    const answer = await shows('t1 0 customer: Where is it?;agent: On its way;');
    expect(answer.entities).toHaveLength(1);
    ada().write('/history');
    expect((await shows('Nothing: no_thread')).reply_to_message).toBeDefined();
  });

  describe('says in words', () => {
    it.each([
      [
        'that the app knows no messages',
        undefined,
        'The app has no messages of this conversation.',
      ],
      ['that there are none', () => [], 'The app has no messages of this conversation.'],
    ])('%s', async (_what, answer, words) => {
      const transcripts = await start();
      transcripts.answer = answer;
      ada().reply(notice, '/history');
      expect((await shows(words)).reply_to_message).toBeDefined();
    });

    it('that no method is for the thread', async () => {
      await start();
      ada().reply(await write('other1', 'Hi'), '/history');
      expect(
        await shows('keeps no messages of this conversation that could be shown here.'),
      ).toBeDefined();
    });

    it('that the app has no method at all', async () => {
      const redis = place === 'Redis' ? { redis: inject('redisUrl') } : {};
      desk = await TestDesk.start({ emulator: { bots: [ownBot()] }, options: redis });
      ada().reply(await write('t1', 'Hi'), '/history');
      expect(
        await shows('keeps no messages of this conversation that could be shown here.'),
      ).toBeDefined();
    });

    it('how to ask when it belongs to no thread', async () => {
      await start();
      const words = 'write /history in its topic, or as a reply to a notice of it.';
      const asked = ada().write('/history 5');
      expect((await shows(words)).reply_to_message?.message_id).toBe(asked.message_id);
      const talk = desk.chat.agent('Grace').reply(asked, '/history');
      await vi.waitFor(() => {
        const answers = desk.chat.messages.filter(({ text }) => text?.endsWith(words));
        expect(answers.map((each) => each.reply_to_message?.message_id)).toEqual([
          asked.message_id,
          talk.message_id,
        ]);
      }, 20_000);
    });
  });

  it('of another bot is none of its business', async () => {
    const transcripts = await start();
    ada().reply(notice, '/history@other_bot');
    ada().reply(notice, '/history@other_bot 5');
    ada().reply(notice, 'Hello');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
    expect(transcripts.requests).toEqual([]);
    expect(desk.notices).toHaveLength(1);
  });

  it('of somebody who is no agent is not answered', async () => {
    const transcripts = await start({ agents: [1] });
    keepTwo(transcripts);
    ada().reply(notice, '/history');
    await shows('only registered agents can answer customers here.');
    expect(transcripts.requests).toEqual([]);
  });

  describe('of a method that fails says so, and the log says why once,', () => {
    it.each([
      ['throws', () => Promise.reject(new Error('no connection')), 'no connection'],
      ['returns no array', () => 'secret words', 'it returned a string of 12 characters instead'],
      ['returns no messages', () => ['secret words'], 'it is a string of 12 characters'],
      ['has no author', () => [{ text: 'secret words', sentAt: new Date() }], 'author must be'],
      [
        'has no time',
        () => [{ author: 'agent', text: 'secret words', sentAt: '2026' }],
        'sentAt must be a valid Date, got a string of 4 characters',
      ],
      [
        'has a name of another type',
        () => [{ author: 'agent', text: 'secret words', sentAt: new Date(), name: 5 }],
        'name must be a string, got a number',
      ],
      [
        'returns a megabyte',
        () => [{ author: 'agent', text: 'secret words'.repeat(87_382), sentAt: new Date() }],
        'it returned 1048584 characters for 1 messages, of 524288 at most',
      ],
    ])('when it %s', async (_what, answer, reason) => {
      const transcripts = await start();
      transcripts.answer = answer;
      ada().reply(notice, '/history');
      await shows('the log of the app says why.');
      ada().reply(notice, '/history');
      await write('t1', 'more');
      await vi.waitFor(() => expect(transcripts.requests).toHaveLength(2), 20_000);
      const lines = desk.log.with('error', 'The history of thread t1 is left out');
      expect(lines).toHaveLength(1);
      expect(lines[0]?.text).toContain('Transcripts.load() with @LoadHistory()');
      expect(lines[0]?.text).toContain(reason);
      expect(JSON.stringify(desk.log.lines)).not.toContain('secret');
    });

    it('when Telegram refuses the answer', async () => {
      keepTwo(await start());
      const description = "Bad Request: can't parse entities";
      desk.emulator.failNext('sendMessage', { kind: 'error', errorCode: 400, description }, 2);
      ada().reply(notice, '/history');
      expect((await shows('the log of the app says why.')).reply_to_message).toBeDefined();
    });
  });
});

describe('/history of a method that hangs', () => {
  it('holds up its own thread alone, for five seconds', async () => {
    const clock = new VirtualClock();
    const desk = await TestDesk.start({
      clock,
      emulator: { bots: [ownBot()] },
      providers: [ReplyLog, Transcripts],
    });
    onTestFinished(() => desk.stop());
    const shows = (text: string) =>
      desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi' });
    const notice = await shows('Hi');
    const transcripts = desk.app.get(Transcripts, { strict: false });
    transcripts.answer = () => new Promise(() => undefined);
    desk.chat.agent('Ada', { status: 'administrator' }).reply(notice, '/history');
    await vi.waitFor(() => expect(transcripts.requests).toHaveLength(1), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'behind it' });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'elsewhere' });
    await shows('elsewhere');
    expect(desk.notices.join()).not.toContain('behind it');
    await vi.waitFor(() => {
      clock.advance(500);
      expect(desk.notices.at(-1)).toContain('behind it');
    }, 20_000);
    expect(desk.notices.at(-2)).toContain('could not be loaded');
    expect(desk.log.with('error', 'no answer within 5000 ms')).toHaveLength(1);
  });
});

describe.each(['memory', 'Redis'] as const)('/history in a topic, with data in %s,', (place) => {
  it('is answered there, whatever it replies to', async () => {
    const desk = await startTopicDesk(place, {
      webhook: true,
      providers: [ReplyLog, Transcripts],
    });
    onTestFinished(() => desk.stop());
    const transcripts = desk.app.get(Transcripts, { strict: false });
    transcripts.add('t1', { text: 'Where is it?', name: 'Ada' });
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: 'Parcel',
      text: 'Where is it?',
    });
    const [card] = await vi.waitUntil(() => {
      const posted = desk.chat.topics[0]?.messages.filter(({ text }) => text?.includes('Where'));
      return posted?.length ? posted : undefined;
    }, 20_000);
    const topicId = desk.chat.topics[0]?.id;
    const agent = desk.chat.agent('Bob', { status: 'administrator' });
    const asked = agent.write('/history', { message_thread_id: topicId });
    const answer = await desk.chat.waitForMessage(
      ({ text }) => text?.endsWith(ADA) === true,
      20_000,
    );
    expect(answer).toMatchObject({ message_thread_id: topicId, is_topic_message: true });
    expect(answer.reply_to_message?.message_id).toBe(asked.message_id);
    if (card) agent.reply(card, '/history 1');
    await vi.waitFor(() => expect(transcripts.requests).toHaveLength(2), 20_000);
    // In General there is no thread.
    agent.write('/history');
    const hint = await desk.chat.waitForMessage(
      ({ text }) => text?.endsWith('as a reply to a notice of it.') === true,
      20_000,
    );
    expect(hint.is_topic_message).toBeUndefined();
  });
});
