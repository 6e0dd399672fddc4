import { describe, expect, it, vi } from 'vitest';
import { VirtualClock } from '../../src/testing/index.js';
import { Gate } from '../support/gate.js';
import { TestDesk } from '../support/test-desk.js';

describe('Shutdown', () => {
  it('posts the notices that can be posted at once', async () => {
    const desk = await TestDesk.start();
    for (let i = 0; i < 10; i += 1) {
      await desk.telegram.notifyNewThread({ threadId: `t${i}`, text: `question ${i}` });
    }
    await desk.app.close();
    expect(desk.chat.messages).toHaveLength(10);
    await desk.emulator.stop();
  });

  it('names the keys whose notices are lost with the memory', async () => {
    const clock = new VirtualClock();
    const desk = await TestDesk.start({
      clock,
      webhook: false,
      options: { rateLimit: { messages: 1, windowMs: 60_000 } },
    });
    for (const threadId of ['t1', 't2']) {
      await desk.telegram.notifyUserMessage({ threadId, text: 'Hello' });
    }
    await desk.chat.waitForMessage(() => true);
    await desk.app.close();
    expect(desk.log.with('error', 'unsent notices')[0]?.text).toContain('thread:t2');
    await desk.emulator.stop();
  });

  it('lets a handler finish, and answers Telegram then', async () => {
    const desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const gate = new Gate();
    desk.replies.before = () => gate.pass();
    const reply = desk.chat.agent('Ada').reply(notice, 'Hello');
    await gate.reached;
    const closed = desk.app.close();
    gate.open();
    await closed;
    expect(desk.replies.replies).toHaveLength(1);
    await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(200), 20_000);
    expect(desk.chat.reactionsOn(reply.message_id)).toEqual(['👍']);
    await desk.emulator.stop();
  });

  it('has Telegram keep a reply that the handler did not take in time', async () => {
    const clock = new VirtualClock();
    const desk = await TestDesk.start({ clock });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    desk.replies.before = () => {
      throw new Error('not yet');
    };
    desk.chat.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(() => expect(desk.log.with('error', 'attempt 1')).toHaveLength(1), 20_000);
    await desk.app.close();
    await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(503), 20_000);
    const { pending_update_count: pending } = await desk.telegram.api.call('getWebhookInfo');
    expect(pending).toBe(1);
    await desk.emulator.stop();
  });

  it('leaves the webhook registered: other instances use it', async () => {
    const desk = await TestDesk.start();
    await desk.app.close();
    expect(desk.emulator.callsOf('deleteWebhook')).toEqual([]);
    await desk.emulator.stop();
  });

  it('leaves no timer behind', async () => {
    const clock = new VirtualClock();
    const desk = await TestDesk.start({ clock, webhook: false });
    desk.emulator.failNext('sendMessage', { kind: 'html', status: 502 });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hello' });
    await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
    await desk.app.close();
    expect(clock.pending).toBe(0);
    await desk.emulator.stop();
  });
});
