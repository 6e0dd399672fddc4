import { afterEach, describe, expect, it, vi } from 'vitest';
import { LastNoticeRepository } from '../../src/threads/last-notice.repository.js';
import { TopicDesk } from '../support/topic-desk.js';
import { STORAGES } from './topic-desk.js';

describe.each(STORAGES)('What Telegram delivers late, with data in %s,', (storage) => {
  let topics: TopicDesk;
  afterEach(() => topics.stop());

  const posted = (text: string) =>
    topics.desk.chat.waitForMessage((message) => message.text?.includes(text) === true, 20_000);

  it('closes no thread whose customer has written since, and opens its topic again', async () => {
    topics = await TopicDesk.start(storage, { webhook: false });
    const { desk, ada } = topics;
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
    const { message_thread_id: topicId = 0 } = await posted('Help');
    ada.closeTopic(topicId);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Still broken' });
    const { message_id: messageId } = await posted('Still broken');
    await vi.waitFor(async () => {
      const notices = desk.app.get(LastNoticeRepository, { strict: false });
      expect((await notices.find('t1'))?.messageId).toBe(messageId);
    }, 20_000);
    await desk.telegram.registerWebhook(desk.webhookUrl);
    await desk.emulator.idle();
    await vi.waitFor(() => expect(desk.chat.topics[0]?.isClosed).toBe(false), 20_000);
    expect((await topics.threads.find('t1'))?.status).toBe('waiting');
    expect(topics.events).toEqual([]);
  });

  it('closes a thread whose customer has not written since', async () => {
    topics = await TopicDesk.start(storage, { webhook: false });
    const { desk, ada } = topics;
    await desk.telegram.notifyNewThread({ threadId: 't1', subject: 'One', text: 'Help' });
    const { message_thread_id: topicId = 0 } = await posted('Help');
    ada.closeTopic(topicId);
    await desk.telegram.registerWebhook(desk.webhookUrl);
    await vi.waitFor(() => expect(topics.events).toEqual([['closed', 't1']]), 20_000);
    await vi.waitFor(
      async () => expect((await topics.threads.find('t1'))?.status).toBe('closed'),
      20_000,
    );
  });
});
