import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelegramArgumentError } from '../../src/index.js';
import { ThreadMessageRepository } from '../../src/threads/thread-message.repository.js';
import { COMMAND_DESKS, CommandDesk } from '../agents/command-desk.js';
import { Transcripts } from '../history/transcripts.js';
import { ReplyLog } from '../support/reply-log.js';
import { EventLog } from '../support/topic-desk.js';

const CARD = '4242 4242 4242 4242';
const SLOW = 20_000;

describe.each(COMMAND_DESKS)('The export of a thread, with data in %s and %s,', (...place) => {
  let commands: CommandDesk;
  afterEach(() => commands.stop());

  async function start(): Promise<void> {
    commands = await CommandDesk.start(place, {
      providers: [ReplyLog, EventLog, Transcripts],
      options: {
        privacy: { mask: ['cards'], revealTo: 'everyone' },
        replies: { attempts: 1 },
      },
    });
  }

  it('has all that the desk knows, as plain JSON', async () => {
    await start();
    const { desk } = commands;
    const { telegram } = desk;
    await commands.open('other');
    await telegram.notifyNewThread({
      threadId: 't1',
      messageId: 'm1',
      subject: 'Refund',
      customer: { name: 'Carl' },
      text: `Card ${CARD}`,
    });
    const notice = await commands.shows('Card •••• 4242');
    await commands.recorded();
    const messages = desk.app.get(ThreadMessageRepository, { strict: false });
    await vi.waitFor(async () => expect(await messages.list('t1')).toHaveLength(1), SLOW);
    const reply = commands.write(notice, 'An answer');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), SLOW);
    commands.write(notice, '// A note');
    commands.ada.edit(reply, 'A better answer');
    desk.replies.before = () => {
      throw new Error('No database');
    };
    commands.write(notice, 'Lost');
    await vi.waitFor(async () => expect(await telegram.deadLetters.count()).toBe(1), SLOW);
    const transcripts = desk.app.get(Transcripts, { strict: false });
    transcripts.add('t1', { name: 'Carl', text: `Card ${CARD}`, messageId: 'm1' });

    const exported = await telegram.exportThread('t1');
    expect(JSON.parse(JSON.stringify(exported))).toEqual(exported);
    const { id: chatId } = desk.chat;
    expect(exported).toMatchObject({
      threadId: 't1',
      exportedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      record: { threadId: 't1', status: 'answered', subject: 'Refund', customer: 'Carl' },
      waiting: [],
      masked: [{ kind: 'cards', shown: '•••• 4242', original: CARD }],
      history: [
        {
          author: 'customer',
          name: 'Carl',
          text: 'Card •••• 4242',
          sentAt: '2026-11-29T17:05:30.000Z',
        },
      ],
    });
    expect(exported?.messages.map(({ kind, messageIds }) => [kind, messageIds])).toEqual(
      expect.arrayContaining([
        ['notice', ['m1']],
        ['reply', undefined],
        ['note', undefined],
      ]),
    );
    expect(exported?.messages[0]).toMatchObject({ chatId, messageId: notice.message_id });
    expect(exported?.texts).toEqual([
      {
        message: { chatId, messageId: notice.message_id },
        desk: 'default',
        direction: 'outbound',
        type: 'thread.opened',
        text: 'Card •••• 4242',
      },
      {
        message: { chatId, messageId: reply.message_id },
        desk: 'default',
        direction: 'inbound',
        type: 'reply.edited',
        text: 'A better answer',
      },
    ]);
    expect(exported?.deadLetters).toMatchObject([
      { direction: 'inbound', type: 'reply', text: 'Lost', reason: 'No database' },
    ]);
    expect(exported?.failures).toMatchObject([
      { code: 'reply_failed', desk: 'default', reason: 'No database', state: 'failed' },
    ]);
    expect(JSON.stringify(exported)).not.toContain('other');

    await telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await telegram.exportThread('t1')).toBeNull(), SLOW);
  });

  it('has what waits for Telegram', async () => {
    await start();
    const { desk } = commands;
    await commands.open();
    desk.emulator.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 60 });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Waits' });
    await vi.waitFor(async () => {
      const exported = await desk.telegram.exportThread('t1');
      expect(exported?.waiting).toMatchObject([
        { direction: 'outbound', type: 'message.added', text: 'Waits' },
      ]);
    }, SLOW);
  });

  it('has the first message of a thread while it waits', async () => {
    await start();
    const { telegram, emulator } = commands.desk;
    const text = `Card ${CARD}`;
    // With topics nothing is recorded before there is one.
    const first = place[1] === 'topics' ? 'createForumTopic' : 'sendMessage';
    emulator.failNext(first, { kind: 'flood', retryAfterSeconds: 60 });
    await telegram.notifyNewThread({ threadId: 't1', messageId: 'm1', text });
    const masked = [{ kind: 'cards', shown: '•••• 4242', original: CARD }];
    expect(await telegram.exportThread('t1')).toMatchObject({
      record: null,
      waiting: [{ type: 'thread.opened', text: 'Card •••• 4242' }],
      masked,
    });
  });

  it('has a masked first message that Telegram has refused', async () => {
    await start();
    const { telegram, emulator } = commands.desk;
    emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: message is too long',
    });
    await telegram.notifyNewThread({ threadId: 't1', messageId: 'm1', text: `Card ${CARD}` });
    await vi.waitFor(async () => expect(await telegram.deadLetters.count()).toBe(1), SLOW);
    expect(await telegram.exportThread('t1')).toMatchObject({
      deadLetters: [{ direction: 'outbound', text: 'Card •••• 4242' }],
      masked: [{ kind: 'cards', shown: '•••• 4242', original: CARD }],
    });
  });

  it('is null of a thread that nobody knows, and takes an id only', async () => {
    await start();
    expect(await commands.desk.telegram.exportThread('unknown')).toBeNull();
    await expect(commands.desk.telegram.exportThread('')).rejects.toThrow(TelegramArgumentError);
  });
});
