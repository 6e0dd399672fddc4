import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RedisServer } from '../support/redis-server.js';
import { projectFolder } from '../support/run.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

const USER = 'app1';
const PASSWORD = 'only-for-this-test';
const KEYS = ['~tg:*', '~tg_thread:*'];

/** A right that is missing: the rules of the user, and what the log must name. */
interface Missing {
  readonly what: string;
  readonly rules: readonly string[];
  readonly named: readonly string[];
}

const MISSING: readonly Missing[] = [
  { what: 'commands that block', rules: [...KEYS, '+@all', '-@blocking'], named: ['BZPOPMIN'] },
  { what: 'scripts', rules: [...KEYS, '+@all', '-@scripting'], named: ['EVAL', 'EVALSHA'] },
  { what: 'one command in scripts', rules: [...KEYS, '+@all', '-zadd'], named: ['ZADD'] },
  { what: 'writing', rules: [...KEYS, '+@read', '+@connection'], named: ['SET', 'BZPOPMIN'] },
  { what: 'anything', rules: [...KEYS, '-@all'], named: ['PING', 'GET', 'EVAL'] },
  { what: 'our keys', rules: ['~app1:*', '+@all'], named: ['tg:{', 'tg_thread:'] },
  { what: 'the keys of mappings', rules: ['~tg:*', '+@all'], named: ['tg_thread:'] },
  { what: 'writing our keys', rules: ['%R~tg*', '+@all'], named: ['tg:{', 'tg_thread:'] },
];

describe('A desk whose Redis user', () => {
  let server: RedisServer;
  let admin: Redis;
  let desk: TestDesk;

  beforeAll(async () => {
    server = await RedisServer.start();
    admin = new Redis(server.url);
  });
  afterEach(async () => {
    await desk.stop();
    await admin.flushall();
  });
  afterAll(async () => {
    admin.disconnect();
    await server.stop();
  });

  async function allow(rules: readonly string[]): Promise<void> {
    const reset = ['reset', 'on', `>${PASSWORD}`];
    expect(await admin.call('ACL', 'SETUSER', USER, ...reset, ...rules)).toBe('OK');
  }

  async function start(options: TestDeskOptions['options'] = {}): Promise<void> {
    const redis = server.url.replace('//', `//${USER}:${PASSWORD}@`);
    desk = await TestDesk.start({ options: { redis, ...options } });
  }

  const denials = () => desk.log.with('error', 'Redis denies what the desk needs: ');

  /** A question and its answer get through. */
  async function converse(text: string): Promise<void> {
    await vi.waitFor(
      async () => {
        const message = { threadId: 't1', messageId: text, text };
        expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: true });
      },
      { timeout: 20_000, interval: 100 },
    );
    const question = await desk.chat.waitForMessage(
      (one) => one.text?.includes(text) === true,
      15_000,
    );
    const reply = desk.chat.agent('Ada').reply(question, `about ${text}`);
    expect(await desk.chat.waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
  }

  /** Both ways are closed, and the log has said once what is missing. */
  async function isClosed({ named }: Missing): Promise<void> {
    await vi.waitFor(() => expect(denials()).toHaveLength(1), { timeout: 20_000 });
    for (const name of named) expect(denials()[0]?.text).toContain(name);
    const message = { threadId: 't1', text: 'too early' };
    const refused = { accepted: false, reason: 'unavailable' };
    expect(await desk.telegram.notifyUserMessage(message)).toMatchObject(refused);
    await desk.telegram.sendMessage('Hello');
    const hello = await desk.chat.waitForMessage(({ text }) => text === 'Hello');
    desk.chat.agent('Ada').reply(hello, 'Which thread?');
    const statuses = () => desk.emulator.deliveries.map(({ status }) => status);
    await vi.waitFor(() => expect(statuses()).toContain(503), { timeout: 20_000 });
    expect(denials()).toHaveLength(1);
  }

  /** The line that the log ends with is enough. */
  async function obeyRemedy(): Promise<void> {
    const [line] = /ACL SETUSER \S+(?: [~+]\S+)+/.exec(denials()[0]?.text ?? '') ?? [];
    const [command = '', ...args] = (line ?? '').split(' ');
    expect(await admin.call(command, ...args)).toBe('OK');
  }

  it.each(MISSING)('may not use $what at the start waits for that right', async (missing) => {
    await allow(missing.rules);
    await start();
    await isClosed(missing);
    await obeyRemedy();
    await converse('after');
    expect(denials()).toHaveLength(1);
    expect(desk.notices.filter((text) => text.includes('too early'))).toEqual([]);
  });

  it.each(MISSING)('loses the right to $what waits for it', async (missing) => {
    await allow([...KEYS, '+@all']);
    await start();
    await converse('before');
    await allow(missing.rules);
    await vi.waitFor(
      async () => {
        const message = { threadId: 't2', text: 'in between' };
        expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: false });
      },
      { timeout: 20_000, interval: 200 },
    );
    await isClosed(missing);
    await obeyRemedy();
    await converse('after');
  });

  it('has the rights that the docs name works in full', async () => {
    const docs = await readFile(join(projectFolder, 'docs/redis.md'), 'utf8');
    const [, rules = ''] = /^ACL SETUSER support on >PASSWORD (.+)$/m.exec(docs) ?? [];
    // Only a Redis without it is asked for its snapshots, with CONFIG GET, which needs a right that the docs do not give.
    await admin.config('SET', 'appendonly', 'yes');
    await admin.call('ACL', 'LOG', 'RESET');
    await allow(rules.split(' '));
    await start({ rateLimit: { messages: 2, windowMs: 1_000 }, legacyMappings: true });
    for (const text of ['one', 'two', 'three', 'four']) await converse(text);
    expect(await admin.call('ACL', 'LOG')).toEqual([]);
    expect(desk.log.lines.filter(({ level }) => /error|warn/.test(level))).toEqual([]);
  });

  it('may not use dangerous commands, INFO among them, works in full', async () => {
    await allow([...KEYS, '+@all', '-@dangerous']);
    await start();
    await converse('Help');
    expect(desk.log.lines.filter(({ level }) => /error|warn/.test(level))).toEqual([]);
  });
});
