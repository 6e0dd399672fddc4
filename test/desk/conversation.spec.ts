import { afterEach, describe, expect, it, vi } from 'vitest';
import { adapterNames } from '../support/http-adapters.js';
import { TestDesk } from '../support/test-desk.js';

describe.each(adapterNames)('A conversation on %s', (adapter) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('goes from the customer to the agents and back', async () => {
    desk = await TestDesk.start({ adapter });
    const receipt = await desk.telegram.notifyNewThread({
      threadId: 'thread-1',
      subject: 'Late parcel',
      text: 'Where is it?',
      customer: { id: 'c1', name: 'Alice', email: 'alice@example.com' },
      url: 'https://app.example.com/threads/1',
    });
    expect(receipt).toMatchObject({ accepted: true });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Where') === true);
    const reply = desk.chat.agent('Ada').reply(notice, 'On its way');
    await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
    expect(desk.replies.replies[0]).toMatchObject({
      threadId: 'thread-1',
      text: 'On its way',
      html: 'On its way',
      agent: { id: desk.chat.agent('Ada').user.id, name: 'Ada', anonymous: false },
      message: { chatId: desk.chat.id, messageId: reply.message_id },
      sentAt: new Date(reply.date * 1000),
    });
    expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    await desk.emulator.idle();
    expect(desk.emulator.deliveries.map(({ status }) => status)).toEqual([200]);
  });
});
