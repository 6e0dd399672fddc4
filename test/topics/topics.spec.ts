import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { OnThreadReply, type TopicOptions } from '../../src/index.js';
import { VirtualClock } from '../../src/testing/index.js';
import type { TestDesk } from '../support/test-desk.js';
import { STORAGES, generalTexts, startTopicDesk, topicTexts } from './topic-desk.js';

@Injectable()
class FailingApp {
  @OnThreadReply()
  take(): void {
    throw new Error('refused');
  }
}

const COLORS = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047];

describe.each(STORAGES)('Threads as topics, with data in %s,', (storage) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** The calls that count in the rate limit. */
  const counted = () =>
    desk.calls.filter(({ method }) => /^(send|create|edit|close|reopen)/.test(method));

  it('have a topic each, whose first message is card and text at once', async () => {
    desk = await startTopicDesk(storage);
    const customer = { name: 'Alice', email: 'alice@example.com' };
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: 'Refund',
      text: 'Help',
      customer,
    });
    await desk.telegram.notifyNewThread({ threadId: 't2', text: 'Hi', customer: { id: '7' } });
    await vi.waitFor(
      () =>
        expect(topicTexts(desk)).toEqual({
          'Alice: Refund': ['🆕 Refund\n👤 Alice · alice@example.com\n\nHelp'],
          '7': ['🆕 New thread\n👤 #7\n\nHi'],
        }),
      20_000,
    );
    expect(counted().map(({ method, status }) => [method, status])).toEqual([
      ['createForumTopic', 200],
      ['sendMessage', 200],
      ['createForumTopic', 200],
      ['sendMessage', 200],
    ]);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('go on in their topics with further messages, which reply to nothing', async () => {
    desk = await startTopicDesk(storage);
    for (const threadId of ['t1', 't2']) {
      await desk.telegram.notifyNewThread({ threadId, subject: threadId, text: 'Help' });
    }
    for (const threadId of ['t1', 't2']) {
      await desk.chat.waitForMessage(({ text }) => text?.includes(threadId) === true);
      await desk.telegram.notifyUserMessage({ threadId, text: `more of ${threadId}` });
    }
    await vi.waitFor(
      () =>
        expect(topicTexts(desk)).toEqual({
          t1: ['🆕 t1\n\nHelp', '💬 Customer\nmore of t1'],
          t2: ['🆕 t2\n\nHelp', '💬 Customer\nmore of t2'],
        }),
      20_000,
    );
    for (const { params } of desk.emulator.callsOf('sendMessage')) {
      expect(params).not.toHaveProperty('reply_parameters');
    }
  });

  it('begin with a topic when the first message of an unknown one is a further message', async () => {
    desk = await startTopicDesk(storage);
    const customer = { name: 'Alice' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help', customer });
    await vi.waitFor(() => expect(topicTexts(desk)).toEqual({ Alice: ['💬 Alice\nHelp'] }), 20_000);
  });

  it('stay in their topics when they are opened again', async () => {
    desk = await startTopicDesk(storage);
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'first' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('first') === true);
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'second' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('second') === true);
    expect(topicTexts(desk)).toEqual({ One: ['🆕 One\n\nfirst', '🆕 One\n\nsecond'] });
  });

  it('show by the icon that they wait, and have one of six colours for good', async () => {
    desk = await startTopicDesk(storage);
    const ids = Array.from({ length: 9 }, (_, index) => `thread ${index}`);
    for (const threadId of ids) await desk.telegram.notifyNewThread({ threadId, text: 'Help' });
    await vi.waitFor(() => expect(desk.chat.topics).toHaveLength(9), { timeout: 20_000 });
    const colors = new Map(desk.chat.topics.map(({ name, iconColor }) => [name, iconColor]));
    expect(new Set(colors.values()).size).toBeGreaterThan(2);
    for (const color of colors.values()) expect(COLORS).toContain(color);
    const icons = await desk.telegram.api.call('getForumTopicIconStickers');
    const waiting = icons.find(({ emoji }) => emoji?.startsWith('❗'))?.custom_emoji_id;
    expect(waiting).toBeDefined();
    for (const { iconCustomEmojiId } of desk.chat.topics) expect(iconCustomEmojiId).toBe(waiting);
    expect(desk.emulator.callsOf('getForumTopicIconStickers')).toHaveLength(2);
  });

  it('have the notices to agents where the agents wrote', async () => {
    desk = await startTopicDesk(storage, {
      webhook: true,
      providers: [FailingApp],
      options: { replies: { attempts: 1 } },
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    const topicId = desk.chat.topics[0]?.id;
    const reply = desk.chat.agent('Ada').write('Hello', { message_thread_id: topicId });
    const notice = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('did not reach the customer') === true,
    );
    expect(notice).toMatchObject({ message_thread_id: topicId, is_topic_message: true });
    expect(notice.reply_to_message?.message_id).toBe(reply.message_id);
    expect(generalTexts(desk)).toEqual([]);
  });

  describe('are named', () => {
    it.each<[string, { subject?: string; name?: string }, string]>([
      ['by subject and customer', { subject: 'Refund', name: 'Alice' }, 'Alice: Refund'],
      ['by the subject alone', { subject: 'Refund' }, 'Refund'],
      ['by the customer alone', { name: 'Alice' }, 'Alice'],
      ['by the id of the thread when nothing else is known', {}, 't1'],
      ['on one line', { subject: 'a\n\nb\r\u2028c', name: 'A\tB' }, 'A B: a b c'],
      ['without overrides of direction', { subject: '\u202eevil\u202c \u2066x\u2069' }, 'evil x'],
      ['by emoji alone', { subject: '🔥🔥' }, '🔥🔥'],
      ['by something visible', { subject: '\u200b\u2060 \u3164', name: '\u00ad' }, 't1'],
    ])('%s', async (_name, { subject, name }, expected) => {
      desk = await startTopicDesk(storage);
      const customer = name === undefined ? undefined : { name };
      await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help', subject, customer });
      await vi.waitFor(
        () => expect(desk.chat.topics.map((topic) => topic.name)).toEqual([expected]),
        20_000,
      );
      expect(desk.emulator.callsOf('createForumTopic')[0]?.params).toMatchObject({
        name: expected,
      });
    });

    it('by at most 128 characters, none of which is cut in half', async () => {
      desk = await startTopicDesk(storage);
      const subjects = ['x'.repeat(4_000), '👨‍👩‍👧‍👦'.repeat(400), 'word '.repeat(800)];
      for (const [index, subject] of subjects.entries()) {
        await desk.telegram.notifyNewThread({ threadId: `t${index}`, text: 'Help', subject });
      }
      await vi.waitFor(() => expect(desk.chat.topics).toHaveLength(3), 20_000);
      const [plain = '', family = '', words = ''] = desk.chat.topics.map(({ name }) => name);
      expect(plain).toBe(`${'x'.repeat(127)}…`);
      expect(family).toMatch(/^(?:👨‍👩‍👧‍👦)+…$/u);
      expect(words).toMatch(/^(?:word )+word…$/);
      for (const name of [plain, family, words]) expect(name.length).toBeLessThanOrEqual(128);
    });

    it.each<[string, TopicOptions['name'], string]>([
      ['by the template', ({ subject, customer }) => `${subject} (${customer})`, 'Refund (Alice)'],
      ['by default when the template returns nothing to see', () => ' \u200b\n', 'Alice: Refund'],
      ['by default when the template returns no string', () => JSON.parse('5'), 'Alice: Refund'],
      [
        'by default when the template throws',
        () => {
          throw new Error('broken');
        },
        'Alice: Refund',
      ],
    ])('%s', async (_name, name, expected) => {
      desk = await startTopicDesk(storage, { options: { topics: { name } } });
      const thread = { subject: 'Refund', customer: { name: 'Alice' }, text: 'Help' };
      for (const threadId of ['t1', 't2'])
        await desk.telegram.notifyNewThread({ threadId, ...thread });
      await vi.waitFor(
        () => expect(desk.chat.topics.map((topic) => topic.name)).toEqual([expected, expected]),
        20_000,
      );
      const isDefault = expected === 'Alice: Refund';
      expect(desk.log.with('error', 'topics.name')).toHaveLength(isDefault ? 1 : 0);
    });
  });
});

it.each(STORAGES)(
  'Threads as topics are posted in order and within the rate limit when 100 customers write in one minute, with data in %s',
  async (storage) => {
    // With Redis a window passes by the clock of Redis, so it is a short one.
    const clock = storage === 'memory' ? new VirtualClock() : undefined;
    const window = { messages: 20, windowMs: clock ? 60_000 : 500 };
    const desk = await startTopicDesk(storage, {
      ...(clock && { clock }),
      emulator: { limits: { group: window, overall: false } },
      options: { rateLimit: window },
    });
    onTestFinished(() => desk.stop());
    for (let i = 0; i < 100; i += 1) {
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, subject: `No ${i}`, text: 'Help' });
    }
    const step = () => {
      if (desk.notices.filter(Boolean).length < 100) clock?.advanceToNext();
      expect(desk.notices.filter(Boolean)).toHaveLength(100);
    };
    await vi.waitFor(step, { timeout: 25_000, interval: 5 });
    expect(desk.chat.topics.map(({ name }) => name)).toEqual(
      Array.from({ length: 100 }, (_, i) => `No ${i}`),
    );
    expect(desk.emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
    const calls = desk.emulator.callsOf('createForumTopic');
    const tookMs = (calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0);
    expect(tookMs).toBeGreaterThanOrEqual(9 * window.windowMs);
    expect(tookMs).toBeLessThanOrEqual(clock ? 9 * window.windowMs : Infinity);
  },
);
