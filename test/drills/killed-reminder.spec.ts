import { expect, it, vi } from 'vitest';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

const THREADS = Array.from({ length: 20 }, (_, index) => `t${String(index).padStart(2, '0')}`);

/** How long a state may take, with a takeover of 15 s. */
const SLOW = { timeout: 60_000, interval: 20 };

const REMINDERS = { firstReplyMs: 3_000, escalateMs: 2_000 };

it('reminds of every thread, and publishes it once, when processes are killed that wait for that and do it', async ({
  annotate,
}) => {
  const desk = await DrillDesk.start({ REMINDERS: JSON.stringify(REMINDERS) });
  const { fleet, reports, chat } = desk;
  const customers = new Customers(desk.balancer.url);
  await Promise.all(THREADS.map((threadId) => customers.write(threadId, 1)));
  const reminders = () => chat.messages.filter(({ text }) => text?.includes('waited too long'));

  // While they wait.
  await fleet.kill('A');
  await fleet.start('A');
  await vi.waitFor(() => expect(reminders().length).toBeGreaterThan(0), SLOW);
  // While agents are reminded.
  await fleet.kill('B');
  await fleet.start('B');
  const published = () => reports.replies.map(({ text }) => text);
  await vi.waitFor(() => expect(published().length).toBeGreaterThan(0), SLOW);
  // While the app is told.
  await fleet.kill('C');
  await fleet.start('C');
  const threads = () => new Set(reports.replies.map(({ threadId }) => threadId));
  await vi.waitFor(() => expect(threads().size).toBe(THREADS.length), SLOW);

  // By thread: a notice, too, may stand there twice after a lost answer.
  const threadOf = (text = ''): string | undefined => /t\d\d/.exec(text)?.[0];
  const remindedOf = () =>
    reminders().map(({ reply_to_message: notice }) => threadOf(notice?.text));
  // The app is told by any process, also while the one that posts a reminder is being replaced.
  await vi.waitFor(() => expect(new Set(remindedOf()).size).toBe(THREADS.length), SLOW);
  const reminded = remindedOf();
  const again = reminders().filter(({ text }) => text?.includes('sent again'));
  await annotate(
    `${reminded.length} reminders of ${THREADS.length} threads, ${again.length} marked as sent again; ${published().length} events, ${new Set(published()).size} ids`,
  );
  // A reminder comes again only after a lost answer, and says so.
  expect(reminded.length - again.length).toBeLessThanOrEqual(THREADS.length);
  // An event that was handled in the moment of a kill comes again, with the same id.
  expect(new Set(published()).size).toBe(THREADS.length);
}, 180_000);
