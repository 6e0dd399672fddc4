import { Injectable, NotFoundException } from '@nestjs/common';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { OnThreadReply, type OnThreadReplyOptions, type ThreadReply } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

type Threads = OnThreadReplyOptions['threads'];

describe.each(['memory', 'Redis'])('A handler with "threads", with replies in %s,', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  const taken: string[] = [];

  /** Features of one app, each with the threads that it wants. */
  async function start(features: Readonly<Record<string, Threads>>, attempts = 1): Promise<void> {
    taken.length = 0;
    const providers = Object.entries(features).map(([name, threads]) => {
      @Injectable()
      class Feature {
        @OnThreadReply({ threads })
        take({ threadId }: ThreadReply): void {
          taken.push(`${name} ${threadId}`);
        }
      }
      Object.defineProperty(Feature, 'name', { value: name });
      return Feature;
    });
    desk = await TestDesk.start({
      providers,
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      options: { replies: { attempts }, ...(place === 'Redis' && { redis: inject('redisUrl') }) },
    });
  }

  async function replyIn(threadId: string): Promise<Message> {
    await desk.telegram.notifyNewThread({ threadId, text: `This is ${threadId}` });
    const notice = await desk.chat.waitForMessage(
      ({ text }) => text?.endsWith(`This is ${threadId}`) === true,
    );
    return desk.chat.agent('Ada').reply(notice, 'Hello');
  }

  function noticeAbout(reply: Message): Promise<Message> {
    return desk.chat.waitForMessage(
      ({ from, reply_to_message: about }) =>
        from?.is_bot === true && about?.message_id === reply.message_id,
    );
  }

  it('gets the replies of its threads, and no others', async () => {
    await start({ Billing: /^billing-/, Orders: (id) => id.startsWith('orders-'), All: undefined });
    for (const threadId of ['billing-1', 'orders-1', 'other']) {
      const { message_id: id } = await replyIn(threadId);
      expect(await desk.chat.waitForReaction(id)).toEqual(['👍']);
    }
    expect(taken.toSorted()).toEqual([
      'All billing-1',
      'All orders-1',
      'All other',
      'Billing billing-1',
      'Orders orders-1',
    ]);
  });

  it.each<[string, RegExp]>([
    ['g', /billing-/g],
    ['y', /billing-/y],
    ['gy', /^billing-/gy],
  ])('gets every matching reply when its pattern has the flag %s', async (_flag, pattern) => {
    pattern.lastIndex = 3;
    await start({ Billing: pattern });
    for (const threadId of ['billing-1', 'billing-2', 'billing-3']) {
      const { message_id: id } = await replyIn(threadId);
      expect(await desk.chat.waitForReaction(id)).toEqual(['👍']);
    }
    expect(taken).toEqual(['Billing billing-1', 'Billing billing-2', 'Billing billing-3']);
    expect(pattern.lastIndex).toBe(3);
  });

  it('makes a dead letter without a 👍 and notifies the agent when no handler takes the thread', async () => {
    await start({ Billing: /^billing-/, Orders: () => false }, 5);
    const reply = await replyIn('other');
    const reason = 'no handler of the app takes replies of this thread';
    expect((await noticeAbout(reply)).text).toContain(reason);
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    expect(taken).toEqual([]);
    await vi.waitFor(
      async () =>
        expect(await desk.telegram.deadLetters.list()).toMatchObject([
          { direction: 'inbound', threadId: 'other', reason, attempts: 1 },
        ]),
      20_000,
    );
  });

  it.each<[string, () => boolean, string]>([
    [
      'throws',
      () => {
        throw new NotFoundException('There is no such tenant');
      },
      'There is no such tenant',
    ],
    [
      'answers later',
      // @ts-expect-error The compiler refuses it, which JavaScript does not.
      () => Promise.resolve(false),
      'The function "threads" of RootTestModule/Broken.take has to return true or false',
    ],
  ])(
    'counts as failed when its function %s, while the others get the reply',
    async (_how, threads, words) => {
      await start({ Broken: threads, All: undefined });
      const reply = await replyIn('t1');
      expect((await noticeAbout(reply)).text).toContain(words);
      expect(taken).toEqual(['All t1']);
      expect(desk.chat.reactionsOn(reply.message_id)).toEqual([]);
      expect(desk.log.with('error', 'Broken.take failed on a reply in thread t1')).toHaveLength(1);
    },
  );

  it('is retried alone when it has failed, whichever threads the others take', async () => {
    let hasFailed = false;
    const throwsOnce = (): boolean => {
      if (hasFailed) return true;
      hasFailed = true;
      throw new Error('The database is away');
    };
    await start({ Orders: /^orders-/, All: undefined, Once: throwsOnce }, 5);
    const reply = await replyIn('t1');
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    expect(taken).toEqual(['All t1', 'Once t1']);
  });
});
