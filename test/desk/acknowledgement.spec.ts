import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import type { EmulatorFault, Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const FAULTS: ReadonlyArray<readonly [string, EmulatorFault]> = [
  ['500', { kind: 'error', errorCode: 500, description: 'Internal Server Error' }],
  ['502', { kind: 'html', status: 502 }],
  ['a cut connection', { kind: 'cut', perform: false }],
  ['half an answer', { kind: 'truncate', perform: false }],
  ['no answer', { kind: 'hang' }],
  ['429', { kind: 'flood', retryAfterSeconds: 1 }],
  ['409', { kind: 'error', errorCode: 409, description: 'Conflict' }],
];

describe.each(['memory', 'Redis'])('An acknowledgement, with replies in %s,', (place) => {
  let desk: TestDesk;
  let question: Message;
  afterEach(() => desk.stop());

  async function start(): Promise<void> {
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: {
        requestTimeoutMs: 500,
        ...(place === 'Redis' && { redis: inject('redisUrl') }),
      },
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    question = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
  }

  it.each(FAULTS)('is shown in the end when Telegram answers with %s', async (_name, fault) => {
    await start();
    desk.emulator.failNext('setMessageReaction', fault);
    const reply = desk.chat.agent('Ada').reply(question, 'Hello');
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    expect(desk.replies.replies).toHaveLength(1);
  });

  it('delays no further reply of the thread while it is retried', async () => {
    await start();
    const fault = { kind: 'error', errorCode: 500, description: 'Internal Server Error' } as const;
    const end = desk.emulator.failShare(1, fault, 'setMessageReaction');
    for (const text of ['one', 'two', 'three']) desk.chat.agent('Ada').reply(question, text);
    await vi.waitFor(
      () => expect(desk.replies.replies.map(({ text }) => text)).toEqual(['one', 'two', 'three']),
      { timeout: 20_000 },
    );
    end();
    const [, , , third] = desk.chat.messages;
    expect(await desk.chat.waitForReaction(third?.message_id ?? 0, 20_000)).toEqual(['👍']);
  });

  it('is another emoji when the chat does not allow 👍', async () => {
    await start();
    // 👌 closes a thread.
    desk.chat.allowReactions(['👎', '👌', '🔥', '🎉']);
    for (const text of ['one', 'two']) {
      const reply = desk.chat.agent('Ada').reply(question, text);
      expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['🔥']);
    }
    expect(desk.emulator.callsOf('getChat').length).toBeLessThan(3);
    expect(desk.log.with('warn', 'REACTION_INVALID')).toEqual([]);
  });

  it.each([
    ['no reactions', []],
    ['only reactions that agents would take for a failure', ['👎', '💩', '🤮']],
  ] as const)('is one text, once, in a chat that allows %s', async (_name, allowed) => {
    await start();
    desk.chat.allowReactions(allowed);
    const replies = ['one', 'two', 'three'].map((text) =>
      desk.chat.agent('Ada').reply(question, text),
    );
    await desk.chat.waitForMessage(({ text }) => text?.includes('allows no') === true);
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(3), 20_000);
    await desk.emulator.idle();
    expect(desk.notices.filter((text) => text.includes('allows no'))).toHaveLength(1);
    for (const { message_id: id } of replies) expect(desk.chat.reactionsOn(id)).toEqual([]);
    expect(desk.log.with('warn', 'REACTION_INVALID')).toEqual([]);
  });

  it('is given up silently when the message is gone', async () => {
    await start();
    const description = 'Bad Request: message to react not found';
    desk.emulator.failNext('setMessageReaction', { kind: 'error', errorCode: 400, description });
    desk.chat.agent('Ada').reply(question, 'Hello');
    await vi.waitFor(
      () => expect(desk.emulator.callsOf('setMessageReaction')).toHaveLength(1),
      20_000,
    );
    const second = desk.chat.agent('Ada').reply(question, 'Again');
    expect(await desk.chat.waitForReaction(second.message_id)).toEqual(['👍']);
    expect(desk.log.with('warn', 'react')).toEqual([]);
  });
});
