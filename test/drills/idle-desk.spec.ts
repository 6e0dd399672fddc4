import { setTimeout as pass } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { DrillDesk } from './drill.desk.js';

const IDLE_MS = 10_000;

/**
 * What BullMQ keeps of a queue beside its jobs, and the key that never is, at which its scripts begin.
 * Jobs, ids, rate limits and mappings have other keys.
 */
const BULLMQ_KEY =
  /^tg:\{[^}]+\}:(inbox|outbox|acknowledgements):(wait|paused|active|delayed|prioritized|pc|marker|meta|events|limiter|stalled|stalled-check|repeat|)(:none)?$/;

interface Command {
  /** By the clock of Redis. */
  readonly atMs: number;
  readonly name: string;
  readonly keys: readonly string[];
  /** Whether a client sent it, and not a script. */
  readonly isSent: boolean;
}

it('asks Redis nothing of its own and takes no processor time while it is idle', async ({
  annotate,
}) => {
  const desk = await DrillDesk.create();
  const monitor = await desk.redis.monitor();
  onTestFinished(() => monitor.disconnect());
  const commands: Command[] = [];
  monitor.on('monitor', (time: string, [name = '', ...args]: string[], source: string) => {
    const keys = args.filter((arg) => arg.startsWith('tg'));
    const isSent = source !== 'lua';
    commands.push({ atMs: Number(time) * 1_000, name: name.toLowerCase(), keys, isSent });
  });
  await desk.fleet.start('A');
  // All three workers wait for jobs, and have waited in vain before.
  const waits = () => commands.filter(({ name }) => name === 'bzpopmin');
  await vi.waitFor(() => expect(waits().length).toBeGreaterThanOrEqual(6), { timeout: 20_000 });
  await cpuMsOf(desk);

  const cpuMs = await cpuMsOf(desk);
  commands.length = 0;
  await pass(IDLE_MS);
  // No more than that, however late this process goes on.
  const endMs = (commands[0]?.atMs ?? 0) + IDLE_MS;
  const seen = commands.filter(({ atMs }) => atMs < endMs);
  const usedMs = (await cpuMsOf(desk)) - cpuMs;

  const sent = seen.filter(({ isSent }) => isSent);
  await annotate(
    `${usedMs.toFixed(1)} ms of processor time in ${IDLE_MS} ms; ${sent.length} commands:\n${listOf(sent)}`,
  );
  expect(new Set(sent.map(({ name }) => name))).toEqual(new Set(['bzpopmin', 'evalsha']));
  // A process says every 15 s which reply handlers it has.
  const own = seen.flatMap(({ keys }) => keys).filter((key) => !BULLMQ_KEY.test(key));
  expect(own.filter((key) => !key.endsWith(':handlers'))).toEqual([]);
  // For each queue a look for stalled jobs every 3 s, and one for jobs before each wait of 5 s.
  expect(sent.length).toBeLessThanOrEqual(3 * (4 + 3 + 3));
  // Some tens of milliseconds on a quiet machine; a loop that asks again and again takes far more.
  expect(usedMs).toBeLessThan(300);
}, 60_000);

/** The processor time that the process at place A has used so far. */
async function cpuMsOf(desk: DrillDesk): Promise<number> {
  const response = await fetch(`${desk.fleet.urlOf('A')}/cpu`);
  const { user, system }: NodeJS.CpuUsage = JSON.parse(await response.text());
  return (user + system) / 1000;
}

/** How often each command was sent, and to which keys. */
function listOf(commands: readonly Command[]): string {
  const lines = commands.map(({ name, keys }) => {
    const [first = ''] = keys;
    const ends = keys.map((key) => key.slice(key.lastIndexOf(':') + 1)).filter(Boolean);
    return `${name} ${first.split(':').at(-2)}: ${ends.join(' ')}`;
  });
  return [...new Set(lines)]
    .map((line) => `${lines.filter((other) => other === line).length} × ${line}`)
    .join('\n');
}
