import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { EmulatorFault } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { outboxOf } from './outbox-of.js';

const THREADS = ['t1', 't2', 't3'];

function refusal(errorCode: number, description: string): EmulatorFault {
  return { kind: 'error', errorCode, description };
}

describe.each(['memory', 'Redis'])('A notice that Telegram refuses, in %s', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(): Promise<void> {
    desk = await TestDesk.start({
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      webhook: false,
      options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
    });
  }

  const notify = (threadId: string, text = threadId) =>
    desk.telegram.notifyUserMessage({ threadId, text, messageId: text });
  const sends = () => desk.emulator.callsOf('sendMessage').map(({ params }) => params['text']);

  it.each([
    [400, 'Bad Request: Logged out', 'apiRoot'],
    [400, 'Bad Request: FROZEN_METHOD_INVALID', '@BotFather'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'right to send'],
    [400, 'Bad Request: CHANNEL_PRIVATE', 'Add the bot'],
    [401, 'Unauthorized', 'botToken'],
    [403, 'Forbidden: the group chat was deleted', 'Add the bot'],
    [404, 'Not Found', 'botToken'],
    [409, 'Conflict: terminated', 'until this is fixed'],
  ])(
    '%d %s makes all notices wait, and the log says once what to do',
    async (code, words, remedy) => {
      await start();
      desk.emulator.failNext('sendMessage', refusal(code, words), 2);
      for (const threadId of THREADS) await notify(threadId);
      await desk.chat.waitForMessage(({ text }) => text?.endsWith('t3') === true, 20_000);
      expect(desk.notices).toEqual(THREADS.map((threadId) => `💬 Customer\n${threadId}`));
      expect(await desk.telegram.deadLetters.list()).toEqual([]);
      expect(desk.log.with('error', words)).toHaveLength(1);
      expect(desk.log.with('error', remedy)).toHaveLength(1);
    },
  );

  it('with unknown words is tried again by itself, while other threads go on', async () => {
    await start();
    await notify('t0');
    await vi.waitFor(() => expect(sends()).toHaveLength(1), { timeout: 20_000 });
    desk.emulator.failNext('sendMessage', refusal(400, 'Bad Request: NEVER_HEARD_OF'), 2);
    outboxOf(desk).pause();
    for (const text of ['one', 'two']) await notify('t1', text);
    outboxOf(desk).resume();
    const attempts = () => sends().filter((text) => String(text).includes('one'));
    await vi.waitFor(() => expect(attempts()).toHaveLength(2), { timeout: 20_000 });
    await notify('t2');
    await vi.waitFor(() => expect(desk.notices).toHaveLength(4), { timeout: 20_000 });
    const shown = ['t0', 't2', 'one', 'two'].map((text) => `💬 Customer\n${text}`);
    expect(desk.notices).toEqual(shown);
    // Together, then the first alone, twice; the others are not held up.
    expect(attempts()).toHaveLength(3);
    expect(sends().filter((text) => /one.*two/s.test(String(text)))).toHaveLength(1);
    expect(await desk.telegram.deadLetters.list()).toEqual([]);
    expect(desk.log.with('warn', 'NEVER_HEARD_OF')).toHaveLength(1);
    expect(desk.log.with('error', 'NEVER_HEARD_OF')).toEqual([]);
  });

  it('because of its content becomes a dead letter at once, without a mark', async () => {
    await start();
    desk.emulator.failNext('sendMessage', refusal(400, 'Bad Request: ENTITIES_TOO_LONG'));
    for (const threadId of THREADS) await notify(threadId);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('t3') === true, 20_000);
    const [letter, ...others] = await desk.telegram.deadLetters.list();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ threadId: 't1' });
    await desk.telegram.deadLetters.retry(letter?.id ?? '');
    await desk.chat.waitForMessage(({ text }) => text?.endsWith('t1') === true, 20_000);
    expect(desk.notices.at(-1)).toBe('💬 Customer\nt1');
  });
});
