import { setTimeout as pass } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { describe, it, vi, type TestContext } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { RedisServer, freePort } from '../support/redis-server.js';
import { AppFleet } from './app.fleet.js';
import { DRILL_PROGRAM } from './drill.program.js';

const KEYS = ['~tg:*', '~tg_thread:*'];
const IDLE_MS = 5_000;

/** Five per cent. It takes 0.3 on an idle machine, and up to 1 on a busy one. */
const MOST_CPU_MS = IDLE_MS * 0.05;

/** What Redis denies: its arguments, the rules of the user, and what is done to it. */
interface Denial {
  readonly what: string;
  readonly args?: readonly string[];
  readonly rules?: readonly string[];
  readonly before?: ReadonlyArray<readonly [string, ...string[]]>;
  /** What the one error in the log names; none when all works. */
  readonly named?: string;
}

const without = (...commands: string[]): string[] =>
  commands.flatMap((command) => ['--rename-command', command, '']);

const DENIALS: readonly Denial[] = [
  { what: 'dangerous commands', rules: [...KEYS, '+@all', '-@dangerous'] },
  { what: 'blocking', rules: [...KEYS, '+@all', '-@blocking'], named: 'BZPOPMIN' },
  { what: 'scripts', rules: [...KEYS, '+@all', '-@scripting'], named: 'EVAL, EVALSHA' },
  { what: 'writing', rules: [...KEYS, '+@read', '+@connection', '+info'], named: 'BZPOPMIN' },
  { what: 'our keys', rules: ['~app1:*', '+@all'], named: 'tg:{' },
  { what: 'everything', rules: ['-@all'], named: 'PING' },
  { what: 'INFO, which it does not have', args: without('INFO') },
  { what: 'BZPOPMIN, which it does not have', args: without('BZPOPMIN'), named: 'BZPOPMIN' },
  { what: 'EVALSHA, which it does not have', args: without('EVALSHA'), named: 'EVALSHA' },
  { what: 'ZADD, which it does not have', args: without('ZADD'), named: 'ZADD' },
  { what: 'more memory', before: [['CONFIG', 'SET', 'maxmemory', '1']], named: 'maxmemory' },
];

// Each measures a process of its own, and mostly waits.
describe.concurrent('An app whose Redis', () => {
  async function start(
    { onTestFinished }: TestContext,
    { args = [], rules = ['~*', '+@all'], before = [] }: Denial,
  ) {
    const server = await RedisServer.start({ args });
    onTestFinished(() => server.stop());
    const admin = new Redis(server.url, { enableReadyCheck: false });
    onTestFinished(() => admin.disconnect());
    const allow = (...given: readonly string[]) =>
      admin.call('ACL', 'SETUSER', 'app1', 'reset', 'on', '>secret', ...given);
    await allow(...rules);
    for (const [command, ...rest] of before) await admin.call(command, ...rest);
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    onTestFinished(() => emulator.stop());
    const chat = emulator.createSupergroup({ title: 'Support' });
    const env = {
      REDIS_URL: server.url.replace('//', '//app1:secret@'),
      REPORT_URL: 'http://127.0.0.1:9',
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
    };
    const fleet = new AppFleet(DRILL_PROGRAM, env, [await freePort()]);
    onTestFinished(() => fleet.stop());
    await fleet.start('A');
    return { allow, fleet };
  }

  /** The processor time that the process takes while nothing is asked of it. */
  async function idleCpuMs(fleet: AppFleet): Promise<number> {
    const usedMs = async (): Promise<number> => {
      const response = await fetch(`${fleet.urlOf('A')}/cpu`);
      const { user, system }: NodeJS.CpuUsage = JSON.parse(await response.text());
      return (user + system) / 1000;
    };
    await usedMs();
    await pass(1_000);
    const before = await usedMs();
    await pass(IDLE_MS);
    return (await usedMs()) - before;
  }

  const errorsOf = (fleet: AppFleet) =>
    fleet
      .logOf('A')
      .split('\n')
      .filter((line) => line.includes('ERROR'));

  it.for(DENIALS)(
    'denies $what at the start is idle, and says so once',
    { timeout: 120_000 },
    async (denial, context) => {
      const { expect } = context;
      const { fleet } = await start(context, denial);
      if (denial.named) {
        await vi.waitFor(() => expect(errorsOf(fleet)).toHaveLength(1), { timeout: 20_000 });
      }
      const cpuMs = await idleCpuMs(fleet);
      process.stdout.write(`${denial.what}: ${((cpuMs / IDLE_MS) * 100).toFixed(2)} % CPU\n`);
      expect(errorsOf(fleet).slice(denial.named ? 1 : 0)).toEqual([]);
      expect(errorsOf(fleet).join('')).toContain(denial.named ?? '');
      expect(fleet.logOf('A').split('\n').length).toBeLessThan(60);
      expect(cpuMs).toBeLessThan(MOST_CPU_MS);
    },
  );

  it.for(DENIALS.filter(({ rules, named }) => rules && named))(
    'denies $what while it runs is idle, and says so once',
    { timeout: 120_000 },
    async (denial, context) => {
      const { expect } = context;
      const { fleet, allow } = await start(context, { what: 'nothing' });
      await pass(1_000);
      await allow(...(denial.rules ?? []));
      await vi.waitFor(() => expect(errorsOf(fleet)).toHaveLength(1), { timeout: 20_000 });
      const cpuMs = await idleCpuMs(fleet);
      process.stdout.write(
        `${denial.what}, later: ${((cpuMs / IDLE_MS) * 100).toFixed(2)} % CPU\n`,
      );
      expect(errorsOf(fleet)).toHaveLength(1);
      expect(errorsOf(fleet).join('')).toContain(denial.named);
      expect(cpuMs).toBeLessThan(MOST_CPU_MS);
    },
  );
});
