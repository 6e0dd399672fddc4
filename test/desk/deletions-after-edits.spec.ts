import { afterEach, describe, expect, inject, it } from 'vitest';
import type { TelegramModuleOptions } from '../../src/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const THREAD = { threadId: 't1', messageId: 'm1' };
const REFUSAL = { kind: 'error', errorCode: 400 } as const;

describe.each(['memory', 'Redis'])('A deletion after edits, with %s', (store) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(deletes: TelegramModuleOptions['deletes']): Promise<void> {
    const redis = store === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { ...redis, deletes },
    });
  }

  const shown = (text: string) =>
    desk.chat.waitForMessage((message) => (message.text ?? message.caption ?? '').includes(text));

  /** A message whose first text is below a file, and whose two later ones were posted below that. */
  async function writeAndEditTwice(): Promise<void> {
    const attachments = [{ data: Buffer.from('%PDF-1.7 x'), name: 'a.pdf' }];
    await desk.telegram.notifyUserMessage({ ...THREAD, text: 'My IBAN is DE123', attachments });
    await shown('DE123');
    await desk.telegram.notifyMessageEdited({ ...THREAD, text: `second ${'x'.repeat(1_500)}` });
    await shown('second');
    await desk.telegram.notifyMessageEdited({ ...THREAD, text: `third ${'y'.repeat(5_000)}` });
    await shown('edited (2/2)');
  }

  /** The texts that are shown without being struck through. */
  const readable = () =>
    desk.chat.messages.filter(({ entities, caption_entities: ofCaption }) =>
      (entities ?? ofCaption ?? []).every(({ type }) => type !== 'strikethrough'),
    );

  async function settle(): Promise<void> {
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'later' });
    await shown('later');
  }

  it('strikes through all that the message has shown', async () => {
    await start('strike');
    await writeAndEditTwice();
    await desk.telegram.notifyMessageDeleted(THREAD);
    await settle();
    expect(readable().map(({ text }) => text)).toEqual([expect.stringContaining('later')]);
    expect(desk.chat.messages).toHaveLength(5);
  });

  it('removes all that the message has shown', async () => {
    await start('remove');
    await writeAndEditTwice();
    await desk.telegram.notifyMessageDeleted(THREAD);
    await settle();
    expect(desk.notices).toEqual([expect.stringContaining('later')]);
  });

  it('goes on when Telegram refuses one of them, and says that then', async () => {
    await start('strike');
    await writeAndEditTwice();
    const description = "Bad Request: message can't be edited";
    for (let attempt = 0; attempt < 4; attempt += 1) {
      desk.emulator.failNext('editMessageCaption', { ...REFUSAL, description });
    }
    await desk.telegram.notifyMessageDeleted(THREAD);
    const told = await shown('🗑');
    expect(told.reply_to_message?.caption).toContain('DE123');
    expect(readable().map((message) => message.caption ?? message.text)).toEqual([
      expect.stringContaining('DE123'),
      told.text,
    ]);
  });

  it('goes on without those that an agent has removed', async () => {
    await start('strike');
    await writeAndEditTwice();
    const [first] = desk.chat.messages;
    await desk.telegram.api.call('deleteMessage', {
      chat_id: desk.chat.id,
      message_id: first?.message_id ?? 0,
    });
    await desk.telegram.notifyMessageDeleted(THREAD);
    await settle();
    expect(readable().map(({ text }) => text)).toEqual([expect.stringContaining('later')]);
    expect(desk.chat.messages).toHaveLength(4);
  });

  it('leaves what an edit has changed as it was before, but for the newest notice', async () => {
    await start('strike');
    await writeAndEditTwice();
    await desk.telegram.notifyMessageEdited({ ...THREAD, text: `fourth ${'z'.repeat(5_000)}` });
    await shown('fourth');
    expect(desk.chat.messages).toHaveLength(4);
    await shown('DE123');
    await shown('second');
  });
});
