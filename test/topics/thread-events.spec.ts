import { Injectable, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import {
  OnThreadEvent,
  OnThreadReply,
  TelegramModule,
  type ThreadEvent,
  type ThreadReply,
} from '../../src/index.js';
import { HandlerRegistry } from '../../src/events/handler-registry.js';
import { ReplyLog } from '../support/reply-log.js';
import { EventLog, TopicDesk, type Place } from '../support/topic-desk.js';

const SLOW = { timeout: 20_000 };
const RATE = { rateLimit: { messages: 99, windowMs: 1_000 } };

/** Gets replies and notes, and says in which order. */
@Injectable()
class Journal {
  readonly lines: string[] = [];

  @OnThreadReply()
  async onReply({ text }: ThreadReply): Promise<void> {
    await Promise.resolve();
    this.lines.push(text);
  }

  @OnThreadEvent('noted')
  onNote({ text = '' }: ThreadEvent): void {
    this.lines.push(`note: ${text}`);
  }
}

/** Gets the events of some threads. */
@Injectable()
class Billing {
  readonly events: string[] = [];

  @OnThreadEvent('noted', { threads: /^billing-/ })
  @OnThreadEvent('closed', { threads: (id) => id.startsWith('billing-') })
  take({ type, threadId }: ThreadEvent): void {
    this.events.push(`${type} ${threadId}`);
  }
}

describe.each<Place>(['memory', 'Redis'])('A handler of thread events, in %s,', (place) => {
  let topics: TopicDesk;
  afterEach(() => topics.stop());

  const log = () => topics.desk.app.get(EventLog);
  const letters = () => topics.desk.telegram.deadLetters.list();

  it('gets the events of a thread in order with its replies', async () => {
    topics = await TopicDesk.start(place, { providers: [Journal], options: RATE });
    const topic = await topics.bind('t1');
    const texts = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? `// ${i}` : String(i)));
    for (const text of texts) topics.write(topic, text);
    const expected = texts.map((text) => text.replace('//', 'note:'));
    await vi.waitFor(() => expect(topics.desk.app.get(Journal).lines).toEqual(expected), SLOW);
  });

  it('gets those of its threads, and no others', async () => {
    topics = await TopicDesk.start(place, { providers: [ReplyLog, Billing], options: RATE });
    const [billing, other] = [await topics.bind('billing-1'), await topics.bind('other')];
    topics.write(other, '// not for you');
    topics.ada.closeTopic(other);
    topics.write(billing, '// for you');
    topics.ada.closeTopic(billing);
    const { events } = topics.desk.app.get(Billing);
    await vi.waitFor(() => expect(events).toEqual(['noted billing-1', 'closed billing-1']), SLOW);
    await topics.idle();
    expect(events).toHaveLength(2);
    expect(await letters()).toEqual([]);
  });

  it('that throws is called again, and gets a copy of its own', async () => {
    topics = await TopicDesk.start(place, { options: RATE });
    const topic = await topics.bind('t1');
    let calls = 0;
    log().before = (event) => {
      calls += 1;
      Object.assign(event, { text: `${event.text ?? ''} (call ${calls})` });
      if (calls === 1) throw new Error('no database');
    };
    topics.write(topic, '// once more');
    await vi.waitFor(() => expect(topics.events).toHaveLength(1), SLOW);
    expect(topics.events).toEqual([['noted', 't1', 'once more (call 2)']]);
    expect(topics.desk.log.with('error', 'failed on the event "noted" of thread t1')).toHaveLength(
      1,
    );
    expect(await letters()).toEqual([]);
  });

  it('that always throws makes a dead letter, which can be retried, and no notice', async () => {
    topics = await TopicDesk.start(place, { options: { ...RATE, replies: { attempts: 1 } } });
    const topic = await topics.bind('t1');
    log().before = () => {
      throw new Error('no database');
    };
    const note = topics.write(topic, '// remember');
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    const [letter] = await letters();
    expect(letter).toMatchObject({
      direction: 'inbound',
      threadId: 't1',
      text: 'remember',
      reason: 'no database',
      attempts: 1,
    });
    expect(topics.desk.log.with('error', 'became a dead letter')[0]?.text).toContain(
      'The event "noted" of thread t1 became a dead letter: no database',
    );
    await topics.idle();
    expect(topics.hints).toEqual([]);
    expect(topics.desk.chat.reactionsOn(note.message_id)).toEqual([]);
    log().before = () => undefined;
    expect(await topics.desk.telegram.deadLetters.retry(letter?.id ?? '')).toBe(true);
    await vi.waitFor(() => expect(topics.events).toEqual([['noted', 't1', 'remember']]), SLOW);
  });

  it('is missed by nobody when the app has none', async () => {
    topics = await TopicDesk.start(place, { providers: [ReplyLog], options: RATE });
    const topic = await topics.bind('t1');
    topics.write(topic, '// remember');
    topics.ada.closeTopic(topic);
    const reply = topics.write(topic, 'Bye');
    await topics.desk.chat.waitForReaction(reply.message_id, 20_000);
    expect(topics.replies).toEqual([['t1', 'Bye']]);
    expect(await letters()).toEqual([]);
    expect(topics.desk.log.with('error', '')).toEqual([]);
  });

  it('knows when a customer has reopened a thread, and that no agent has', async () => {
    topics = await TopicDesk.start(place, { options: { ...RATE, mode: 'replies' } });
    const write = async (text: string) => {
      await topics.desk.telegram.notifyUserMessage({ threadId: 't1', text });
      await topics.desk.chat.waitForMessage(({ text: shown }) => shown?.includes(text) === true);
    };
    await write('first');
    await topics.idle();
    expect(topics.events).toEqual([]);
    const status = async () => (await topics.threads.find('t1'))?.status;
    await vi.waitFor(async () => expect(await status()).toBe('waiting'), SLOW);
    await topics.threads.update('t1', { status: 'closed' });
    await write('second');
    await write('third');
    await vi.waitFor(() => expect(topics.events).toEqual([['reopened', 't1']]), SLOW);
    expect(log().events[0]).toMatchObject({ agent: null, desk: 'default' });
    await topics.idle();
    expect(topics.events).toHaveLength(1);
    expect(await status()).toBe('waiting');
  });
});

describe('Processes of one desk whose handlers of events differ', () => {
  let topics: TopicDesk;
  const stops: Array<() => Promise<void>> = [];
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await topics.stop();
  });

  /** A process without HTTP on the same desk. */
  async function startWorker<T>(provider: Type<T>): Promise<T> {
    const { emulator, chat } = topics.desk;
    const testing = await Test.createTestingModule({
      imports: [
        TelegramModule.forRoot({
          botToken: emulator.bot.token,
          adminChatId: chat.id,
          apiRoot: emulator.apiRoot,
          redis: inject('redisUrl'),
        }),
      ],
      providers: [provider],
    }).compile();
    const context = await testing.init();
    stops.push(() => context.close());
    return context.get(provider);
  }

  it('call their own handlers each', async () => {
    topics = await TopicDesk.start('Redis', { options: RATE });
    const topic = await topics.bind('t1');
    const journal = await startWorker(Journal);
    const registry = topics.desk.app.get(HandlerRegistry, { strict: false });
    await vi.waitFor(async () => {
      expect(await registry.published()).toContain('RootTestModule/Journal.onNote (noted)');
    }, SLOW);
    const notes = Array.from({ length: 10 }, (_, i) => `// ${i}`);
    for (const note of notes) topics.write(topic, note);
    const expected = notes.map((note) => note.replace('//', 'note:'));
    await vi.waitFor(() => {
      expect(journal.lines).toEqual(expected);
      expect(topics.events.map(([, , text]) => `note: ${text}`)).toEqual(expected);
    }, SLOW);
  });

  it('leave a reply to a process with reply handlers, which starts later', async () => {
    topics = await TopicDesk.start('Redis', { providers: [EventLog], options: RATE });
    const topic = await topics.bind('t1');
    topics.write(topic, '// internal');
    const reply = topics.write(topic, 'On its way');
    await vi.waitFor(() => expect(topics.events).toEqual([['noted', 't1', 'internal']]), SLOW);
    await topics.idle();
    expect(topics.hints).toEqual([
      [expect.stringContaining('Not delivered yet'), reply.message_id],
    ]);
    expect(await topics.desk.telegram.deadLetters.list()).toEqual([]);
    const journal = await startWorker(Journal);
    await vi.waitFor(() => expect(journal.lines).toEqual(['On its way']), SLOW);
  });
});
