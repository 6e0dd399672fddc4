import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TestDesk } from '../support/test-desk.js';
import { generalTexts, startTopicDesk, STORAGES, topicTexts } from './topic-desk.js';

describe.each(STORAGES)('In a topic, with %s, what a customer does afterwards', (storage) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function open(): Promise<void> {
    desk = await startTopicDesk(storage);
    const customer = { name: 'Ada' };
    const thread = { threadId: 't1', messageId: 'm1', subject: 'Parcel', text: 'Where?', customer };
    await desk.telegram.notifyNewThread(thread);
    await desk.chat.waitForMessage(({ text }) => text?.includes('Where?') === true);
  }

  const waitForText = (words: string) =>
    desk.chat.waitForMessage(({ text }) => text?.includes(words) === true);

  it('changes the card, and is told below it when the card stays as it is', async () => {
    await open();
    await desk.telegram.notifyMessageEdited({
      threadId: 't1',
      messageId: 'm1',
      text: 'Where now?',
    });
    await waitForText('Where now?');
    const text = 'x'.repeat(5_000);
    await desk.telegram.notifyMessageEdited({ threadId: 't1', messageId: 'm1', text });
    await waitForText('edited (2/2)');
    const [texts] = Object.values(topicTexts(desk));
    expect(texts?.map((each) => each.split('\n')[0])).toEqual([
      '🆕 Parcel (edited)',
      '✏️ Ada edited (1/2):',
      '✏️ Ada edited (2/2):',
    ]);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('shows in the topic that the customer is typing', async () => {
    await open();
    await vi.waitFor(async () => {
      expect((await desk.telegram.findThread('t1'))?.topicUrl).toBeTruthy();
    }, 20_000);
    await desk.telegram.notifyTyping({ threadId: 't1' });
    await vi.waitFor(() => {
      expect(desk.emulator.callsOf('sendChatAction').map(({ params }) => params)).toEqual([
        {
          chat_id: desk.chat.id,
          message_thread_id: expect.any(Number),
          action: 'typing',
        },
      ]);
    }, 20_000);
  });

  it('is told in the topic when the notice is gone', async () => {
    await open();
    const [card] = desk.chat.messages.filter(({ text }) => text?.includes('Where?'));
    await desk.telegram.api.call('deleteMessage', {
      chat_id: desk.chat.id,
      message_id: card?.message_id ?? 0,
    });
    await desk.telegram.notifyReaction({ threadId: 't1', messageId: 'm1', emoji: '👍' });
    await waitForText('Ada reacted with 👍');
    await desk.telegram.notifyMessageDeleted({ threadId: 't1', messageId: 'm1' });
    await waitForText('Ada has deleted a message.');
    expect(generalTexts(desk)).toEqual([]);
  });
});
