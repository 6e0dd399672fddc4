import { afterEach, describe, expect, it, vi } from 'vitest';
import { OnThreadEvent, TelegramArgumentError, type ThreadEvent } from '../../src/index.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { VirtualClock } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { ReplyLog } from '../support/reply-log.js';
import type { TestDesk, TestDeskOptions } from '../support/test-desk.js';
import {
  STORAGES,
  generalTexts,
  startTopicDesk,
  topicTexts,
  type StorageName,
} from './topic-desk.js';

/** Which threads a customer has opened again. */
class EventLog {
  readonly seen: string[] = [];

  @OnThreadEvent('reopened')
  reopened({ type, threadId }: ThreadEvent): void {
    this.seen.push(`${type} ${threadId}`);
  }
}

describe.each(STORAGES)('A thread, with data in %s,', (storage) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await startTopicDesk(storage, wanted);
    const thread = { threadId: 't1', subject: 'Refund', text: 'Help' };
    await desk.telegram.notifyNewThread(thread);
    await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    // A topic makes the thread known before its notice is recorded.
    const threads = desk.app.get(ThreadStateRepository, { strict: false });
    await vi.waitFor(async () => expect((await threads.find('t1'))?.card).toBeDefined(), 20_000);
  }

  const statusOf = async (threadId: string) =>
    (await desk.telegram.findThread(threadId))?.status ?? null;

  it('is found with its status, its topic and its last activity', async () => {
    const before = Date.now();
    await start();
    const { lastActivityAt, ...state } = (await desk.telegram.findThread('t1')) ?? {};
    const link = `https://t.me/c/${String(desk.chat.id).slice(4)}/${desk.chat.topics[0]?.id}`;
    expect(state).toEqual({
      threadId: 't1',
      desk: 'default',
      status: 'waiting',
      assigneeId: null,
      assigneeName: null,
      topicUrl: link,
      firstReplyMs: null,
      lastReplyMs: null,
    });
    expect(lastActivityAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(await desk.telegram.findThread('unknown')).toBeNull();
  });

  it('has no link in the layout replies', async () => {
    await start({ options: { mode: 'replies' } });
    expect(await desk.telegram.findThread('t1')).toMatchObject({
      status: 'waiting',
      topicUrl: null,
    });
  });

  it('is closed and opened again with a line in the layout replies', async () => {
    await start({ options: { mode: 'replies' } });
    await desk.telegram.closeThread({ threadId: 't1' });
    await desk.telegram.closeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), 20_000);
    await desk.telegram.reopenThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('waiting'), 20_000);
    await vi.waitFor(
      () =>
        expect(generalTexts(desk)).toEqual([
          '🆕 Refund\n\nHelp',
          '✅ This conversation was closed.',
          '🔄 This conversation was opened again.',
        ]),
      20_000,
    );
    const [card, closed, reopened] = desk.chat.messages;
    expect(closed?.reply_to_message?.message_id).toBe(card?.message_id);
    expect(reopened?.reply_to_message?.message_id).toBe(closed?.message_id);
  });

  it('is closed behind the messages that wait before it', async () => {
    await start({ options: { mode: 'replies', rateLimit: { messages: 1, windowMs: 1_500 } } });
    const gate = new Gate();
    desk.telegram.api.use({
      intercept: async ({ method }, next) => {
        if (method === 'sendMessage') await gate.pass();
        return next();
      },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await desk.telegram.closeThread({ threadId: 't1' });
    expect(await statusOf('t1')).toBe('waiting');
    gate.open();
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), { timeout: 20_000 });
    expect(generalTexts(desk)).toContain('💬 Customer\nThanks');
  });

  it('that nobody knows is not closed, so that its first message opens nothing again', async () => {
    const events = new EventLog();
    await start({ providers: [{ provide: EventLog, useValue: events }] });
    await desk.telegram.closeThread({ threadId: 'unknown' });
    await desk.telegram.notifyUserMessage({ threadId: 'unknown', text: 'First' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('First') === true);
    await vi.waitFor(async () => expect(await statusOf('unknown')).toBe('waiting'), 20_000);
    await desk.telegram.closeThread({ threadId: 'unknown' });
    await vi.waitFor(async () => expect(await statusOf('unknown')).toBe('closed'), 20_000);
    events.seen.push('second message');
    await desk.telegram.notifyUserMessage({ threadId: 'unknown', text: 'Second' });
    const seen = ['second message', 'reopened unknown'];
    await vi.waitFor(() => expect(events.seen).toEqual(seen), 20_000);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('without a place in the chat is closed and opened again without a word and without a topic', async () => {
    await start();
    const threads = desk.app.get(ThreadStateRepository, { strict: false });
    await threads.update('t2', { status: 'waiting' });
    await desk.telegram.closeThread({ threadId: 't2' });
    await vi.waitFor(async () => expect(await statusOf('t2')).toBe('closed'), 20_000);
    await desk.telegram.reopenThread({ threadId: 't2' });
    await vi.waitFor(async () => expect(await statusOf('t2')).toBe('waiting'), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'Hello' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true);
    expect(topicTexts(desk)).toEqual({
      Refund: ['🆕 Refund\n\nHelp'],
      t2: [expect.stringContaining('Hello')],
    });
    expect(generalTexts(desk)).toEqual([]);
  });

  it('whose topic was deleted gets another one for a message, not for being closed', async () => {
    await start();
    const threads = desk.app.get(ThreadStateRepository, { strict: false });
    const topic = (await threads.find('t1'))?.topic;
    if (topic) await threads.update('t1', { topic: { ...topic, isGone: true } });
    desk.chat.agent('Owner', { status: 'creator' }).deleteTopic(topic?.topicId ?? 0);
    await desk.telegram.closeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('closed'), 20_000);
    await desk.telegram.reopenThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('waiting'), 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hello' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Hello') === true);
    expect(topicTexts(desk)).toEqual({ Refund: [expect.stringContaining('Hello')] });
    expect(generalTexts(desk)).toEqual([]);
  });

  it('is purged with its topic, and begins anew when its customer writes', async () => {
    await start();
    const first = desk.chat.topics[0]?.id;
    await desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await desk.telegram.findThread('t1')).toBeNull(), 20_000);
    expect(desk.chat.topics).toEqual([]);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Me again' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Me again') === true);
    expect(desk.chat.topics.map(({ name }) => name)).toEqual(['t1']);
    expect(desk.chat.topics[0]?.id).not.toBe(first);
  });

  it('is purged with a topic that takes no more messages, which another one has replaced', async () => {
    await start();
    const description = 'Bad Request: message thread not found';
    desk.emulator.failNext('sendMessage', { kind: 'error', errorCode: 400, description });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('more') === true);
    expect(desk.chat.topics).toHaveLength(2);
    await desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await desk.telegram.findThread('t1')).toBeNull(), 20_000);
    expect(desk.chat.topics).toEqual([]);
    expect(desk.log.with('warn', 'could be deleted')).toEqual([]);
  });

  it('is purged with the notices that are known in the layout replies', async () => {
    await start({ options: { mode: 'replies' } });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('more') === true);
    await desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await desk.telegram.findThread('t1')).toBeNull(), 20_000);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('is reached by no answer to a notice that a purge has left, until it begins anew', async () => {
    await start({ options: { mode: 'replies' }, providers: [ReplyLog] });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'in between' });
    const posted = (words: string) =>
      desk.chat.waitForMessage(({ text }) => text?.includes(words) === true, 20_000);
    const left = await posted('in between');
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'the newest' });
    await posted('the newest');
    const description = "Bad Request: message can't be deleted";
    desk.emulator.failNext('deleteMessages', { kind: 'error', errorCode: 400, description });
    await desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await desk.telegram.findThread('t1')).toBeNull(), 20_000);
    await desk.telegram.registerWebhook(desk.webhookUrl);
    const ada = desk.chat.agent('Ada');
    ada.reply(left, 'Too late');
    await posted('not linked to a conversation');
    expect(await desk.telegram.findThread('t1')).toBeNull();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Me again' });
    await posted('Me again');
    await vi.waitFor(async () => expect(await statusOf('t1')).toBe('waiting'), 20_000);
    ada.reply(left, 'Hello again');
    const texts = () => desk.replies.replies.map(({ text }) => text);
    await vi.waitFor(() => expect(texts()).toEqual(['Hello again']), 20_000);
  });

  it('is forgotten although Telegram refuses to delete its topic, which the log says', async () => {
    await start();
    const description = 'Bad Request: not enough rights to delete the topic';
    desk.emulator.failNext('deleteForumTopic', { kind: 'error', errorCode: 400, description });
    await desk.telegram.purgeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await desk.telegram.findThread('t1')).toBeNull(), 20_000);
    expect(desk.log.with('warn', 'not enough rights to delete the topic')).toHaveLength(1);
  });

  it('is not changed by arguments that are none', async () => {
    await start();
    const { telegram } = desk;
    const wrong = { threadId: '' };
    await expect(telegram.closeThread(wrong)).rejects.toThrow(TelegramArgumentError);
    await expect(telegram.reopenThread(wrong)).rejects.toThrow(/reopenThread.*threadId/s);
    await expect(telegram.purgeThread(wrong)).rejects.toThrow(/purgeThread.*threadId/s);
    await expect(telegram.findThread('')).rejects.toThrow(/findThread.*threadId/s);
    await expect(
      telegram.updateThread({ threadId: 't1', url: 'javascript:alert(1)' }),
    ).rejects.toThrow(/updateThread.*url/s);
  });
});

it.each<[StorageName, VirtualClock | undefined, retryAfterSeconds: number, failures: number]>([
  ['memory', new VirtualClock(), 40, 9],
  // With Redis the waits are real.
  ['Redis', undefined, 1, 1],
])(
  'A purge waits as long as Telegram wants a pause or fails, and is never given up, with data in %s',
  async (storage, clock, retryAfterSeconds, failures) => {
    const desk = await startTopicDesk(storage, { ...(clock && { clock }) });
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 't1', text: 'Help' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    const description = 'Internal Server Error';
    desk.emulator.failNext('deleteForumTopic', { kind: 'flood', retryAfterSeconds });
    desk.emulator.failNext(
      'deleteForumTopic',
      { kind: 'error', errorCode: 500, description },
      failures,
    );
    await desk.telegram.purgeThread({ threadId: 't1' });
    // The clock goes on until all is done: a call that is under way may time out, and is tried again.
    await vi.waitFor(
      async () => {
        clock?.advance(5_000);
        expect(desk.chat.topics).toEqual([]);
        expect(await desk.telegram.findThread('t1')).toBeNull();
      },
      { timeout: 20_000, interval: 20 },
    );
    expect(await desk.telegram.deadLetters.list()).toEqual([]);
    await desk.stop();
  },
);

it('Methods for threads do nothing when the module is disabled', async () => {
  const desk = await startTopicDesk('memory', { options: { botToken: '' } });
  const { telegram } = desk;
  const refusal = { accepted: false, reason: 'disabled' };
  expect(await telegram.closeThread({ threadId: 't1' })).toEqual(refusal);
  expect(await telegram.reopenThread({ threadId: 't1' })).toEqual(refusal);
  expect(await telegram.updateThread({ threadId: 't1', subject: 'x' })).toEqual(refusal);
  expect(await telegram.purgeThread({ threadId: 't1' })).toEqual(refusal);
  expect(await telegram.findThread('t1')).toBeNull();
  await desk.stop();
});
