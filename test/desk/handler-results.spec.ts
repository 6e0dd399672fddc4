import { Injectable } from '@nestjs/common';
import {
  concat,
  defer,
  EMPTY,
  map,
  NEVER,
  Observable,
  of,
  Subject,
  throwError,
  timer,
  type Subscriber,
} from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type DeadLetter, OnDeadLetter, OnThreadReply } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

/** Returns what the test says, whatever that is. */
@Injectable()
class Shop {
  result: () => unknown = () => undefined;
  letterResult: (letter: DeadLetter) => unknown = () => undefined;

  @OnThreadReply()
  take(): unknown {
    return this.result();
  }

  @OnDeadLetter()
  hear(letter: DeadLetter): unknown {
    return this.letterResult(letter);
  }
}

describe('What a handler returns', () => {
  let desk: TestDesk;
  let shop: Shop;
  afterEach(() => desk.stop());

  async function replyWith(result: () => unknown, replies = {}): Promise<Message> {
    desk = await TestDesk.start({
      providers: [Shop],
      options: { replies: { attempts: 1, ...replies } },
    });
    shop = desk.app.get(Shop);
    shop.result = result;
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    return desk.chat.agent('Ada').reply(notice, 'Hello');
  }

  function toldOfFailure(): Promise<Message> {
    return desk.chat.waitForMessage(({ text }) => text?.includes('did not reach') === true);
  }

  it.each<[string, (work: () => void) => unknown]>([
    ['a cold Observable', (work) => defer(() => of(work()))],
    ['a promise of a cold Observable', (work) => Promise.resolve(defer(() => of(work())))],
    ['an Observable that is done later', (work) => timer(20).pipe(map(work))],
    [
      'an Observable of several values',
      (work) =>
        concat(
          of(1, 2),
          defer(() => of(work())),
        ),
    ],
    [
      'an Observable without a value',
      (work) =>
        concat(
          defer(() => of(work())),
          EMPTY,
        ),
    ],
    ['an Observable of a promise', (work) => of(Promise.resolve().then(work))],
    ['an Observable of another copy of rxjs', (work) => foreignObservable(work)],
  ])('is subscribed and awaited when it is %s', async (_name, result) => {
    let calls = 0;
    const reply = await replyWith(() => result(() => (calls += 1)));
    await desk.chat.waitForReaction(reply.message_id);
    expect(calls).toBe(1);
  });

  it.each<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['an empty Observable', () => EMPTY],
    ['a promise of an empty Observable', () => Promise.resolve(EMPTY)],
    ['a value', () => ({ subscribe: true })],
  ])('is a success when it is %s', async (_name, result) => {
    const reply = await replyWith(result);
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
  });

  it.each<[string, () => unknown]>([
    ['fails', () => throwError(() => new Error('The shop is closed'))],
    [
      'fails after its values',
      () =>
        concat(
          of(1),
          throwError(() => new Error('The shop is closed')),
        ),
    ],
    [
      'fails later, in an async method',
      () =>
        Promise.resolve(
          timer(20).pipe(
            map(() => {
              throw new Error('The shop is closed');
            }),
          ),
        ),
    ],
    ['is of a promise that fails', () => of(Promise.reject(new Error('The shop is closed')))],
  ])('is a failure when it is an Observable that %s', async (_name, result) => {
    const reply = await replyWith(result);
    expect((await toldOfFailure()).text).toContain('The shop is closed');
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    await vi.waitFor(
      async () =>
        expect(await desk.telegram.deadLetters.list()).toMatchObject([
          { reason: 'The shop is closed' },
        ]),
      20_000,
    );
  });

  it('brings no 👍 before an Observable completes', async () => {
    const work = new Subject<void>();
    const reply = await replyWith(() => work);
    await vi.waitFor(() => expect(work.observed).toBe(true), 20_000);
    work.next();
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    work.complete();
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
  });

  it.each<[string, (endless: Observable<never>) => unknown]>([
    ['an Observable', (endless) => endless],
    ['a promise of an Observable', (endless) => Promise.resolve(endless)],
  ])('is unsubscribed when %s takes too long', async (_name, result) => {
    const subscribers: Array<Subscriber<never>> = [];
    const endless = new Observable<never>((subscriber) => {
      subscribers.push(subscriber);
    });
    await replyWith(() => result(endless), { timeoutMs: 200 });
    expect((await toldOfFailure()).text).toContain('Shop.take did not return within 200 ms');
    expect(subscribers).toHaveLength(1);
    expect(subscribers[0]?.closed).toBe(true);
  });

  it('is not subscribed when the promise of it resolves too late', async () => {
    let subscriptions = 0;
    const late = new Subject<Observable<never>>();
    const promise = new Promise((resolve) => late.subscribe(resolve));
    await replyWith(() => promise, { timeoutMs: 200 });
    await toldOfFailure();
    late.next(
      defer(() => {
        subscriptions += 1;
        return NEVER;
      }),
    );
    await promise;
    await new Promise((resolve) => setImmediate(resolve));
    expect(subscriptions).toBe(0);
  });

  it('is subscribed when a dead-letter handler returns it, and its error is logged', async () => {
    const heard: string[] = [];
    const failing = () => throwError(() => new Error('The shop is closed'));
    const reply = await replyWith(failing);
    shop.letterResult = ({ text }) =>
      concat(
        defer(() => of(heard.push(text))),
        throwError(() => new Error('The pager is off')),
      );
    await vi.waitFor(() => expect(heard).toEqual(['Hello']), 20_000);
    await vi.waitFor(
      () => expect(desk.log.with('error', 'The pager is off')).toHaveLength(1),
      20_000,
    );
    expect(desk.log.with('error', 'Shop.hear failed on a dead letter')).toHaveLength(1);
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
  });
});

/** What isObservable() of rxjs takes for one, and no instance of its class. */
function foreignObservable(work: () => void): object {
  const subscribe = (subscriber: { next(value: unknown): void; complete(): void }) => {
    subscriber.next(work());
    subscriber.complete();
    return { unsubscribe: () => undefined };
  };
  const foreign: object = { subscribe, lift: () => foreign, [interopSymbol()]: () => foreign };
  return foreign;
}

/** Under which copies of rxjs know each other's Observables. */
function interopSymbol(): symbol | '@@observable' {
  const known: unknown = Reflect.get(Symbol, 'observable');
  return typeof known === 'symbol' ? known : '@@observable';
}
