import { afterEach, describe, expect, inject, it } from 'vitest';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

describe.each(['memory', 'Redis'])('The typing of a customer, with %s', (store) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(rateLimit = { messages: 20, windowMs: 60_000 }): Promise<void> {
    const redis = store === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      webhook: false,
      emulator: { bots: [ownBot()] },
      options: { ...redis, rateLimit },
    });
  }

  async function open(threadId: string): Promise<void> {
    await desk.telegram.notifyNewThread({ threadId, text: `Hi from ${threadId}` });
    await desk.chat.waitForMessage(({ text }) => text?.includes(`from ${threadId}`) === true);
    // The thread is known a moment after its notice is posted.
    while (!(await desk.telegram.findThread(threadId))) await new Promise(setImmediate);
  }

  const actions = () => desk.emulator.callsOf('sendChatAction').map(({ params }) => params);

  async function waitForActions(count: number): Promise<void> {
    while (actions().length < count) await new Promise(setImmediate);
  }

  it('is shown once in five seconds for each thread, and not for one that is not known', async () => {
    await start();
    await open('t1');
    await open('t2');
    expect(await desk.telegram.notifyTyping({ threadId: 't0' })).toMatchObject({ accepted: true });
    for (const threadId of ['t1', 't1', 't1', 't2']) await desk.telegram.notifyTyping({ threadId });
    await waitForActions(2);
    expect(actions()).toEqual([
      { chat_id: desk.chat.id, action: 'typing' },
      { chat_id: desk.chat.id, action: 'typing' },
    ]);
  });

  it('is dropped when the rate limit is short', async () => {
    await start({ messages: 1, windowMs: 60_000 });
    await open('t1');
    await desk.telegram.notifyTyping({ threadId: 't1' });
    await desk.telegram.notifyTyping({ threadId: 't1' });
    await desk.telegram.findThread('t1');
    expect(actions()).toEqual([]);
  });

  it('is refused when the thread is no id', async () => {
    await start();
    await expect(desk.telegram.notifyTyping({ threadId: '' })).rejects.toThrow(
      'threadId must be a string of 1 to 256 characters',
    );
  });
});
