import { describe, expect, it, vi } from 'vitest';
import { Agents } from '../drills/agents.js';
import type { Place } from '../drills/app.fleet.js';
import { Customers } from '../drills/customers.js';
import { DrillDesk } from '../drills/drill.desk.js';
import { SHIFTED_CLOCK_URL } from '../drills/drill.program.js';

const HOUR_MS = 3_600_000;

/** Real processes, of which one has a wall clock that is wrong, or is set while it runs. */
const withClock = (clock: Record<string, number>): Record<string, string> => ({
  NODE_OPTIONS: `--import ${SHIFTED_CLOCK_URL}`,
  ...Object.fromEntries(Object.entries(clock).map(([name, ms]) => [name, String(ms)])),
});

const setClock = async ({ fleet }: DrillDesk, place: Place): Promise<void> => {
  fleet.signal(place, 'SIGUSR2');
  await vi.waitUntil(() => fleet.logOf(place).includes('The clock was set'), 20_000);
};

/** Waits for what takes as long as the desk promises, and no hour. */
const soon = (isThere: () => void | Promise<void>) =>
  vi.waitFor(isThere, { timeout: 25_000, interval: 20 });

describe.each([
  ['ahead', HOUR_MS],
  ['behind', -HOUR_MS],
])('a process whose clock is an hour %s', (_name, shiftMs) => {
  it.each<[string, Record<string, number>, Record<string, number>]>([
    ['fails', { CLOCK_SHIFT_MS: shiftMs }, {}],
    ['is left', {}, { CLOCK_SHIFT_MS: shiftMs }],
  ])(
    'with Redis, when it %s: a failed reply is taken after the other has died',
    async (_n, a, b) => {
      const desk = await DrillDesk.create();
      const { fleet, reports } = desk;
      await fleet.start('A', withClock(a));
      await new Customers(desk.balancer.url).write('t00', 1);
      // It is tried again after 1 s, and then after 5 s, which begin when the other process is there.
      reports.refuse(1);
      await new Agents(desk.chat).reply('t00', 1);
      await soon(() => expect(reports.replies).toHaveLength(1));
      reports.hold();
      await fleet.start('B', withClock(b));
      await soon(() => expect(reports.replies).toHaveLength(2));
      reports.release(500);
      // Until then, the other process would go on as soon as the lock of the dead one ends.
      await soon(async () => {
        const [jobs = ''] = await desk.keys('inbox:jobs:');
        expect((await desk.redis.lrange(jobs, 0, 0))[0]).toContain('"ms":5000');
      });
      const [first, second] = reports.replies;
      const waitedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
      expect(waitedMs).toBeGreaterThan(950);
      const died: Place = second?.instance === 'B1' ? 'B' : 'A';
      await fleet.kill(died);
      await soon(() => expect(reports.replies).toHaveLength(3));
      expect(reports.replies[2]?.instance).toBe(died === 'A' ? 'B1' : 'A1');
      expect((reports.replies[2]?.atMs ?? 0) - (second?.atMs ?? 0)).toBeGreaterThan(4_950);
    },
    90_000,
  );
});

describe.each([
  ['back', -HOUR_MS],
  ['forward', HOUR_MS],
])('a clock that is set %s by an hour while the process runs', (_name, stepMs) => {
  const clock = withClock({ CLOCK_STEP_MS: stepMs });

  it.each(['memory', 'Redis'])(
    'leaves the budget its window, with %s',
    async (store) => {
      const budget = { BUDGET_MESSAGES: '1', BUDGET_WINDOW_MS: '3000' };
      const desk = await DrillDesk.create();
      const memory: Record<string, string> = store === 'memory' ? { REDIS_URL: '' } : {};
      await desk.fleet.start('A', { ...clock, ...budget, ...memory });
      const customers = new Customers(desk.balancer.url);
      await customers.write('t00', 1);
      await soon(() => expect(desk.notices).toHaveLength(1));
      await customers.write('t01', 1);
      await setClock(desk, 'A');
      await customers.write('t02', 1);
      await soon(() => expect(desk.notices).toHaveLength(3));
      const [one, two, three] = desk.emulator.callsOf('sendMessage').map(({ at }) => at);
      expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(2_990);
      expect((three ?? 0) - (two ?? 0)).toBeGreaterThanOrEqual(2_990);
    },
    60_000,
  );

  it.each(['memory', 'Redis'])(
    'has a failed reply tried again when it is due, with %s',
    async (store) => {
      const desk = await DrillDesk.create();
      const memory: Record<string, string> = store === 'memory' ? { REDIS_URL: '' } : {};
      await desk.fleet.start('A', { ...clock, ...memory });
      await new Customers(desk.balancer.url).write('t00', 1);
      desk.reports.refuse(1);
      await new Agents(desk.chat).reply('t00', 1);
      await soon(() => expect(desk.reports.replies).toHaveLength(1));
      await setClock(desk, 'A');
      await soon(() => expect(desk.reports.replies).toHaveLength(2));
      const [one, two] = desk.reports.replies;
      expect((two?.atMs ?? 0) - (one?.atMs ?? 0)).toBeGreaterThan(950);
    },
    60_000,
  );

  it('takes a reply from nobody who is at work on it', async () => {
    const desk = await DrillDesk.create();
    const { fleet, reports } = desk;
    await fleet.start('A', clock);
    await new Customers(desk.balancer.url).write('t00', 1);
    reports.hold();
    await new Agents(desk.chat).reply('t00', 1);
    await soon(() => expect(reports.replies).toHaveLength(1));
    await fleet.start('B');
    await setClock(desk, 'A');
    // Without it, the lock of its job would end after 8 s.
    let [renewals, leftMs] = [0, Infinity];
    await soon(async () => {
      const [lock = ''] = await desk.keys('inbox:*:lock');
      const newMs = await desk.redis.pttl(lock);
      if (newMs > leftMs) renewals += 1;
      leftMs = newMs;
      expect(renewals).toBeGreaterThanOrEqual(4);
    });
    expect(reports.replies).toHaveLength(1);
    reports.release();
    await vi.waitFor(async () => expect(await desk.keys('inbox:active')).toEqual([]), 20_000);
    expect(reports.replies).toHaveLength(1);
  }, 60_000);
});
