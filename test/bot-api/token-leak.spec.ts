import { inspect } from 'node:util';
import { create } from 'axios';
import { HttpService } from '@nestjs/axios';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ModulesContainer } from '@nestjs/core';
import { BotApiClient, TelegramModule, TelegramService } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { BotApiEmulator, type EmulatorFault } from '../../src/testing/index.js';
import { freePort } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

const SECRET_PART = 'AAHsecretsecretsecretsecretsecret12';
const TOKEN = `7000000001:${SECRET_PART}`;
const WEBHOOK_SECRET = 'a-webhook-secret-nobody-may-see';

/** Everything that could be printed of a value, hidden fields, symbols and causes included. */
function everythingOf(value: unknown): string {
  const printed = inspect(value, { depth: Infinity, showHidden: true, getters: true });
  const serialised = value instanceof Error ? String(value.stack) : '';
  return printed + serialised;
}

const faults: [string, EmulatorFault][] = [
  ['a refusal', { kind: 'error', errorCode: 400, description: 'Bad Request: chat not found' }],
  ['a revoked token', { kind: 'error', errorCode: 401, description: 'Unauthorized' }],
  [
    'an error that repeats the token',
    { kind: 'error', errorCode: 404, description: `no ${TOKEN}` },
  ],
  ['a flood', { kind: 'error', errorCode: 429, description: 'x', parameters: { retry_after: 1 } }],
  ['an ill server', { kind: 'error', errorCode: 500, description: 'Internal Server Error' }],
  ['an HTML 502', { kind: 'html', status: 502 }],
  ['a cut connection', { kind: 'cut', perform: false }],
  ['a cut body', { kind: 'truncate', perform: true }],
  ['a hanging call', { kind: 'hang' }],
  ['a redirect', { kind: 'redirect', location: `https://127.0.0.1/bot${TOKEN}/sendMessage` }],
  ['a redirect to nowhere', { kind: 'redirect', location: `::bot${TOKEN}` }],
];

describe('The bot token', () => {
  let emulator: BotApiEmulator;

  beforeAll(async () => {
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [{ token: TOKEN }] });
  });
  afterAll(() => emulator.stop());

  function clientOf(apiRoot: string): BotApiClient {
    const token = new BotToken(TOKEN);
    return new BotApiClient(new HttpService(), { token, apiRoot, timeoutMs: 300 });
  }

  async function errorOf(client: BotApiClient): Promise<unknown> {
    return client.call('sendMessage', { chat_id: 1, text: 'x' }).then(
      () => expect.fail('the call succeeded'),
      (error: unknown) => error,
    );
  }

  it.each(faults)('is not in the error of %s', async (_name, fault) => {
    emulator.failNext('sendMessage', fault);
    const error = await errorOf(clientOf(emulator.apiRoot));
    expect(everythingOf(error)).not.toContain(SECRET_PART);
    expect(JSON.stringify(error)).not.toContain(SECRET_PART);
  });

  it.each([
    ['nothing listens', async () => `http://127.0.0.1:${await freePort()}`],
    ['the host is unknown', () => Promise.resolve('http://no-such-host.invalid')],
    [
      'the server speaks no TLS',
      () => Promise.resolve(emulator.apiRoot.replace('http:', 'https:')),
    ],
    ['the root is no URL', () => Promise.resolve('not a url')],
  ])('is not in the error when %s', async (_name, apiRoot) => {
    expect(everythingOf(await errorOf(clientOf(await apiRoot())))).not.toContain(SECRET_PART);
  });

  it('is not in an error whose message the HTTP library took from the URL', async () => {
    const http = new HttpService(
      create({ adapter: ({ url }) => Promise.reject(new Error(`cannot reach ${url}`)) }),
    );
    const options = { token: new BotToken(TOKEN), apiRoot: 'http://x', timeoutMs: 300 };
    const error = await errorOf(new BotApiClient(http, options));
    expect(String(error)).toContain('cannot reach');
    expect(everythingOf(error)).not.toContain(SECRET_PART);
  });

  it('is not in the client, idle or while a call is under way', async () => {
    const client = clientOf(emulator.apiRoot);
    emulator.failNext('getMe', { kind: 'hang' });
    const call = client.call('getMe').catch(() => undefined);
    expect(everythingOf(client)).not.toContain(SECRET_PART);
    await call;
    expect(everythingOf(client)).not.toContain(SECRET_PART);
  });
});

describe('A running desk', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('shows neither the token nor the webhook secret in its log or its providers', async () => {
    desk = await TestDesk.start({
      emulator: { bots: [{ token: TOKEN }] },
      options: { webhookSecret: WEBHOOK_SECRET, requestTimeoutMs: 300 },
    });
    // On a busy machine, 300 ms may be too little for the first registration.
    const before = desk.log.with('error', 'was not registered').length;
    for (const [, fault] of faults) {
      desk.emulator.failNext('sendMessage', fault);
      await desk.telegram.sendMessage('x');
      desk.emulator.failNext('getWebhookInfo', fault);
      await desk.telegram.registerWebhook(desk.webhookUrl);
    }
    expect(desk.log.with('error', 'was not sent')).toHaveLength(faults.length);
    expect(desk.log.with('error', 'was not registered')).toHaveLength(before + faults.length);
    const container = inspect(desk.app.get(ModulesContainer), { depth: 12, showHidden: true });
    const parts = [desk.log.lines, desk.app.get(TelegramService), desk.app.get(TelegramModule)];
    const shown = everythingOf(parts) + container;
    expect(container).toContain('TelegramSettings');
    expect(shown).not.toContain(SECRET_PART);
    expect(shown).not.toContain(WEBHOOK_SECRET);
    expect(shown).not.toContain(`/bot${desk.emulator.bot.id}`);
  });
});
