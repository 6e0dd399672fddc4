import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TelegramService } from '../../src/index.js';
import type { EmulatorFault } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { checkOf, idsWith, statusesOf } from './diagnosed.js';
import { SECONDS_MS } from '../support/busy-machine.js';

const PASSWORD = 'only-for-this-test';
const SECRET = 'webhookSecret_webhookSecret_webhookSecret';

describe('A diagnosis', () => {
  let desk: TestDesk;
  let server: RedisServer | undefined;
  afterEach(async () => {
    await desk.stop();
    await server?.stop();
    server = undefined;
  });

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await TestDesk.start({ unchecked: true, ...wanted });
  }

  it('says that the module is disabled, and skips all else', async () => {
    await start({ options: { botToken: undefined }, webhook: false });
    const { ok, checks } = await desk.telegram.diagnose();
    const [options, ...others] = checks;
    expect(ok).toBe(false);
    expect(options).toMatchObject({
      id: 'options',
      status: 'failed',
      finding: 'The module is disabled: botToken (TELEGRAM_BOT_TOKEN) is missing',
      remedy: expect.stringContaining('TELEGRAM_ADMIN_CHAT_ID'),
    });
    expect(new Set(others.map(({ status }) => status))).toEqual(new Set(['skipped']));
    expect(new Set(others.map(({ finding }) => finding))).toEqual(
      new Set(['Not checked, because the check "options" has failed']),
    );
    expect(desk.emulator.calls).toEqual([]);
  });

  it('says that the token is refused, without showing it', async () => {
    const botToken = `7000000009:${'x'.repeat(35)}`;
    await start({ options: { botToken } });
    const diagnosis = await desk.telegram.diagnose();
    expect(idsWith(diagnosis, 'failed')).toEqual(['token']);
    expect(statusesOf(diagnosis)).toMatchObject({
      telegram: 'ok',
      chat: 'skipped',
      webhook: 'skipped',
    });
    expect(checkOf(diagnosis, 'token')).toMatchObject({
      finding: expect.stringContaining('it was mistyped or revoked'),
      remedy: 'Copy it from @BotFather',
    });
    expect(JSON.stringify(diagnosis)).not.toContain('xxxx');
  });

  it.each<[string, EmulatorFault, RegExp]>([
    ['answers 502', { kind: 'html', status: 502 }, /502/],
    ['cuts the connection', { kind: 'cut', perform: false }, /No answer of Telegram's to getMe/],
    ['hangs', { kind: 'hang' }, /4000 ms|4 s|4,000/],
    ['wants a pause', { kind: 'flood', retryAfterSeconds: 9 }, /429/],
  ])('fails at once when Telegram %s', async (_name, fault, finding) => {
    await start({ unchecked: false });
    desk.emulator.failNext('getMe', fault);
    const startedAtMs = performance.now();
    const diagnosis = await desk.telegram.diagnose();
    expect(performance.now() - startedAtMs).toBeLessThan(SECONDS_MS);
    expect(idsWith(diagnosis, 'failed')).toEqual(['telegram']);
    expect(checkOf(diagnosis, 'telegram').finding).toMatch(finding);
    expect(checkOf(diagnosis, 'telegram').remedy).toBeTruthy();
    expect(checkOf(diagnosis, 'token').status).toBe('skipped');
  });

  it('takes 10 s at most, and skips no branch that can be checked, when Redis and Telegram hang', async () => {
    server = await RedisServer.start();
    await start({ unchecked: false, options: { redis: server.url } });
    for (const method of ['getChat', 'getWebhookInfo'] as const) {
      desk.emulator.failNext(method, { kind: 'hang' });
    }
    server.freeze();
    const startedAtMs = performance.now();
    const diagnosis = await desk.telegram.diagnose();
    // The requests would end after 30 s. Other tests keep the machine busy.
    expect(performance.now() - startedAtMs).toBeLessThan(20_000);
    server.thaw();
    expect(idsWith(diagnosis, 'failed').slice(0, 3)).toEqual(['redis', 'chat', 'webhook']);
    expect(checkOf(diagnosis, 'token').status).toBe('ok');
  });

  it('says that Redis is away, why, and what it knows of Telegram all the same', async () => {
    server = await RedisServer.start();
    await start({ unchecked: false, options: { redis: server.url } });
    expect((await desk.telegram.diagnose()).ok).toBe(true);
    await server.kill();
    await vi.waitFor(async () => {
      const diagnosis = await desk.telegram.diagnose();
      expect(idsWith(diagnosis, 'failed')).toEqual(['redis']);
      expect(checkOf(diagnosis, 'redis').finding).toMatch(/^Redis does not answer: .*ECONNREFUSED/);
      expect(checkOf(diagnosis, 'redis').remedy).toContain('REDIS_URL');
      expect(checkOf(diagnosis, 'redis-rights').status).toBe('skipped');
      expect(checkOf(diagnosis, 'chat').status).toBe('ok');
    }, 20_000);
  });

  it('names the rights that the Redis user lacks, and not its password', async () => {
    server = await RedisServer.start();
    const admin = new Redis(server.url);
    const rules = [
      'reset',
      'on',
      `>${PASSWORD}`,
      '~tg:*',
      '~tg_thread:*',
      '+@all',
      '-zadd',
      '-info',
    ];
    await admin.call('ACL', 'SETUSER', 'app1', ...rules);
    admin.disconnect();
    await start({
      options: { redis: server.url.replace('//', `//app1:${PASSWORD}@`), webhookSecret: SECRET },
    });
    const diagnosis = await desk.telegram.diagnose();
    expect(idsWith(diagnosis, 'failed')).toEqual(['redis-rights']);
    expect(checkOf(diagnosis, 'redis-rights')).toMatchObject({
      finding: expect.stringContaining('its user app1 may not run ZADD'),
      remedy: 'ACL SETUSER app1 +zadd',
    });
    expect(checkOf(diagnosis, 'redis-eviction').status).toBe('skipped');
    const { token } = desk.emulator.bot;
    for (const secret of [PASSWORD, SECRET, token, token.split(':')[1]]) {
      expect(JSON.stringify(diagnosis)).not.toContain(secret);
    }
  });

  it('says that Redis refuses the password', async () => {
    server = await RedisServer.start({ args: ['--requirepass', PASSWORD] });
    await start({ options: { redis: server.url.replace('//', '//:wrong-password@') } });
    await vi.waitFor(async () => {
      const diagnosis = await desk.telegram.diagnose();
      expect(checkOf(diagnosis, 'redis').finding).toContain('WRONGPASS');
      expect(checkOf(diagnosis, 'redis').remedy).toContain('password');
      expect(JSON.stringify(diagnosis)).not.toContain('wrong-password');
    }, 20_000);
  });

  it.each([
    ['drops keys', ['--maxmemory', '100mb', '--maxmemory-policy', 'allkeys-lru'], 'warning'],
    ['would drop keys, but has no limit', ['--maxmemory-policy', 'allkeys-lru'], 'ok'],
    ['drops no keys', ['--maxmemory', '100mb', '--maxmemory-policy', 'noeviction'], 'ok'],
  ])('knows whether Redis %s when its memory is full', async (_name, args, status) => {
    server = await RedisServer.start({ args });
    await start({ unchecked: false, options: { redis: server.url } });
    expect(statusesOf(await desk.telegram.diagnose())['redis-eviction']).toBe(status);
  });

  it('contains no secret when Telegram repeats it, and nothing of what people write', async () => {
    await start({ unchecked: false, options: { webhookSecret: SECRET } });
    const { token } = desk.emulator.bot;
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'My parcel is lost' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('parcel') === true);
    const description = `Bad Request: ${token} ${SECRET} https://u:pw-of-url@h\nforged`;
    for (const method of ['getChat', 'getMe', 'getWebhookInfo', 'getChatMember'] as const) {
      desk.emulator.failNext(method, { kind: 'error', errorCode: 400, description });
      const shown = JSON.stringify(await desk.telegram.diagnose());
      expect(shown).toContain('[secret]');
      for (const secret of [token, token.split(':')[1], SECRET, 'pw-of-url', 'parcel']) {
        expect(shown).not.toContain(secret);
      }
      expect(shown).not.toContain(String.raw`\n`);
    }
  });

  it('says so when the server is not Telegram', async () => {
    await start({ unchecked: false, emulator: { bots: [ownBot()] } });
    desk.emulator.failNext('getMe', { kind: 'html', status: 200 });
    expect(idsWith(await desk.app.get(TelegramService).diagnose(), 'failed')).toEqual(['telegram']);
  });
});
