import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TestDesk } from '../support/test-desk.js';
import { generalTexts, startTimedDesk, STORAGES, topicTexts } from './topic-desk.js';

const RATED = '⭐ Ada rated the conversation: ★★★★★\nThanks';

describe.each(STORAGES)('A rating in the topic of a closed thread, with data in %s,', (storage) => {
  let desk: TestDesk;
  let until: (isDone: () => boolean | Promise<boolean>) => Promise<void>;
  afterEach(() => desk.stop());

  /** A thread whose topic is closed. */
  async function start(): Promise<void> {
    ({ desk, until } = await startTimedDesk(storage));
    const customer = { name: 'Ada' };
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: 'Parcel',
      text: 'Hi',
      customer,
    });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Hi') === true, 20_000);
    await desk.telegram.closeThread({ threadId: 't1' });
    await until(() => desk.chat.topics[0]?.isClosed === true);
  }

  const rate = () => desk.telegram.notifyRating({ threadId: 't1', rating: 5, comment: 'Thanks' });
  const status = async () => (await desk.telegram.findThread('t1'))?.status;
  const texts = () => Object.values(topicTexts(desk)).flat();

  it('is posted there, and leaves thread and topic closed', async () => {
    await start();
    await rate();
    await until(() => texts().includes(RATED));
    expect(await status()).toBe('closed');
    expect(desk.chat.topics).toMatchObject([{ isClosed: true }]);
    expect(desk.emulator.callsOf('reopenForumTopic')).toEqual([]);
  });

  it('is posted there after the bot has opened it, which it closes again', async () => {
    await start();
    const closed = {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: TOPIC_CLOSED',
    } as const;
    desk.emulator.failNext('sendMessage', closed);
    await rate();
    await until(() => texts().includes(RATED));
    await until(() => desk.emulator.callsOf('closeForumTopic').length === 2);
    await until(() => desk.chat.topics[0]?.isClosed === true);
    expect(await status()).toBe('closed');
    expect(generalTexts(desk)).toEqual([]);
  });

  it('is posted in a new topic when that was deleted, which says that the thread is closed', async () => {
    await start();
    desk.chat.agent('Owner', { status: 'creator' }).deleteTopic(desk.chat.topics[0]?.id ?? 0);
    await rate();
    await vi.waitFor(() => expect(texts()).toEqual([RATED]), 20_000);
    await until(() => desk.chat.topics[0]?.isClosed === true);
    expect(await status()).toBe('closed');
  });
});
