import { Module, type DynamicModule, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { vi } from 'vitest';
import { TelegramModule, TelegramService, type TelegramModuleOptions } from '../../src/index.js';
import { UpdateRouter } from '../../src/desk/update-router.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import type { AdapterName } from '../support/http-adapters.js';
import { LogCapture } from '../support/log-capture.js';
import { freePort } from '../support/redis-server.js';
import { ReplyLog } from '../support/reply-log.js';
import type { Host } from './host.interface.js';
import { OrdersController } from './orders.controller.js';
import { SubPathProxy } from './sub-path-proxy.js';

/** What a second bot logs, whose Bot API cannot be reached. */
const OTHER_BOTS_AWAY = /^Could not verify botToken .* yet/;

/** A host app, created as its `main.ts` would do it, which registers its webhook at boot. */
export class HostDesk {
  private constructor(
    readonly app: INestApplication,
    readonly emulator: BotApiEmulator,
    readonly chat: EmulatedChat,
    readonly log: LogCapture,
    /** Where the app itself listens. */
    readonly appOrigin: string,
    /** The public origin. */
    readonly origin: string,
    /** The module of the bot under test; the app may have others. */
    private readonly module: DynamicModule,
    private readonly proxy: SubPathProxy | undefined,
  ) {}

  static async start(
    host: Host,
    adapter: AdapterName,
    options: Partial<TelegramModuleOptions> = {},
  ): Promise<HostDesk> {
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const log = new LogCapture();
    const port = await freePort();
    const appOrigin = `http://127.0.0.1:${port}`;
    const proxy = host.proxyPath ? await SubPathProxy.start(host.proxyPath, port) : undefined;
    const origin = proxy?.origin ?? appOrigin;
    const desk = TelegramModule.forRoot({
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      webhookUrl: host.webhookUrl?.(origin) ?? origin,
      ...options,
      ...host.extras,
    });
    const app = await createApp(host, rootModule(host, desk), adapter, log);
    await app.listen(port, '127.0.0.1');
    return new HostDesk(app, emulator, chat, log, appOrigin, origin, desk, proxy);
  }

  get telegram(): TelegramService {
    return this.app.select(this.module).get(TelegramService, { strict: true });
  }

  get inbox(): UpdateRouter {
    return this.app.select(this.module).get(UpdateRouter, { strict: true });
  }

  get replies(): ReplyLog {
    return this.app.get(ReplyLog);
  }

  /** The secret that Telegram repeats with each update. */
  get secret(): string {
    return new BotToken(this.emulator.bot.token).derive('webhook-secret').reveal();
  }

  /** Resolves when the app has registered its webhook. */
  async registered(): Promise<void> {
    await vi.waitUntil(() => this.log.with('log', 'is registered at').length > 0, 20_000);
  }

  /** The lines of the log at the level of a warning or above. */
  get complaints(): string[] {
    return this.log.lines
      .filter(({ level }) => level === 'warn' || level === 'error' || level === 'fatal')
      .map(({ text }) => text)
      .filter((text) => !OTHER_BOTS_AWAY.test(text));
  }

  /** Calls the app itself, past any proxy. */
  call(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.appOrigin + path, init);
  }

  /** Posts JSON to the app itself. */
  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.call(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  /** Posts an update as Telegram does, with the right secret unless another one is given. */
  deliver(path: string, update: object, secret = this.secret): Promise<Response> {
    return fetch(this.origin + path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Telegram-Bot-Api-Secret-Token': secret,
      },
      body: JSON.stringify(update),
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.proxy?.stop();
    await this.emulator.stop();
  }
}

async function createApp(
  host: Host,
  module: new () => object,
  adapter: AdapterName,
  logger: LogCapture,
): Promise<INestApplication> {
  const options = { logger, abortOnError: false, ...host.create };
  if (adapter === 'express') {
    const app = await NestFactory.create<NestExpressApplication>(
      module,
      new ExpressAdapter(),
      options,
    );
    await host.configure?.(app);
    await host.express?.(app);
    return app;
  }
  const fastify = new FastifyAdapter(host.fastifyOptions);
  const app = await NestFactory.create<NestFastifyApplication>(module, fastify, options);
  await host.configure?.(app);
  await host.fastify?.(app);
  return app;
}

function rootModule(host: Host, desk: DynamicModule): new () => object {
  @Module({
    imports: [desk, ...(host.module?.imports ?? [])],
    controllers: [OrdersController, ...(host.module?.controllers ?? [])],
    providers: [ReplyLog, ...(host.module?.providers ?? [])],
  })
  class HostModule {}
  return HostModule;
}
