import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  TelegramModule,
  TelegramService,
  TelegramWebhookController,
  type TelegramModuleOptions,
} from '../../src/index.js';
import { BotApiEmulator } from '../../src/testing/index.js';
import { HostDesk } from '../hosts/host-desk.js';
import type { Host } from '../hosts/host.interface.js';
import { LogCapture } from '../support/log-capture.js';

const PATH = '/telegram/webhook';

@Controller('hooks/:tenant')
class TenantWebhook extends TelegramWebhookController {}

describe('registerWebhook(url)', () => {
  let desk: HostDesk;
  afterEach(() => desk.stop());

  async function start(host: Partial<Host> = {}, options: Partial<TelegramModuleOptions> = {}) {
    const plain: Host = { name: '', path: PATH, inForce: () => Promise.resolve() };
    desk = await HostDesk.start({ ...plain, ...host }, 'express', { webhookUrl: '', ...options });
  }

  const registered = () => desk.emulator.callsOf('setWebhook').map(({ params }) => params['url']);
  const prefixed: Partial<Host> = { configure: (app) => app.setGlobalPrefix('api') };

  it.each<[string, Partial<Host>, string, string]>([
    ['a host', {}, 'https://a.example', `https://a.example${PATH}`],
    ['a host with slashes', {}, 'https://a.example//', `https://a.example${PATH}`],
    [
      'a host, in an app with a global prefix',
      prefixed,
      'https://a.example',
      `https://a.example/api${PATH}`,
    ],
    [
      'a URL that ends in the global prefix',
      prefixed,
      'https://a.example/api/',
      `https://a.example/api${PATH}`,
    ],
    [
      'the whole URL, in an app with a global prefix',
      prefixed,
      `https://a.example/api${PATH}/`,
      `https://a.example/api${PATH}`,
    ],
    ['a host with a query', {}, 'https://a.example/?key=1', `https://a.example${PATH}?key=1`],
    [
      'a whole URL with a query',
      {},
      `https://a.example${PATH}?key=1`,
      `https://a.example${PATH}?key=1`,
    ],
  ])(
    'registers the path where the app serves the webhook when it is given %s',
    async (_name, host, base, url) => {
      await start(host);
      expect(await desk.telegram.registerWebhook(base)).toBe(true);
      expect(registered()).toEqual([url]);
      expect(desk.complaints).toEqual([]);
      expect(desk.log.with('log', 'a proxy has to strip')).toEqual([]);
    },
  );

  it('logs that a proxy has to strip a path when the URL has a longer one', async () => {
    await start();
    expect(await desk.telegram.registerWebhook('https://a.example/shop')).toBe(true);
    expect(registered()).toEqual([`https://a.example/shop${PATH}`]);
    expect(desk.log.with('log', 'a proxy has to strip /shop')).toHaveLength(1);
  });

  it('warns that a proxy has to map the path when the URL lacks the global prefix', async () => {
    await start(prefixed);
    expect(await desk.telegram.registerWebhook(`https://a.example${PATH}`)).toBe(true);
    expect(registered()).toEqual([`https://a.example${PATH}`]);
    const text = `The URL points to ${PATH}, and this app serves /api${PATH}: unless a proxy maps`;
    expect(desk.log.with('warn', text)).toHaveLength(1);
  });

  it('logs no bot token when the URL contains it', async () => {
    await start();
    const { token } = desk.emulator.bot;
    expect(await desk.telegram.registerWebhook(`https://a.example/${token}`)).toBe(true);
    expect(desk.log.with('log', 'a proxy has to strip /[secret]')).toHaveLength(1);
    expect(desk.log.lines.map(({ text }) => text).join()).not.toContain(token);
  });

  it('registers the URL unchanged when the path of the controller has parameters', async () => {
    await start({ extras: { webhook: false }, module: { controllers: [TenantWebhook] } });
    const url = 'https://a.example/hooks/shop';
    expect(await desk.telegram.registerWebhook(url)).toBe(true);
    expect(registered()).toEqual([url]);
    expect(await desk.telegram.registerWebhook('https://a.example')).toBe(false);
  });

  it.each<[string, Partial<Host>, Partial<TelegramModuleOptions>, string, string]>([
    ['updates are polled', {}, { updates: 'polling' }, 'https://a.example', "updates: 'polling'"],
    ['updates are off', {}, { updates: 'off' }, 'https://a.example', "updates: 'off'"],
    [
      'no controller serves it',
      { extras: { webhook: false } },
      {},
      `https://a.example${PATH}`,
      'no controller of this app',
    ],
    ['the URL is not one', {}, {}, 'nowhere', '"nowhere" is no URL'],
    [
      'the URL has no scheme',
      {},
      {},
      'localhost:3000',
      '"localhost:3000" must begin with https://',
    ],
    ['a space stands before the URL', {}, {}, ' https://a.example', 'is no URL'],
    ['a line break ends the URL', {}, {}, 'https://a.example\n', 'is no URL'],
    ['the URL lacks its slashes', {}, {}, 'https:a.example', 'is no URL'],
    ['the URL has backslashes', {}, {}, String.raw`https:\\a.example`, 'is no URL'],
    ['the URL has another scheme', {}, {}, 'ftp://a.example', 'must begin with https://'],
    ['the URL is empty', {}, {}, '', 'pass a URL'],
    [
      'the URL is invalid and holds a password',
      {},
      {},
      'ftp//:hunter2@a',
      'a string of 15 characters',
    ],
  ])('returns false and logs the reason when %s', async (_name, host, options, url, reason) => {
    await start(host, options);
    expect(await desk.telegram.registerWebhook(url)).toBe(false);
    expect(registered()).toEqual([]);
    const lines = desk.log.with('error', 'The webhook was not registered: ');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.text).toContain(reason);
    expect(lines[0]?.text).not.toContain('hunter2');
  });

  it('returns false and logs the reason when the URL is not a string', async () => {
    await start();
    const register: unknown = Reflect.get(desk.telegram, 'registerWebhook');
    if (typeof register !== 'function') throw new Error('There is no such method');
    const url = new URL('https://a.example');
    expect(await Reflect.apply(register, desk.telegram, [url])).toBe(false);
    expect(desk.log.with('error', 'the URL has to be a string')).toHaveLength(1);
  });
});

describe('registerWebhook(url) in a process without HTTP', () => {
  it('registers nothing but a whole URL, because it does not know the global prefix', async () => {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const { apiRoot } = emulator;
    const options = { botToken: emulator.bot.token, adminChatId: chat.id, apiRoot };

    @Module({ imports: [TelegramModule.forRoot({ ...options, webhookUrl: 'https://a.example' })] })
    class WorkerModule {}

    const log = new LogCapture();
    const worker = await NestFactory.createApplicationContext(WorkerModule, { logger: log });
    const telegram = worker.get(TelegramService);
    expect(await telegram.registerWebhook()).toBe(false);
    expect(await telegram.registerWebhook('https://a.example/api')).toBe(false);
    expect(log.with('error', 'Pass the whole URL, which ends in')).toHaveLength(2);
    expect(emulator.callsOf('setWebhook')).toEqual([]);
    const url = `https://a.example/api${PATH}`;
    expect(await telegram.registerWebhook(`${url}/`)).toBe(true);
    expect(emulator.callsOf('setWebhook').map(({ params }) => params['url'])).toEqual([url]);
    await worker.close();
    await emulator.stop();
  });
});
