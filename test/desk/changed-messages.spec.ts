import { afterEach, describe, expect, inject, it } from 'vitest';
import type { TelegramModuleOptions } from '../../src/index.js';
import { ownBot } from '../support/own-bot.js';
import { shownText } from '../support/shown-text.js';
import { TestDesk } from '../support/test-desk.js';
import { outboxOf } from './outbox-of.js';

const CARRIER = '\u200b';

describe.each(['memory', 'Redis'])('A change of a customer, with %s', (store) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(options: Partial<TelegramModuleOptions> = {}): Promise<void> {
    const redis = store === 'Redis' ? { redis: inject('redisUrl') } : {};
    desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { ...redis, ...options },
    });
  }

  const write = (messageId: string, text: string, threadId = 't1') =>
    desk.telegram.notifyUserMessage({ threadId, messageId, text, customer: { name: 'Ada' } });

  const edit = (messageId: string, text: string, threadId = 't1') =>
    desk.telegram.notifyMessageEdited({ threadId, messageId, text });

  const remove = (messageId: string, threadId = 't1') =>
    desk.telegram.notifyMessageDeleted({ threadId, messageId });

  const shown = (text: string) =>
    desk.chat.waitForMessage(
      ({ text: said, caption }) => shownText({ text: said ?? caption }) === text,
    );

  it('shows the new text in the notice, with a mark and the reference', async () => {
    await start();
    await write('m1', 'Where is <it>?');
    await shown('💬 Ada\nWhere is <it>?');
    expect(await edit('m1', 'Where is <b>it</b> & why?')).toMatchObject({ accepted: true });
    const notice = await shown('💬 Ada (edited)\nWhere is <b>it</b> & why?');
    expect(notice.entities).toMatchObject([
      { type: 'text_link', offset: 0, length: 1, url: expect.stringMatching(/^tg:\/\/thread\?r=/) },
      { type: 'bold' },
      { type: 'italic' },
      { type: 'blockquote', length: 25 },
    ]);
    expect(desk.emulator.callsOf('editMessageText')[0]?.params).toMatchObject({
      message_id: notice.message_id,
      link_preview_options: { is_disabled: true },
    });
    expect(desk.chat.messages).toHaveLength(1);
  });

  it('changes the card of a thread and leaves its header', async () => {
    await start();
    const thread = { threadId: 't1', messageId: 'm1', subject: 'Parcel', text: 'Where?' };
    await desk.telegram.notifyNewThread(thread);
    await shown('🆕 Parcel\n\nWhere?');
    await edit('m1', 'Where is it?');
    await shown('🆕 Parcel (edited)\n\nWhere is it?');
    await remove('m1');
    const card = await shown('🆕 Parcel (deleted by the customer)\n\nWhere is it?');
    expect(card.entities?.map(({ type }) => type)).toContain('strikethrough');
  });

  it('is made once when the app repeats it, and again after another one', async () => {
    await start();
    await write('m1', 'one');
    for (const text of ['two', 'two', 'three', 'two']) await edit('m1', text);
    await write('m2', 'later');
    await shown('💬 Ada\nlater');
    expect(desk.notices[0]).toBe('💬 Ada (edited)\ntwo');
    expect(desk.emulator.callsOf('editMessageText')).toHaveLength(3);
  });

  it('changes its part of a notice that shows several messages', async () => {
    await start();
    outboxOf(desk).pause();
    for (const id of ['a', 'b', 'c']) await write(id, `text ${id}`);
    outboxOf(desk).resume();
    await shown('💬 Ada\ntext a\n\ntext b\n\ntext c');
    await edit('b', 'new b');
    await shown('💬 Ada\ntext a\n\n(edited)\nnew b\n\ntext c');
    await remove('a');
    const notice = await shown(
      '💬 Ada (deleted by the customer)\ntext a\n\n(edited)\nnew b\n\ntext c',
    );
    expect(notice.entities?.filter(({ type }) => type === 'strikethrough')).toHaveLength(1);
  });

  it('changes those notices of a long message whose parts are others now', async () => {
    await start();
    const first = `${'a'.repeat(3_000)}\n`;
    await write('m1', `${first}${'b'.repeat(3_000)}`);
    await desk.chat.waitForMessage(({ text }) => text?.includes('(2/2)') === true);
    await edit('m1', `${first}${'c'.repeat(3_000)}`);
    await desk.chat.waitForMessage(({ text }) => text?.includes('ccc') === true);
    expect(desk.emulator.callsOf('editMessageText')).toHaveLength(1);
    expect(desk.chat.messages.map(({ text }) => text?.split('\n')[0])).toEqual([
      `${CARRIER}💬 Ada (1/2)`,
      `${CARRIER}💬 Ada (2/2) (edited)`,
    ]);
  });

  it('is told below when the new text needs more messages, and the next edit changes that', async () => {
    await start();
    await write('m1', 'short');
    const notice = await shown('💬 Ada\nshort');
    await edit('m1', `long ${'x'.repeat(5_000)}`);
    const told = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('✏️ Ada edited (1/2):\nlong xxx') === true,
    );
    expect(told.reply_to_message?.message_id).toBe(notice.message_id);
    await desk.chat.waitForMessage(({ text }) => text?.includes('edited (2/2)') === true);
    await edit('m1', `other ${'x'.repeat(5_000)}`);
    await desk.chat.waitForMessage(({ text }) => text?.includes('other xxx') === true);
    expect(desk.chat.messages).toHaveLength(3);
  });

  it('is told below when Telegram does not edit the notice', async () => {
    await start();
    await write('m1', 'one');
    const notice = await shown('💬 Ada\none');
    const refusal = { kind: 'error', errorCode: 400 } as const;
    const description = "Bad Request: message can't be edited";
    desk.emulator.failNext('editMessageText', { ...refusal, description });
    await edit('m1', 'two');
    const told = await shown('✏️ Ada edited:\ntwo');
    expect(told.reply_to_message?.message_id).toBe(notice.message_id);
    desk.emulator.failNext('editMessageText', { ...refusal, description });
    await remove('m1');
    const deletion = await shown('🗑 Ada has deleted a message.');
    expect(deletion.reply_to_message?.message_id).toBe(notice.message_id);
  });

  it('is told below when Telegram edits none of several notices, with room for one message at a time', async () => {
    await start({ rateLimit: { messages: 1, windowMs: 500 } });
    await write('m1', `${'x'.repeat(9_000)} end`);
    await desk.chat.waitForMessage(({ text }) => text?.endsWith(' end') === true, 20_000);
    const description = "Bad Request: message can't be edited";
    desk.emulator.failNext('editMessageText', { kind: 'error', errorCode: 400, description }, 99);
    const [first, ...others] = desk.chat.messages;
    await remove('m1');
    const told = await desk.chat.waitForMessage(
      (message) => shownText(message) === '🗑 Ada has deleted a message.',
      20_000,
    );
    expect(told.reply_to_message?.message_id).toBe(first?.message_id);
    expect(desk.emulator.callsOf('editMessageText')).toHaveLength(1 + others.length);
  });

  it('is told in its thread when the notice is gone', async () => {
    await start();
    await write('m1', 'one');
    const notice = await shown('💬 Ada\none');
    await desk.telegram.api.call('deleteMessage', {
      chat_id: desk.chat.id,
      message_id: notice.message_id,
    });
    await edit('m1', 'two');
    const told = await shown('✏️ Ada edited:\ntwo');
    expect(told.reply_to_message).toBeUndefined();
  });

  it('is told when the message is not known, and nothing when there is nothing to delete', async () => {
    await start();
    await edit('m1', 'two');
    await shown('✏️ Customer edited:\ntwo');
    await remove('m7', 't2');
    await write('m8', 'later', 't2');
    await shown('💬 Ada\nlater');
    expect(desk.chat.messages).toHaveLength(2);
  });

  it('shows nothing of a text that is deleted before it is posted', async () => {
    await start();
    outboxOf(desk).pause();
    await write('m0', 'first');
    await write('m1', 'zebra');
    await remove('m1');
    outboxOf(desk).resume();
    await shown('💬 Ada\nfirst\n\n(deleted by the customer)');
    const posted = desk.emulator.calls.filter(({ status }) => status === 200);
    expect(JSON.stringify(posted)).not.toContain('zebra');
  });

  it('waits while Telegram is away, and costs nothing when it is made already', async () => {
    await start();
    await write('m1', 'one');
    await shown('💬 Ada\none');
    desk.emulator.failNext('editMessageText', {
      kind: 'error',
      errorCode: 502,
      description: 'Bad Gateway',
    });
    desk.emulator.failNext('editMessageText', { kind: 'flood', retryAfterSeconds: 1 });
    await edit('m1', 'two');
    await write('m2', 'later');
    await shown('💬 Ada\nlater');
    expect(desk.notices).toEqual(['💬 Ada (edited)\ntwo', '💬 Ada\nlater']);
  });

  it('removes what is deleted, and its part of a joint notice', async () => {
    await start({ deletes: 'remove' });
    await write('m1', 'one');
    const notice = await shown('💬 Ada\none');
    await remove('m1');
    await desk.chat.waitForDeletion(notice.message_id);
    outboxOf(desk).pause();
    for (const id of ['a', 'b']) await write(id, `text ${id}`);
    outboxOf(desk).resume();
    await shown('💬 Ada\ntext a\n\ntext b');
    await remove('a');
    await shown('💬 Ada\ntext b');
    expect(desk.notices).toEqual(['💬 Ada\ntext b']);
  });

  it('changes the caption of files, and is told below when it does not fit there', async () => {
    await start();
    const attachments = [{ data: Buffer.from('%PDF-1.7 x'), name: 'a.pdf' }];
    const message = { threadId: 't1', text: 'Look', attachments, customer: { name: 'Ada' } };
    await desk.telegram.notifyUserMessage({ ...message, messageId: 'm1' });
    await shown('💬 Ada\nLook');
    await edit('m1', 'Look here');
    const notice = await shown('💬 Ada (edited)\nLook here');
    await edit('m1', 'x'.repeat(1_100));
    const told = await shown(`✏️ Ada edited:\n${'x'.repeat(1_100)}`);
    expect(told.reply_to_message?.message_id).toBe(notice.message_id);
  });

  it('removes an album with its message', async () => {
    await start({ deletes: 'remove' });
    const attachments = ['a.pdf', 'b.pdf'].map((name) => ({ data: Buffer.from(name), name }));
    const message = { threadId: 't1', text: 'Look', attachments, customer: { name: 'Ada' } };
    await desk.telegram.notifyUserMessage({ ...message, messageId: 'm1' });
    const notice = await shown('💬 Ada\nLook');
    await remove('m1');
    await desk.chat.waitForDeletion(notice.message_id);
    expect(desk.chat.messages).toEqual([]);
  });

  it('leaves nothing of a purged thread', async () => {
    await start();
    await write('m1', 'one');
    const { message_id: messageId } = await shown('💬 Ada\none');
    await desk.telegram.purgeThread({ threadId: 't1' });
    await remove('m1');
    await desk.chat.waitForDeletion(messageId);
    await write('m2', 'later', 't2');
    await shown('💬 Ada\nlater');
    expect(desk.notices).toEqual(['💬 Ada\nlater']);
  });
});
