import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { OnThreadReply, type ThreadReply } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

const TIMEOUT_MS = 300;

/** Has a bad day with the thread `bad`. */
@Injectable()
class Shop {
  /** The texts of all calls, whatever became of them. */
  readonly calls: string[] = [];
  readonly taken: string[] = [];
  trouble: () => Promise<void> = () => Promise.resolve();

  @OnThreadReply()
  async take({ threadId, text }: ThreadReply): Promise<void> {
    this.calls.push(text);
    if (threadId === 'bad') await this.trouble();
    this.taken.push(text);
  }
}

describe.each(['memory', 'Redis'])('A handler, with replies in %s,', (place) => {
  let desk: TestDesk;
  let shop: Shop;
  const notices = new Map<string, Message>();
  afterEach(() => desk.stop());

  async function start(attempts: number): Promise<void> {
    // Desks of other tests use the same Redis.
    const bots = [ownBot()];
    desk = await TestDesk.start({
      providers: [Shop],
      emulator: { bots },
      options: {
        replies: { attempts, timeoutMs: TIMEOUT_MS },
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
      },
    });
    shop = desk.app.get(Shop);
    for (const threadId of ['bad', 'good']) {
      await desk.telegram.notifyNewThread({ threadId, text: `This is ${threadId}` });
      const fits = ({ text }: Message) => text?.endsWith(threadId) === true;
      notices.set(threadId, await desk.chat.waitForMessage(fits));
    }
  }

  function reply(threadId: string, text: string): Message {
    const notice = notices.get(threadId);
    if (!notice) throw new Error(`There is no notice of ${threadId}`);
    return desk.chat.agent('Ada').reply(notice, text);
  }

  it('that always throws makes a dead letter and notifies the agent, while other replies go on', async () => {
    await start(2);
    shop.trouble = () => Promise.reject(new Error('The shop is closed'));
    const lost = reply('bad', 'first');
    const failure = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('did not reach') === true,
      20_000,
    );
    expect(failure.text).toContain('The shop is closed');
    expect(failure.reply_to_message?.message_id).toBe(lost.message_id);
    expect(shop.calls).toEqual(['first', 'first']);
    const letters = () => desk.telegram.deadLetters.list();
    await vi.waitFor(
      async () => expect(await letters()).toMatchObject([{ threadId: 'bad', text: 'first' }]),
      20_000,
    );
    shop.trouble = () => Promise.resolve();
    reply('bad', 'second');
    reply('good', 'third');
    await vi.waitFor(() => expect(shop.taken.toSorted()).toEqual(['second', 'third']), {
      timeout: 20_000,
    });
    expect(desk.chat.reactionsOn(lost.message_id)).toEqual([]);
  });

  it('that never returns gets its reply again after the timeout', async () => {
    await start(5);
    shop.trouble = () => {
      shop.trouble = () => Promise.resolve();
      return new Promise(() => undefined);
    };
    const slow = reply('bad', 'slow');
    await vi.waitFor(
      () =>
        expect(desk.log.with('error', `did not return within ${TIMEOUT_MS} ms`)).toHaveLength(1),
      { timeout: 20_000 },
    );
    expect(await desk.chat.waitForReaction(slow.message_id)).toEqual(['👍']);
    expect(shop.calls).toEqual(['slow', 'slow']);
    expect(shop.taken).toEqual(['slow']);
  });
});
