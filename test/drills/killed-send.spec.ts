import { expect, it, vi } from 'vitest';
import { VirtualClock, type EmulatorFault } from '../../src/testing/index.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

const TAKEOVER_MS = 30_000;

it.each<[name: string, fault: EmulatorFault, posted: number]>([
  ['had posted', { kind: 'delay', delayMs: 500 }, 1],
  ['had not posted', { kind: 'hang' }, 0],
])(
  'marks what Telegram %s when its process was killed, and nothing else that waited',
  async (_name, fault, posted) => {
    const clock = new VirtualClock();
    const desk = await DrillDesk.create(clock);
    const { fleet, emulator } = desk;
    const customers = new Customers(desk.balancer.url);
    await fleet.start('A');
    await customers.write('t00', 1);
    await vi.waitFor(() => expect(desk.notices).toHaveLength(1), { timeout: 20_000 });
    emulator.failNext('sendMessage', fault);
    await customers.write('t01', 1);
    await emulator.waitForCall(({ params }) => String(params['text']).includes('t01'));
    // Before another process starts, which may take the first one over while it does.
    await customers.write('t01', 1);
    // It does not read the answer.
    fleet.signal('A', 'SIGSTOP');
    clock.advance(500);
    await vi.waitFor(() => expect(desk.notices).toHaveLength(1 + posted), { timeout: 20_000 });
    await fleet.start('B');
    await fleet.kill('A');
    for (const threadId of ['t02', 't03']) await customers.write(threadId, 1);

    const expected = [
      'A1: t00 0',
      ...(posted ? ['A1: t01 0'] : []),
      'B1: t01 0,1 (again)',
      'B1: t02 0',
      'B1: t03 0',
    ];
    const isTakenOver = () => expect(shown(desk)).toEqual(expected);
    await vi.waitFor(isTakenOver, { timeout: TAKEOVER_MS, interval: 20 });
  },
  60_000,
);

/** The notices in the admin chat, sorted, because those of different threads have no order. */
function shown(desk: DrillDesk): string[] {
  return desk.notices
    .map(
      ({ instance, threadId, numbers, isMarked }) =>
        `${instance}: ${threadId} ${numbers.join()}${isMarked ? ' (again)' : ''}`,
    )
    .toSorted();
}
