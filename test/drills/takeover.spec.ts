import { expect, it, vi } from 'vitest';
import { SystemClock } from '../../src/testing/index.js';
import { Agents } from './agents.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

/** What the desk promises, and what other drills on the machine add to that. */
const TAKEOVER_MS = 15_000 + 5_000;

it('goes on within 15 s with the handler and the send of a killed process', async ({
  annotate,
}) => {
  // No request ends by itself, however long the other processes take to start.
  const desk = await DrillDesk.create(new SystemClock(), { REQUEST_TIMEOUT_MS: '60000' });
  const { fleet, reports, emulator } = desk;
  const customers = new Customers(desk.balancer.url);
  const agents = new Agents(desk.chat);
  await fleet.start('A');
  await customers.write('t00', 1);
  reports.hold();
  await agents.reply('t00', 2);
  await vi.waitFor(() => expect(reports.replies).toHaveLength(1), { timeout: 20_000 });
  emulator.failNext('sendMessage', { kind: 'hang' });
  await customers.write('t01', 2);
  await emulator.waitForCall(({ params }) => String(params['text']).includes('t01'));
  await Promise.all([fleet.start('B'), fleet.start('C')]);
  expect(reports.replies).toHaveLength(1);
  expect(desk.notices).toHaveLength(1);

  await fleet.kill('A');
  const killedAtMs = performance.now();
  const takenOver = async (isThere: () => void): Promise<number> => {
    await vi.waitFor(isThere, { timeout: TAKEOVER_MS, interval: 10 });
    return Math.round(performance.now() - killedAtMs);
  };
  const [handlerMs, sendMs] = await Promise.all([
    takenOver(() => expect(reports.replies.length).toBeGreaterThanOrEqual(2)),
    takenOver(() => expect(desk.notices.length).toBeGreaterThanOrEqual(2)),
  ]);
  await annotate(`The handler goes on after ${handlerMs} ms, the send after ${sendMs} ms`);
  expect(Math.max(handlerMs, sendMs)).toBeLessThan(TAKEOVER_MS);

  reports.release();
  await vi.waitFor(() => expect(reports.replies).toHaveLength(3), { timeout: 20_000 });
  expect(reports.replies.map(({ text }) => text)).toEqual(['r000', 'r000', 'r001']);
  expect(reports.replies.map(({ instance }) => instance === 'A1')).toEqual([true, false, false]);
  // Nobody knows whether Telegram had read the request of the killed process.
  expect(
    desk.notices.map(({ threadId, numbers, isMarked }) => ({ threadId, numbers, isMarked })),
  ).toEqual([
    { threadId: 't00', numbers: [0], isMarked: false },
    { threadId: 't01', numbers: [0, 1], isMarked: true },
  ]);
}, 60_000);
