import { afterEach, describe, expect, inject, it } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const OPTIONS = { rateLimit: { messages: 99, windowMs: 1_000 } };

describe.each([
  ['memory', 'replies'],
  ['memory', 'topics'],
  ['Redis', 'replies'],
  ['Redis', 'topics'],
] as const)('A message that answers an agent’s reply, in %s, with %s,', (store, mode) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(): Promise<void> {
    desk = await TestDesk.start({
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
      emulator: { bots: [ownBot()] },
      options: { ...OPTIONS, mode, ...(store === 'Redis' && { redis: inject('redisUrl') }) },
    });
  }

  const shown = (text: string): Promise<Message> =>
    desk.chat.waitForMessage((message) => (message.text ?? '').includes(text), 20_000);

  async function open(threadId: string): Promise<Message> {
    await desk.telegram.notifyNewThread({ threadId, text: `Hello of ${threadId}` });
    return shown(`Hello of ${threadId}`);
  }

  /** An agent's reply that the app has got. */
  async function answer(notice: Message, text: string) {
    const { message_id: messageId } = desk.chat
      .agent('Bob', { status: 'administrator' })
      .reply(notice, text);
    await desk.chat.waitForReaction(messageId, 20_000);
    return { chatId: desk.chat.id, messageId };
  }

  const write = (text: string, replyTo?: { chatId: number; messageId: number }) =>
    desk.telegram.notifyUserMessage({ threadId: 't1', text, ...(replyTo && { replyTo }) });

  const target = ({ reply_to_message: replied }: Message) => replied?.message_id;

  it('is a reply to it in Telegram, and what comes after goes on as ever', async () => {
    await start();
    const first = await open('t1');
    const reply = await answer(first, 'Which one?');
    await write('By the way');
    const other = await shown('By the way');
    await write('The red one', reply);
    const answered = await shown('The red one');
    expect([target(answered), answered.message_thread_id]).toEqual([
      reply.messageId,
      first.message_thread_id,
    ]);
    await write('Thanks');
    const last = await shown('Thanks');
    const chained = mode === 'replies';
    expect(target(other)).toBe(chained ? first.message_id : first.message_thread_id);
    expect(target(last)).toBe(chained ? answered.message_id : first.message_thread_id);
  });

  it('is a message of its own beside others that wait, and only its first part is the reply', async () => {
    await start();
    const reply = await answer(await open('t1'), 'Which one?');
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 500,
      description: 'Internal Server Error',
    });
    await Promise.all([
      write('Before'),
      write(`The red one ${'x '.repeat(3_000)}end`, reply),
      write('After'),
    ]);
    const [before, answered, rest, after] = [
      await shown('Before'),
      await shown('The red one'),
      await shown('x end'),
      await shown('After'),
    ];
    expect(target(answered)).toBe(reply.messageId);
    for (const message of [before, rest, after]) expect(target(message)).not.toBe(reply.messageId);
  });

  it('comes without it when the reply is gone, of another thread, or in another chat', async () => {
    await start();
    const reply = await answer(await open('t1'), 'Which one?');
    const foreign = await answer(await open('t2'), 'For somebody else');
    desk.chat.agent('Bob', { status: 'administrator' }).delete(reply.messageId);
    await write('To what is gone', reply);
    await write('To another thread', foreign);
    await write('To another chat', { chatId: -100, messageId: foreign.messageId });
    for (const text of ['To what is gone', 'To another thread', 'To another chat']) {
      const message = await shown(text);
      expect([reply.messageId, foreign.messageId]).not.toContain(target(message));
    }
  });

  it.each([[5], ['5'], [{}], [{ chatId: 1 }], [{ chatId: 1, messageId: 0 }], [[]]])(
    'is refused when it names no message: %j',
    async (replyTo) => {
      await start();
      for (const method of ['notifyNewThread', 'notifyUserMessage'] as const) {
        const argument = { threadId: 't1', text: 'Hello', replyTo };
        const call: unknown = Reflect.apply(desk.telegram[method], desk.telegram, [argument]);
        await expect(call).rejects.toBeInstanceOf(TelegramArgumentError);
        await expect(call).rejects.toMatchObject({ method, fields: ['replyTo'] });
      }
    },
  );
});
