import { expect, it, vi } from 'vitest';
import { SystemClock } from '../../src/testing/index.js';
import { Agents } from './agents.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

/** What the desk promises, and what other drills on the machine add to that. */
const TAKEOVER_MS = 15_000 + 5_000;

it('asks Telegram for updates from another process within 15 s when the one that asked is killed', async ({
  annotate,
}) => {
  const desk = await DrillDesk.create(new SystemClock(), { TELEGRAM_UPDATES: 'polling' });
  const { fleet, reports, emulator } = desk;
  const customers = new Customers(desk.balancer.url);
  const agents = new Agents(desk.chat);
  await fleet.start('A');
  await emulator.waitForCall(({ method }) => method === 'getUpdates');
  await Promise.all([fleet.start('B'), fleet.start('C')]);
  await customers.write('t00', 1);
  await agents.reply('t00', 2);
  const texts = () => [...new Set(reports.replies.map(({ text }) => text))];
  await vi.waitFor(() => expect(texts()).toEqual(['r000', 'r001']), { timeout: 20_000 });
  await vi.waitFor(async () => expect(await desk.keys('inbox:jobs')).toEqual([]), 20_000);
  // Nothing of the process is left to be taken over but the lease.
  await vi.waitFor(async () => expect(await desk.activeKeys('inbox')).toBe(0), 20_000);

  await fleet.kill('A');
  const killedAtMs = performance.now();
  await agents.reply('t00', 3);
  const all = ['r000', 'r001', 'r002', 'r003', 'r004'];
  await vi.waitFor(() => expect(texts()).toEqual(all), { timeout: 30_000, interval: 10 });
  const takeoverMs = Math.round(performance.now() - killedAtMs);
  await annotate(`The updates come in again after ${takeoverMs} ms`);
  expect(takeoverMs).toBeLessThan(TAKEOVER_MS);
  // Telegram may have handed out some of them twice; the app was given each of them once.
  expect(reports.replies).toHaveLength(all.length);
  expect(emulator.callsOf('setWebhook')).toEqual([]);
}, 60_000);
