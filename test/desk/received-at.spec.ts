import { afterEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../src/common/system-clock.js';
import { VirtualClock, type BotApiEmulator, type Message } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

const HOUR_MS = 3_600_000;

type Chat = (emulator: BotApiEmulator) => TestDesk['chat'];
const group: Chat = (emulator) => emulator.createSupergroup({ title: 'Support' });
const forum: Chat = (emulator) => emulator.createForum({ title: 'Support' });
const privateChat: Chat = (emulator) => emulator.createPrivateChat('Ada');

const WAYS: Array<[string, Chat, (desk: TestDesk, notice: Message) => void]> = [
  ['to a notice', group, ({ chat }, notice) => void chat.agent('Ada').reply(notice, 'Hello')],
  [
    'from another topic',
    forum,
    ({ chat }, notice) => {
      const ada = chat.agent('Ada');
      const { id } = ada.createTopic('Shipping');
      ada.replyFromElsewhere(notice, 'Hello', { message_thread_id: id });
    },
  ],
  ['in a private desk', privateChat, ({ chat }) => void chat.agent('Ada').write('Hello')],
];

describe.each(WAYS)('The receivedAt of a reply %s', (_name, chat, answer) => {
  let clock: VirtualClock;
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function receive(stepMs: number): Promise<{ receivedAtMs: number; noticeAtMs: number }> {
    clock = new VirtualClock(Math.floor(Date.now() / 1000) * 1000 + 123);
    desk = await TestDesk.start({ clock, chat, emulator: { clock: new SystemClock() } });
    clock.stepWall(stepMs);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Hi') === true);
    answer(desk, notice);
    const reply = await vi.waitUntil(() => desk.replies.replies[0], 20_000);
    return { receivedAtMs: reply.receivedAt.getTime(), noticeAtMs: notice.date * 1000 };
  }

  it('is the time of this process, to the millisecond', async () => {
    const { receivedAtMs } = await receive(HOUR_MS);
    expect(receivedAtMs).toBe(clock.now());
    expect(receivedAtMs % 1000).toBe(123);
  });

  it('is not before its notice when the clock of this process is slow', async () => {
    const { receivedAtMs, noticeAtMs } = await receive(-HOUR_MS);
    expect(receivedAtMs).toBeGreaterThanOrEqual(noticeAtMs);
  });
});
