import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type { Diagnosis, DiagnosisCheck } from '../../src/index.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';
import { checkOf, idsWith, problemsIn } from '../monitoring/diagnosed.js';
import { runCommandLine } from './command-line.js';

/** What the module calls at Telegram when it starts, or takes updates. */
const STARTED = ['getUpdates', 'setWebhook', 'deleteWebhook', 'setMyCommands', 'sendMessage'];

const MARKS: Readonly<Record<DiagnosisCheck['status'], string>> = {
  ok: '✓',
  warning: '!',
  failed: '✗',
  skipped: '–',
};

describe('nestjs-telegram-support doctor', { timeout: 120_000 }, () => {
  let emulator: BotApiEmulator;
  let chat: EmulatedChat;
  let env: Record<string, string>;
  let folder: string;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ bots: [ownBot()] });
    chat = emulator.createSupergroup({ title: 'Support' });
    env = {
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_UPDATES: 'polling',
    };
    folder = await mkdtemp(join(tmpdir(), 'cli-'));
  });

  afterEach(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  async function diagnosed(
    given: Record<string, string>,
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; diagnosis: Diagnosis }> {
    const { code, stdout, stderr } = await runCommandLine(
      ['doctor', '--json', ...args],
      { ...env, ...given },
      folder,
    );
    expect(stderr).toBe('');
    const diagnosis: Diagnosis = JSON.parse(stdout);
    return { code, stdout, diagnosis };
  }

  it('ends with 1 for warnings alone, with 2 if they are to fail, and with 0 when all is well', async () => {
    const warned = await diagnosed({});
    expect(warned.code).toBe(1);
    expect(warned.diagnosis.ok).toBe(true);
    expect(idsWith(warned.diagnosis, 'warning')).toContain('commands');
    expect((await diagnosed({}, '--strict')).code).toBe(2);
    expect((await diagnosed({ TELEGRAM_UPDATES: 'off' })).code).toBe(0);
  });

  it('has nothing to say against a healthy app that sets its language and its secret in code', async () => {
    const redis = inject('redisUrl');
    const desk = await TestDesk.start({
      options: {
        botToken: emulator.bot.token,
        adminChatId: chat.id,
        apiRoot: emulator.apiRoot,
        webhookSecret: 'only-in-code',
        locale: 'de',
        redis,
      },
    });
    await vi.waitUntil(() => chat.agent('Ada').commands().length > 0, 60_000);
    const { diagnosis } = await diagnosed({ REDIS_URL: redis, TELEGRAM_UPDATES: 'webhook' });
    await desk.stop();
    // The Redis of the tests keeps nothing.
    expect(problemsIn(diagnosis)).toEqual([expect.stringContaining('warning redis-persistence')]);
    expect(checkOf(diagnosis, 'webhook-secret')).toMatchObject({
      status: 'skipped',
      finding: expect.stringContaining('the app may set its own'),
    });
    expect(checkOf(diagnosis, 'commands').status).toBe('ok');
  });

  it('knows nothing of how the app polls', async () => {
    const { diagnosis } = await diagnosed({});
    expect(checkOf(diagnosis, 'polling')).toEqual({
      id: 'polling',
      status: 'skipped',
      finding: 'This process does not poll; see the log of the app',
    });
  });

  it('prints JSON alone, with the versions, and neither token nor secret', async () => {
    const { stdout } = await diagnosed({ TELEGRAM_WEBHOOK_SECRET: 'hunter2hunter2' });
    expect(JSON.parse(stdout)).toEqual({
      ok: true,
      checks: expect.any(Array),
      versions: {
        package: '0.1.0',
        node: process.versions.node,
        nest: expect.stringMatching(/^1[12]\./),
        os: expect.any(String),
        ioredis: expect.any(String),
        bullmq: expect.any(String),
      },
    });
    expect(stdout).not.toContain(emulator.bot.token.split(':')[1]);
    expect(stdout).not.toContain('hunter2');
  });

  it('starts nothing, and leaves nothing in Redis', async () => {
    const redis = new Redis(inject('redisUrl'));
    const { code } = await diagnosed({
      REDIS_URL: inject('redisUrl'),
      TELEGRAM_UPDATES: 'webhook',
      TELEGRAM_WEBHOOK_URL: 'http://127.0.0.1:9',
    });
    expect(code).toBe(2);
    const methods = emulator.calls.map(({ method }) => method);
    expect(methods.filter((method) => STARTED.includes(method))).toEqual([]);
    expect(await redis.keys(`*${emulator.bot.id}*`)).toEqual([]);
    redis.disconnect();
  });

  it('takes no update from the app that polls', async () => {
    chat.agent('Ada').write('Hello');
    await diagnosed({});
    expect(emulator.bot.pendingUpdates).toBe(1);
  });

  it('skips the route of the webhook, which only the process of the app knows', async () => {
    const { diagnosis } = await diagnosed({ TELEGRAM_UPDATES: 'webhook' });
    expect(checkOf(diagnosis, 'webhook-route')).toMatchObject({
      status: 'skipped',
      finding: expect.stringContaining('serves no HTTP'),
    });
  });

  it.each([
    ['Redis is away', { REDIS_URL: 'redis://127.0.0.1:1' }, 'redis', /ECONNREFUSED/, /REDIS_URL/],
    [
      'no chat is set',
      { TELEGRAM_ADMIN_CHAT_ID: '' },
      'options',
      /disabled.*TELEGRAM_ADMIN_CHAT_ID/,
      /Set botToken/,
    ],
    [
      'options cannot be used',
      { TELEGRAM_MODE: 'threads', TELEGRAM_WEBHOOK_URL: 'ftp://example.org' },
      'options',
      /TELEGRAM_MODE: got "threads"; wants "replies" or "topics"\. .*TELEGRAM_WEBHOOK_URL/,
      /Correct them/,
    ],
    [
      'the token is mistyped',
      { TELEGRAM_BOT_TOKEN: `7:${'x'.repeat(35)}` },
      'token',
      /mistyped or revoked/,
      /@BotFather/,
    ],
  ])('ends with 2 when %s', async (_what, given, id, finding, remedy) => {
    const { code, diagnosis } = await diagnosed(given);
    expect(code).toBe(2);
    expect(diagnosis.ok).toBe(false);
    expect(checkOf(diagnosis, id)).toEqual({
      id,
      status: 'failed',
      finding: expect.stringMatching(finding),
      why: expect.any(String),
      remedy: expect.stringMatching(remedy),
    });
  });

  it('writes the same for people, in lines of 80 columns without colors', async () => {
    const { diagnosis } = await diagnosed({ TELEGRAM_ADMIN_CHAT_ID: '-1001' });
    const { code, stdout, stderr } = await runCommandLine(
      ['doctor'],
      { ...env, TELEGRAM_ADMIN_CHAT_ID: '-1001' },
      folder,
    );
    expect(code).toBe(2);
    expect(stderr).toBe('');
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001b');
    const text = stdout.replaceAll(/\s+/g, ' ');
    for (const { id, status, finding, why, remedy } of diagnosis.checks) {
      const lines = [`${MARKS[status]} ${id}: ${finding}`, why && `Why: ${why}`];
      const all = [...lines, remedy && `Do: ${remedy}`].filter(Boolean).join(' ');
      expect(text).toContain(all.replaceAll(/\s+/g, ' '));
    }
    expect(text).toMatch(/\d+ failed, \d+ warnings?, \d+ in order, \d+ not checked\./);
    expect(text).toContain('Never checked here: - options that your app sets in code');
  });

  it('reads .env, or the file that is named, where the environment has no value', async () => {
    const other = emulator.createSupergroup({ title: 'Other' });
    await writeFile(join(folder, '.env'), `TELEGRAM_ADMIN_CHAT_ID=${chat.id}\nTELEGRAM_MODE=x\n`);
    await writeFile(join(folder, 'other.env'), `TELEGRAM_ADMIN_CHAT_ID=${other.id}\n`);
    const { TELEGRAM_ADMIN_CHAT_ID: _chat, ...unset } = env;
    env = { ...unset, TELEGRAM_MODE: 'replies' };
    expect(checkOf((await diagnosed({})).diagnosis, 'chat').finding).toContain('is Support');
    const named = await diagnosed({}, '--env-file', 'other.env');
    expect(checkOf(named.diagnosis, 'chat').finding).toContain('is Other');
  });

  it('diagnoses another chat, and another desk', async () => {
    const other = emulator.createSupergroup({ title: 'Billing' });
    const given = [`--chat=${other.id}`];
    expect(checkOf((await diagnosed({}, ...given)).diagnosis, 'chat').finding).toContain('Billing');
    const { diagnosis } = await diagnosed({}, '--desk', 'billing', ...given);
    expect(checkOf(diagnosis, 'options').finding).toContain('The desk "billing"');
    expect(checkOf(diagnosis, 'chat').finding).toContain('Billing');
  });
});

describe('nestjs-telegram-support', { timeout: 120_000 }, () => {
  it.each([
    [['docter'], /^nestjs-telegram-support docter: there is no such command/],
    [['doctor', '--jsn'], /^nestjs-telegram-support doctor: Unknown option '--jsn'$/],
    [['doctor', 'now'], /^nestjs-telegram-support doctor: Unexpected argument 'now'$/],
    [['doctor', '--chat', '-100'], /doctor: --chat needs a value; .* --chat=-1$/],
    [['doctor', '--desk', 'billing'], /doctor: the environment holds no chat .* --chat=<id>$/],
  ])('ends with 2 and one line for %j', async (args, line) => {
    const { code, stdout, stderr } = await runCommandLine(args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.trimEnd()).toMatch(line);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it.each([['--help'], ['doctor --help'], ['setup --help']])(
    'explains itself by %s',
    async (args) => {
      const { code, stdout } = await runCommandLine(args.split(' '));
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: nestjs-telegram-support/);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    },
  );
});
