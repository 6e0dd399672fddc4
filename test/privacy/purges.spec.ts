import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMMAND_DESKS, CommandDesk } from '../agents/command-desk.js';
import { DeskEvents } from '../../src/desk/desk-events.js';
import type { ReplyEvent } from '../../src/events/reply-event.interface.js';
import { FailureReports } from '../../src/inbound/failure-reports.js';
import { HandledReplyRecorder } from '../../src/inbound/handled-reply-recorder.js';
import { HandledReplies } from '../../src/threads/handled-replies.js';
import { Gate } from '../support/gate.js';
import { storedOf } from './stored-data.js';

const SLOW = 20_000;

describe.each(COMMAND_DESKS)('A thread that is purged, with data in %s and %s,', (...place) => {
  const [storage, layout] = place;
  let commands: CommandDesk;
  afterEach(() => commands.stop());

  const telegram = () => commands.desk.telegram;
  const chat = () => commands.desk.chat;

  async function start(options = {}): Promise<string> {
    commands = await CommandDesk.start(place, {
      options: { privacy: { mask: ['cards'], revealTo: 'everyone' }, ...options },
    });
    // The digits of some UUIDs look like a card number, which is masked.
    return `thread-${randomUUID().replaceAll(/\d/g, 'x')}`;
  }

  const gone = (threadId: string) =>
    vi.waitFor(async () => expect(await telegram().findThread(threadId)).toBeNull(), SLOW);

  const begun = (threadId: string) =>
    vi.waitFor(
      async () => expect((await telegram().findThread(threadId))?.status).toBe('waiting'),
      SLOW,
    );

  /** What Redis has that names the thread. */
  async function leftOf(threadId: string): Promise<string[]> {
    const stored = await storedOf(commands.desk.emulator.bot.token);
    const named = stored.filter(({ key, value }) => (key + value).includes(threadId));
    // The name of a new topic is kept for 5 minutes.
    const lasting = named.filter(({ key }) => !key.includes(':new-topic:name:'));
    return lasting.map(({ key }) => key.replaceAll(/^.*:(?=[a-z]+:thread-)/g, ''));
  }

  it('is gone from Telegram: its notices, and what agents wrote', async () => {
    const threadId = await start();
    chat().setBotRights({ can_delete_messages: true });
    const other = await commands.open('other');
    const notice = await commands.open(threadId);
    commands.write(notice, 'An answer');
    commands.write(notice, '// A note');
    await commands.answerTo(commands.write(notice, '/plan'));
    await telegram().notifyUserMessage({ threadId, text: 'More' });
    await commands.shows('More');
    await telegram().notifyRating({ threadId, rating: 5 });
    await commands.shows('★★★★★');
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    const left = chat().messages.map(({ message_id: id, text }) => [id, text]);
    expect(left.filter(([, text]) => text !== undefined)).toEqual([[other.message_id, other.text]]);
  });

  it('leaves what Telegram does not let the bot delete, and says so', async () => {
    const threadId = await start();
    chat().setBotRights({ can_delete_messages: false });
    const notice = await commands.open(threadId);
    commands.write(notice, 'An answer');
    await vi.waitFor(() => expect(commands.desk.replies.replies).toHaveLength(1), SLOW);
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    const texts = chat().messages.flatMap(({ text }) => text ?? []);
    expect(texts).toEqual(['An answer']);
    const warned = commands.desk.log.with('warn', `Not all of thread ${threadId}`);
    expect(warned).toHaveLength(layout === 'topics' ? 2 : 1);
  });

  it('leaves nothing in the store, whatever waited or was given up', async () => {
    const threadId = await start({ replies: { attempts: 2 } });
    const { desk } = commands;
    const notice = await commands.open(threadId);
    await telegram().notifyUserMessage({
      threadId,
      messageId: 'm2',
      text: 'My card 4242 4242 4242 4242',
    });
    const second = await commands.shows('•••• 4242');
    await telegram().notifyMessageEdited({
      threadId,
      messageId: 'm2',
      text: 'It is 4111 1111 1111 1111',
    });
    await telegram().notifyReaction({ threadId, messageId: 'm2', emoji: '❤️' });
    await telegram().notifyRating({ threadId, rating: 1, comment: 'Bad' });
    await commands.shows('Bad');
    const answer = commands.write(second, 'An answer');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), SLOW);
    commands.ada.edit(answer, 'Another answer');
    await telegram().notifyRead({ threadId });
    // A dead letter of each direction, and a reply that waits for its next attempt.
    desk.replies.before = () => {
      throw new Error(`No ${threadId}`);
    };
    await commands.answerTo(commands.write(notice, 'Fails'));
    await vi.waitFor(async () => expect(await telegram().deadLetters.count()).toBe(1), SLOW);
    desk.emulator.failNext(
      'sendMessage',
      { kind: 'error', errorCode: 400, description: 'Bad Request: message is too long' },
      // What agents are told of the edited reply may come only now.
      { when: ({ params }) => String(params['text']).includes('Refused') },
    );
    await telegram().notifyUserMessage({ threadId, text: 'Refused' });
    await vi.waitFor(async () => expect(await telegram().deadLetters.count()).toBe(2), SLOW);
    commands.write(notice, 'Waits');
    await vi.waitFor(
      () => expect(desk.log.with('error', 'failed on a reply').length).toBeGreaterThan(2),
      SLOW,
    );
    const before = await leftOf(threadId);
    expect(before.length > 5).toBe(storage === 'Redis');
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    expect(await telegram().deadLetters.count()).toBe(0);
    const note = storage === 'Redis' ? [`purged:${threadId}`] : [];
    await vi.waitFor(async () => expect(await leftOf(threadId)).toEqual(note), SLOW);
    const stored = await storedOf(desk.emulator.bot.token);
    expect(stored.filter(({ key }) => key.includes(':masked:'))).toEqual([]);
  });

  it('leaves no reply that is held, and the app never gets it', async () => {
    const threadId = await start({ claims: { policy: 'hold', holdMs: 3_600_000 } });
    const { ada, desk } = commands;
    const bob = chat().agent('Bob', { status: 'administrator' });
    const notice = await commands.open(threadId);
    await commands.answerTo(commands.write(notice, '/claim', ada));
    commands.write(notice, 'Held', bob);
    const note = await bob.waitForEphemeralMessage(
      (message) => message.text?.includes('unless you stop it') === true,
      20_000,
    );
    await vi.waitFor(async () => {
      const exported = await telegram().exportThread(threadId);
      expect(exported?.waiting).toMatchObject([{ direction: 'inbound', text: 'Held' }]);
    }, SLOW);
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    const { text } = await bob.press(note, 'Send now').waitForAnswer(15_000);
    expect(text).toContain('The conversation of this button is not known any more.');
    expect(await telegram().exportThread(threadId)).toBeNull();
    expect(desk.replies.replies).toEqual([]);
    const left = storage === 'Redis' ? [`purged:${threadId}`] : [];
    await vi.waitFor(async () => expect(await leftOf(threadId)).toEqual(left), SLOW);
    const stored = await storedOf(desk.emulator.bot.token);
    expect(stored.filter(({ key, value }) => (key + value).includes('Held'))).toEqual([]);
  });

  it('leaves nothing of what agents were told, what was due and what was decided', async () => {
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);
    const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
    const far = days[inDays(3).getUTCDay()] ?? '';
    const threadId = await start({
      claims: { policy: 'warn' },
      hours: { timeZone: 'UTC', weekly: { [far]: ['10:00-11:00'] } },
      reminders: { firstReplyMs: 60_000, nextReplyMs: 60_000, closeAfterMs: 60_000 },
      replies: { attempts: 1 },
    });
    const { desk } = commands;
    const bob = chat().agent('Bob', { status: 'administrator' });
    const notice = await commands.open(threadId);
    await commands.answerTo(commands.write(notice, '/claim'));
    commands.write(notice, 'An answer', bob);
    await bob.waitForEphemeralMessage(() => true, 20_000);
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), SLOW);
    desk.replies.before = () => {
      throw new Error(`No ${threadId}`);
    };
    for (const text of ['Discarded', 'Retried']) {
      commands.write(notice, text);
      await vi.waitFor(async () => expect(await telegram().deadLetters.count()).toBe(1), SLOW);
      const [letter] = await telegram().deadLetters.list();
      desk.replies.before = () => undefined;
      if (text === 'Retried') await telegram().deadLetters.retry(letter?.id ?? '');
      else await telegram().deadLetters.discard(letter?.id ?? '');
      desk.replies.before = () => {
        throw new Error(`No ${threadId}`);
      };
    }
    const exported = await telegram().exportThread(threadId);
    expect(exported?.failures.map(({ reason }) => reason)).toEqual([
      `No ${threadId}`,
      `No ${threadId}`,
    ]);
    await telegram().notifyUserMessage({ threadId, text: 'Waits again' });
    await commands.shows('Waits again');
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    const left = storage === 'Redis' ? [`purged:${threadId}`] : [];
    await vi.waitFor(async () => expect(await leftOf(threadId)).toEqual(left), SLOW);
    expect(await telegram().exportThread(threadId)).toBeNull();
  });

  it.each([
    ['fails', () => Promise.reject(new Error('Too late'))],
    ['succeeds', () => Promise.resolve()],
  ])('leaves nothing of a reply whose handler %s after that', async (_, finish) => {
    const threadId = await start({ replies: { attempts: 1 } });
    const { desk } = commands;
    const notice = await commands.open(threadId);
    const purged = new Gate();
    desk.replies.before = async () => {
      await purged.pass();
      await finish();
    };
    commands.write(notice, 'An answer');
    await purged.reached;
    await telegram().purgeThread({ threadId });
    await gone(threadId);
    purged.open();
    // Until the handler has ended, its key is worked on, which names the thread.
    const left = storage === 'Redis' ? [`purged:${threadId}`] : [];
    await vi.waitFor(async () => expect(await leftOf(threadId)).toEqual(left), SLOW);
    const stored = await storedOf(desk.emulator.bot.token);
    expect(stored.filter(({ value }) => value.includes('Too late'))).toEqual([]);
  });

  it('keeps nothing of a reply that was written before, when it has begun anew', async () => {
    const threadId = await start();
    const first = await commands.open(threadId);
    const enqueuedAtMs = Date.now();
    const written = commands.write(first, 'An answer');
    await vi.waitFor(() => expect(desk().replies.replies).toHaveLength(1), SLOW);
    await telegram().purgeThread({ threadId });
    await telegram().notifyNewThread({ threadId, text: 'Again' });
    const notice = await commands.shows('Again');
    await begun(threadId);
    const events: ReplyEvent[] = [];
    const app = desk().app;
    app.get(DeskEvents, { strict: false }).on('replyHandled', (event) => events.push(event));
    commands.write(notice, 'Welcome back');
    await vi.waitFor(() => expect(events).toHaveLength(1), SLOW);
    const handled = () => app.get(HandledReplies, { strict: false }).list(threadId);
    expect(await handled()).toHaveLength(1);
    // As processes do that were about to store what became of the first reply when the thread was purged.
    const message = { chatId: chat().id, messageId: written.message_id };
    for (const event of events) {
      const late = { ...event, message };
      await app.get(HandledReplyRecorder, { strict: false }).record(late, enqueuedAtMs);
      const job = { id: 'late', payload: late, attempts: 1, enqueuedAtMs };
      const failure = { threadId, code: 'reply_failed', target: message, reason: 'No' } as const;
      await app.get(FailureReports, { strict: false }).begin(job, failure);
    }
    expect(await handled()).toHaveLength(1);
    expect((await telegram().exportThread(threadId))?.failures).toEqual([]);
  });

  it('may begin anew', async () => {
    const threadId = await start();
    await commands.open(threadId);
    await telegram().purgeThread({ threadId });
    await telegram().notifyNewThread({ threadId, text: 'Again', messageId: 'again' });
    const notice = await commands.shows('Again');
    await begun(threadId);
    commands.write(notice, 'Welcome back');
    await vi.waitFor(
      () => expect(desk().replies.replies.map(({ text }) => text)).toEqual(['Welcome back']),
      SLOW,
    );
    expect(layout === 'topics' ? chat().topics.length : 1).toBe(1);
  });

  const desk = () => commands.desk;
});
