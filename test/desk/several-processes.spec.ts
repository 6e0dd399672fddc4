import {
  type INestApplicationContext,
  Injectable,
  Module,
  type ModuleMetadata,
  type Provider,
} from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import {
  OnThreadReply,
  TelegramModule,
  TelegramService,
  type TelegramModuleOptions,
  type ThreadReply,
} from '../../src/index.js';
import { SystemClock, type Message } from '../../src/testing/index.js';
import type { DeliveryProgress } from '../../src/events/delivery-progress.interface.js';
import { LogCapture } from '../support/log-capture.js';
import { ownBot } from '../support/own-bot.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

const HOUR_MS = 3_600_000;
const SLOW = { timeout: 20_000 };

/** A handler that the app has not. */
@Injectable()
class Audit {
  readonly texts: string[] = [];
  trouble: () => void = () => undefined;

  @OnThreadReply()
  record({ text }: ThreadReply): void {
    this.trouble();
    this.texts.push(text);
  }
}

/** What a test reads of a job in Redis. */
interface WaitingJob {
  readonly progress: Pick<DeliveryProgress, 'failures' | 'handedOn'>;
  readonly delay?: { readonly ms: number };
}

/** A wall clock that a test sets; its durations are real. */
class SteppedClock extends SystemClock {
  constructor(public nowMs: number) {
    super();
  }

  override now(): number {
    return this.nowMs;
  }
}

/** A module with a class of the name `SupportListener`, whose code is its own. */
function supportModule(name: string, texts: string[]): new () => object {
  @Injectable()
  class SupportListener {
    @OnThreadReply()
    onReply({ text }: ThreadReply): void {
      texts.push(text);
    }
  }
  @Module({ providers: [SupportListener] })
  class NamedModule {}
  return Object.defineProperty(NamedModule, 'name', { value: name });
}

describe('Processes of one desk whose handlers differ', () => {
  const contexts: INestApplicationContext[] = [];
  let redis: Redis;
  let desk: TestDesk;
  let question: Message;

  beforeAll(() => {
    redis = new Redis(inject('redisUrl'));
  });
  afterAll(() => redis.disconnect());
  afterEach(async () => {
    await Promise.all(contexts.splice(0).map((context) => context.close()));
    await desk.stop();
  });

  /** An app with HTTP, which has the webhook. */
  async function startApp(
    options: Partial<TelegramModuleOptions> = {},
    { providers, imports = [] }: Pick<TestDeskOptions, 'providers' | 'imports'> = {},
  ) {
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { redis: inject('redisUrl'), ...options },
      ...(providers && { providers }),
      imports,
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    question = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
  }

  /** A process without HTTP on the same desk. */
  async function startWorker(
    providers: Provider[],
    options: Partial<TelegramModuleOptions> = {},
    log = new LogCapture(),
    imports: NonNullable<ModuleMetadata['imports']> = [],
  ): Promise<INestApplicationContext> {
    const { emulator, chat } = desk;
    const base = { botToken: emulator.bot.token, adminChatId: chat.id, apiRoot: emulator.apiRoot };
    const testing = Test.createTestingModule({
      imports: [
        TelegramModule.forRoot({ ...base, redis: inject('redisUrl'), ...options }),
        ...imports,
      ],
      providers,
    }).setLogger(log);
    const context = await (await testing.compile()).init();
    contexts.push(context);
    return context;
  }

  const handlersKey = () => `tg:{${desk.emulator.bot.id}:${desk.chat.id}}:handlers`;

  /** The reply of the thread that is first, as it stands in Redis. */
  async function firstJob(): Promise<WaitingJob> {
    const inbox = `tg:{${desk.emulator.bot.id}:${desk.chat.id}}:inbox:jobs:thread:t1`;
    const [text] = await redis.lrange(inbox, 0, 0);
    return JSON.parse(text ?? '{ "progress": { "failures": {} } }');
  }

  async function isKnown(handler: string): Promise<void> {
    await vi.waitFor(async () => {
      expect(await redis.zrange(handlersKey(), '0', '-1')).toContain(handler);
    }, SLOW);
  }

  function replyOf(text: string): Message {
    return desk.chat.agent('Ada').reply(question, text);
  }

  const numbers = Array.from({ length: 20 }, (_, i) => `reply ${i}`);
  const textsOf = (replies: readonly ThreadReply[]) => replies.map(({ text }) => text);

  it.each([
    ['has no handlers', [], {}],
    ['only sends, with replies: false', [Audit], { replies: false }],
  ] as const)(
    'leave the replies to those that have them when one %s',
    async (_n, list, options) => {
      await startApp();
      const worker = await startWorker([...list], options);
      for (const text of numbers) replyOf(text);
      await vi.waitFor(() => expect(textsOf(desk.replies.replies)).toEqual(numbers), SLOW);
      expect(await desk.telegram.deadLetters.list()).toEqual([]);
      const { accepted } = await worker
        .get(TelegramService)
        .notifyUserMessage({ threadId: 't1', text: 'from the worker' });
      expect(accepted).toBe(true);
      await desk.chat.waitForMessage(({ text }) => text?.includes('from the worker') === true);
    },
  );

  it('call their own handlers each, and acknowledge a reply when all have handled it', async () => {
    await startApp();
    const worker = await startWorker([Audit]);
    const audit = worker.get(Audit);
    await isKnown('RootTestModule/Audit.record');
    const replies = numbers.map((text) => replyOf(text));
    await vi.waitFor(
      () => {
        expect(textsOf(desk.replies.replies)).toEqual(numbers);
        expect(audit.texts).toEqual(numbers);
      },
      { timeout: 25_000 },
    );
    for (const { message_id: id } of replies) {
      expect(await desk.chat.waitForReaction(id)).toEqual(['👍']);
    }
  });

  it('call each of two handlers whose classes and methods have the same name in different modules', async () => {
    const [inApp, inWorker]: [string[], string[]] = [[], []];
    await startApp({}, { providers: [], imports: [supportModule('SupportModule', inApp)] });
    await startWorker([], {}, undefined, [supportModule('AuditModule', inWorker)]);
    await isKnown('SupportModule/SupportListener.onReply');
    await isKnown('AuditModule/SupportListener.onReply');
    const replies = numbers.map((text) => replyOf(text));
    for (const { message_id: id } of replies) {
      expect(await desk.chat.waitForReaction(id, 25_000)).toEqual(['👍']);
    }
    expect(inApp).toEqual(numbers);
    expect(inWorker).toEqual(numbers);
  });

  it('acknowledge nothing before the last handler has handled it', async () => {
    await startApp();
    const worker = await startWorker([Audit], { replies: { attempts: 5 } });
    const audit = worker.get(Audit);
    await isKnown('RootTestModule/Audit.record');
    let isClosed = true;
    audit.trouble = () => {
      if (isClosed) throw new Error('closed');
    };
    const reply = replyOf('Hello');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), SLOW);
    await vi.waitFor(async () => {
      const { failures } = (await firstJob()).progress;
      expect(failures['RootTestModule/Audit.record']?.reason).toContain('closed');
    }, SLOW);
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    isClosed = false;
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(audit.texts).toEqual(['Hello']);
    expect(desk.replies.replies).toHaveLength(1);
  });

  it('pass a reply on to other handlers while one that has failed waits for its next attempt', async () => {
    await startApp({}, { providers: [Audit] });
    const audit = desk.app.get(Audit);
    const first = await startWorker([ReplyLog]);
    await isKnown('RootTestModule/ReplyLog.take');
    await first.close();
    let calls = 0;
    audit.trouble = () => {
      calls += 1;
      if (calls === 1) throw new Error('closed');
    };
    const reply = replyOf('Hello');
    const delayed = await vi.waitFor(async () => {
      const job = await firstJob();
      expect(job).toMatchObject({ delay: { ms: expect.any(Number) } });
      return job;
    }, SLOW);
    expect(delayed.progress.failures['RootTestModule/Audit.record']?.times).toBe(1);
    // The next attempt of the handler is a second later, and its job is not held back for that.
    expect(delayed.delay?.ms).toBeLessThanOrEqual(500);
    // Its waits together last a second.
    await vi.waitFor(() => expect(audit.texts).toEqual(['Hello']), SLOW);
    expect((await firstJob()).progress.handedOn).toBeGreaterThan(10);
    const second = await startWorker([ReplyLog]);
    const log = second.get(ReplyLog);
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(textsOf(log.replies)).toEqual(['Hello']);
    expect(calls).toBe(2);
  });

  it('give a reply up only when each handler has had its attempts, and notify the agent why', async () => {
    await startApp({ replies: { attempts: 2 } });
    const worker = await startWorker([Audit], { replies: { attempts: 2 } });
    const audit = worker.get(Audit);
    await isKnown('RootTestModule/Audit.record');
    audit.trouble = () => {
      throw new Error('The audit is full');
    };
    replyOf('Hello');
    const failure = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('did not reach') === true,
      15_000,
    );
    expect(failure.text).toContain('The audit is full');
    expect(textsOf(desk.replies.replies)).toEqual(['Hello']);
    // A retry calls only the one that has not taken it.
    audit.trouble = () => undefined;
    await vi.waitFor(
      async () => expect(await desk.telegram.deadLetters.list()).toHaveLength(1),
      20_000,
    );
    const [letter] = await desk.telegram.deadLetters.list();
    await desk.telegram.deadLetters.retry(letter?.id ?? '');
    await vi.waitFor(() => expect(audit.texts).toEqual(['Hello']), SLOW);
    expect(textsOf(desk.replies.replies)).toEqual(['Hello']);
  });

  it('wait for a process that restarts, and not for a handler that a deployment has removed', async () => {
    await startApp();
    const first = await startWorker([Audit]);
    await isKnown('RootTestModule/Audit.record');
    await first.close();
    const waits = replyOf('while it starts again');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), SLOW);
    expect(desk.chat.reactionsOn(waits.message_id)).toEqual([]);
    const second = await startWorker([Audit]);
    expect(await desk.chat.waitForReaction(waits.message_id, 20_000)).toEqual(['👍']);
    expect(second.get(Audit).texts).toEqual(['while it starts again']);
    expect(desk.replies.replies).toHaveLength(1);
    await second.close();
    const removed = replyOf('after the deploy');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(2), SLOW);
    // As if its time were over.
    await redis.zrem(handlersKey(), 'RootTestModule/Audit.record');
    expect(await desk.chat.waitForReaction(removed.message_id, 20_000)).toEqual(['👍']);
    expect(desk.replies.replies).toHaveLength(2);
  });

  it('log at boot which handlers differ', async () => {
    await startApp();
    await isKnown('RootTestModule/ReplyLog.take');
    const [withOther, without] = [new LogCapture(), new LogCapture()];
    await startWorker([Audit], {}, withOther);
    await vi.waitFor(() => {
      expect(
        withOther.with('warn', 'that this one lacks: RootTestModule/ReplyLog.take'),
      ).toHaveLength(1);
      expect(
        withOther.with('log', 'no other process of this desk has: RootTestModule/Audit.record'),
      ).toHaveLength(1);
    }, SLOW);
    await startWorker([], {}, without);
    await vi.waitFor(() => {
      expect(without.with('log', 'handles no replies')[0]?.text).toContain(
        'RootTestModule/ReplyLog.take',
      );
    }, SLOW);
  });

  it('notify the agent once when none of them has a handler, and lose no reply', async () => {
    await startApp({}, { providers: [] });
    for (const text of ['one', 'two']) replyOf(text);
    await desk.chat.waitForMessage(({ text }) => text?.includes('Not delivered yet') === true);
    await desk.emulator.idle();
    expect(desk.notices.filter((text) => text.includes('Not delivered yet'))).toHaveLength(1);
    expect(await desk.telegram.deadLetters.list()).toEqual([]);
    const worker = await startWorker([Audit]);
    await vi.waitFor(() => expect(worker.get(Audit).texts).toEqual(['one', 'two']), SLOW);
  });
});

it.each([
  ['the hour is full', 60_000],
  ['its clock is set forward', 2 * HOUR_MS],
  ['its clock is set back', -2 * HOUR_MS],
])(
  'A process without handlers notifies an agent once that replies wait when %s',
  async (_n, stepMs) => {
    // A minute before the full hour.
    const clock = new SteppedClock((Math.floor(Date.now() / HOUR_MS) + 1) * HOUR_MS - 30_000);
    const desk = await TestDesk.start({
      emulator: { bots: [ownBot()], clock: new SystemClock() },
      clock,
      providers: [],
      options: { redis: inject('redisUrl') },
    });
    const waits = () => desk.notices.filter((text) => text.includes('Not delivered yet'));
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const question = await desk.chat.waitForMessage(() => true);
    desk.chat.agent('Ada').reply(question, 'one');
    await vi.waitFor(() => expect(waits()).toHaveLength(1), SLOW);
    clock.nowMs += stepMs;
    desk.chat.agent('Ada').reply(question, 'two');
    await desk.emulator.idle();
    // A notice that is less urgent goes out after the words.
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'behind' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('behind') === true);
    expect(waits()).toHaveLength(1);
    await desk.stop();
  },
);

describe.each(['memory', 'Redis'])(
  'A handler of a module that is loaded later, in %s,',
  (place) => {
    it('is called for the next reply', async () => {
      @Module({ providers: [Audit] })
      class LazyModule {}
      const desk = await TestDesk.start({
        emulator: { bots: [ownBot()] },
        providers: [],
        options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
      });
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
      const question = await desk.chat.waitForMessage(() => true);
      const loaded = await desk.app.get(LazyModuleLoader).load(() => LazyModule);
      const reply = desk.chat.agent('Ada').reply(question, 'Hello');
      expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
      expect(loaded.get(Audit).texts).toEqual(['Hello']);
      await desk.stop();
    });
  },
);
