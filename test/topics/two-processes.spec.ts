import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { TestDesk } from '../support/test-desk.js';
import { generalTexts, startTopicDesk, topicTexts } from './topic-desk.js';

describe('Two processes of a desk with topics', () => {
  /** Has the webhook. */
  let one: TestDesk;
  let other: TestDesk;
  beforeEach(async () => {
    one = await startTopicDesk('Redis', { webhook: true });
    const { emulator, chat } = one;
    other = await TestDesk.start({
      webhook: false,
      options: {
        botToken: emulator.bot.token,
        adminChatId: chat.id,
        apiRoot: emulator.apiRoot,
        redis: inject('redisUrl'),
        mode: 'topics',
      },
    });
  });
  afterEach(async () => {
    await other.stop();
    await one.stop();
  });

  const posted = (text: string) =>
    one.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

  async function open(threadId: string): Promise<number> {
    await one.telegram.notifyNewThread({ threadId, subject: threadId, text: `Help ${threadId}` });
    return (await posted(`Help ${threadId}`)).message_thread_id ?? 0;
  }

  it('create one topic in place of a deleted one, and keep the order of its messages', async () => {
    const owner = one.chat.agent('Owner', { status: 'creator' });
    const threadIds = ['t1', 't2', 't3'];
    for (const threadId of threadIds) owner.deleteTopic(await open(threadId));
    for (let number = 0; number < 4; number++) {
      const { telegram } = number % 2 === 0 ? one : other;
      await Promise.all(
        threadIds.map((threadId) =>
          telegram.notifyUserMessage({ threadId, text: `${threadId} says ${number}` }),
        ),
      );
    }
    await Promise.all(threadIds.map((threadId) => posted(`${threadId} says 3`)));
    const texts = topicTexts(one);
    for (const threadId of threadIds) {
      const said = texts[threadId]?.join('\n').match(/says \d/g);
      expect(said).toEqual(['says 0', 'says 1', 'says 2', 'says 3']);
    }
    expect(one.emulator.callsOf('createForumTopic')).toHaveLength(2 * threadIds.length);
    expect(one.chat.topics).toHaveLength(threadIds.length);
    expect(generalTexts(one)).toEqual([]);
  });

  it('know of each other how a thread stands', async () => {
    const topicId = await open('t1');
    const statusBy = async ({ telegram }: TestDesk) => (await telegram.findThread('t1'))?.status;
    await other.telegram.closeThread({ threadId: 't1' });
    await vi.waitFor(async () => expect(await statusBy(one)).toBe('closed'), 20_000);
    await one.telegram.notifyUserMessage({ threadId: 't1', text: 'Wait' });
    await vi.waitFor(async () => expect(await statusBy(other)).toBe('waiting'), 20_000);
    one.chat.agent('Ada').write('Hello', { message_thread_id: topicId });
    await vi.waitFor(async () => expect(await statusBy(other)).toBe('answered'), 20_000);
    expect(await other.telegram.findThread('t1')).toEqual(await one.telegram.findThread('t1'));
  });
});
