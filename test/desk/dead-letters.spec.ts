import { Injectable, Module, type Provider } from '@nestjs/common';
import { LazyModuleLoader } from '@nestjs/core';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import {
  type DeadLetter,
  OnDeadLetter,
  OnThreadReply,
  TelegramService,
  type ThreadReply,
} from '../../src/index.js';
import { VirtualClock, type BotApiCall } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

@Injectable()
class Shop {
  readonly taken: string[] = [];
  readonly letters: DeadLetter[] = [];
  failing = true;

  @OnThreadReply()
  take({ text }: ThreadReply): Promise<void> {
    if (this.failing) return Promise.reject(new Error('The shop is closed'));
    this.taken.push(text);
    return Promise.resolve();
  }

  @OnDeadLetter()
  hear(letter: DeadLetter): Promise<void> {
    this.letters.push(letter);
    return Promise.reject(new Error('Nobody is hurt by this'));
  }
}

const REFUSED = {
  kind: 'error',
  errorCode: 400,
  description: 'Bad Request: BUTTON_DATA_INVALID',
} as const;

/** Hears of dead letters from the moment when its module is loaded. */
@Injectable()
class Pager {
  readonly letters: DeadLetter[] = [];

  @OnDeadLetter()
  page(letter: DeadLetter): void {
    this.letters.push(letter);
  }
}

/** Decides on each dead letter as soon as it hears of it. */
@Injectable()
class Decider {
  readonly decisions: Array<[count: number, found: boolean]> = [];

  constructor(private readonly telegram: TelegramService) {}

  @OnDeadLetter()
  async decide({ id }: DeadLetter): Promise<void> {
    const { deadLetters } = this.telegram;
    const count = await deadLetters.count();
    this.decisions.push([count, await deadLetters.discard(id)]);
  }
}

@Module({ providers: [Pager] })
class LazyModule {}

describe.each(['memory', 'Redis'])('Dead letters in %s', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(providers: Provider[] = []): Promise<Shop> {
    // Desks of other tests use the same Redis.
    const bots = [ownBot()];
    desk = await TestDesk.start({
      providers: [Shop, ...providers],
      emulator: { bots },
      options: {
        replies: { attempts: 1 },
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
      },
    });
    return desk.app.get(Shop);
  }

  async function notice(threadId: string, text: string): Promise<number> {
    await desk.telegram.notifyNewThread({ threadId, text });
    const posted = await desk.chat.waitForMessage(
      (message) => message.text?.includes(text) === true,
    );
    return posted.message_id;
  }

  /** Has Telegram take no notice with the text: what agents are told of other failures comes meanwhile. */
  function refuse(text: string): void {
    const when = ({ params }: BotApiCall) => String(params['text']).includes(text);
    // Once more without what old servers refuse.
    desk.emulator.failNext('sendMessage', REFUSED, { times: 2, when });
  }

  it('reach a handler whose module is loaded later', async () => {
    const shop = await start();
    const fail = async (text: string): Promise<void> => {
      const question = await notice(text, `Question ${text}`);
      desk.chat.agent('Ada').reply(question, text);
      await vi.waitFor(() => expect(shop.letters.at(-1)?.text).toBe(text), { timeout: 20_000 });
    };
    await fail('before');
    const pager = (await desk.app.get(LazyModuleLoader).load(() => LazyModule)).get(Pager);
    for (const text of ['one', 'two']) await fail(text);
    expect(pager.letters.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(shop.letters).toHaveLength(3);
  });

  it('hold replies that no handler could process, until they are retried', async () => {
    const shop = await start();
    desk.chat.agent('Ada').reply(await notice('t1', 'Help'), 'Hello');
    await vi.waitFor(() => expect(shop.letters).toHaveLength(1), 20_000);
    const [heard] = shop.letters;
    expect(heard).toMatchObject({
      direction: 'inbound',
      threadId: 't1',
      text: 'Hello',
      reason: 'The shop is closed',
    });
    const list = () => desk.telegram.deadLetters.list();
    await vi.waitFor(async () => expect(await list()).toMatchObject([{ id: heard?.id }]), 20_000);
    expect((await list())[0]?.diedAt.getTime()).toBeCloseTo(Date.now(), -5);

    shop.failing = false;
    expect(await desk.telegram.deadLetters.retry(heard?.id ?? '')).toBe(true);
    await vi.waitFor(() => expect(shop.taken).toEqual(['Hello']), 20_000);
    expect(await list()).toEqual([]);
    expect(await desk.telegram.deadLetters.retry(heard?.id ?? '')).toBe(false);
  });

  it('hold notices that Telegram refused, until they are discarded', async () => {
    const shop = await start();
    refuse('Help');
    await desk.telegram.notifyNewThread({ threadId: 't2', text: 'Help', messageId: 'm1' });
    await vi.waitFor(
      async () => expect(await desk.telegram.deadLetters.list()).toHaveLength(1),
      20_000,
    );
    const [letter] = await desk.telegram.deadLetters.list();
    expect(letter).toMatchObject({ direction: 'outbound', threadId: 't2', text: 'Help' });
    expect(letter?.reason).toContain('BUTTON_DATA_INVALID');
    await vi.waitFor(() => expect(shop.letters).toMatchObject([{ id: letter?.id }]), 20_000);
    expect(await desk.telegram.deadLetters.discard(letter?.id ?? '')).toBe(true);
    expect(await desk.telegram.deadLetters.list()).toEqual([]);
    expect(await desk.telegram.deadLetters.discard('outbound:nothing')).toBe(false);
    expect(await desk.telegram.deadLetters.discard('nonsense')).toBe(false);
  });

  it('are there for a method that decides on them at once, in both directions', async () => {
    await start([Decider]);
    const { decisions } = desk.app.get(Decider);
    const question = await notice('42', 'Where is my order?');
    desk.chat.agent('Ada').reply(question, 'On its way');
    await vi.waitFor(() => expect(decisions).toEqual([[1, true]]), 20_000);
    refuse('Hello?');
    await desk.telegram.notifyUserMessage({ threadId: '42', text: 'Hello?' });
    const both: unknown = [
      [1, true],
      [1, true],
    ];
    await vi.waitFor(() => expect(decisions).toEqual(both), 20_000);
    expect(await desk.telegram.deadLetters.count()).toBe(0);
  });

  it('are listed in pages across both directions, none twice and none left out', async () => {
    const shop = await start();
    const reply = await notice('t0', 'Help');
    for (let i = 0; i < 3; i += 1) {
      refuse(`refused ${i}`);
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, text: `refused ${i}` });
      await vi.waitFor(
        async () => expect(await desk.telegram.deadLetters.count()).toBe(2 * i + 1),
        20_000,
      );
      desk.chat.agent('Ada').reply(reply, `reply ${i}`);
      await vi.waitFor(
        async () => expect(await desk.telegram.deadLetters.count()).toBe(2 * i + 2),
        20_000,
      );
    }
    await vi.waitFor(() => expect(shop.letters).toHaveLength(6), 20_000);
    const all = await desk.telegram.deadLetters.list();
    for (const limit of [1, 2, 4, 6, 100]) {
      const ids: string[] = [];
      let page = await desk.telegram.deadLetters.list({ limit });
      while (page.length > 0) {
        ids.push(...page.map(({ id }) => id));
        page = await desk.telegram.deadLetters.list({ limit, after: page.at(-1) });
      }
      expect(ids).toEqual(all.map(({ id }) => id));
    }
    for (const limit of [0, -1, 1.5, Number.NaN]) {
      await expect(desk.telegram.deadLetters.list({ limit })).rejects.toThrow('limit must be');
    }
  });

  it('have a failing listener logged, without the text of the letter', async () => {
    const shop = await start();
    desk.chat.agent('Ada').reply(await notice('t3', 'Help'), 'Top secret');
    await vi.waitFor(() => expect(shop.letters).toHaveLength(1), 20_000);
    await vi.waitFor(() => expect(desk.log.with('error', 'Shop.hear')).toHaveLength(1), 20_000);
    expect(desk.log.with('error', 'Top secret')).toEqual([]);
  });
});

describe('A handler that never returns', () => {
  it('times out, and its reply is tried again', async () => {
    const clock = new VirtualClock();
    let calls = 0;
    @Injectable()
    class Stuck {
      @OnThreadReply()
      take(): Promise<void> {
        calls += 1;
        return calls === 1 ? new Promise(() => undefined) : Promise.resolve();
      }
    }
    const desk = await TestDesk.start({
      clock,
      providers: [Stuck],
      options: { replies: { timeoutMs: 5_000 } },
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const posted = await desk.chat.waitForMessage(() => true);
    const reply = desk.chat.agent('Ada').reply(posted, 'Hello');
    await vi.waitFor(() => expect(calls).toBe(1), 20_000);
    clock.advance(4_999);
    expect(desk.log.with('error', 'did not return')).toEqual([]);
    clock.advance(1);
    await vi.waitFor(
      () =>
        expect(desk.log.with('error', 'Stuck.take did not return within 5000 ms')).toHaveLength(1),
      20_000,
    );
    await vi.waitFor(() => {
      clock.advanceToNext();
      expect(calls).toBe(2);
    }, 20_000);
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    await desk.stop();
  });
});
