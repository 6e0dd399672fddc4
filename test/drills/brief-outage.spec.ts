import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { VirtualClock } from '../../src/testing/index.js';
import { Agents } from './agents.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

/** Longer than a command may take, shorter than a lock lives. */
const OUTAGE_MS = 2_500;

it('repeats nothing that came to its end while Redis was away for a short time', async () => {
  const clock = new VirtualClock();
  const desk = await DrillDesk.create(clock);
  const { fleet, reports, emulator, server } = desk;
  const customers = new Customers(desk.balancer.url);
  const agents = new Agents(desk.chat);
  await fleet.start('A');
  await customers.write('t00', 1);
  reports.hold();
  await agents.reply('t00', 1);
  await vi.waitFor(() => expect(reports.replies).toHaveLength(1), { timeout: 20_000 });
  emulator.failNext('sendMessage', { kind: 'delay', delayMs: 1_000 });
  await customers.write('t01', 1);
  await emulator.waitForCall(({ params }) => String(params['text']).includes('t01'));

  await server.kill();
  clock.advance(1_000);
  reports.release();
  await vi.waitFor(() => expect(desk.notices).toHaveLength(2), { timeout: 20_000 });
  await pass(OUTAGE_MS);
  await server.restart();
  // What is written now stands last in both queues, so that a repeat would come before it.
  await Promise.all([customers.write('t01', 1), agents.reply('t00', 1)]);
  await vi.waitFor(() => expect(desk.notices).toHaveLength(3), { timeout: 20_000 });
  await vi.waitFor(() => {
    // Telegram delivers the update again that the app had no Redis for yet.
    clock.advance(1_000);
    expect(reports.replies.length).toBeGreaterThanOrEqual(2);
  }, 20_000);
  expect(desk.notices.map(({ numbers }) => numbers)).toEqual([[0], [0], [1]]);
  expect(reports.replies.map(({ text }) => text)).toEqual(['r000', 'r001']);
}, 60_000);
