import { createServer, request as requestOf, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import { connect, createServer as createTcpServer } from 'node:net';
import { Redis } from 'ioredis';
import { vi } from 'vitest';
import type { Diagnosis, TelegramModuleOptions } from '../../../src/index.js';
import { BotApiEmulator, SystemClock, type EmulatedChat } from '../../../src/testing/index.js';
import { createSelfSigned } from '../../../packages/telegram-bot-api-emulator/test/support/self-signed.js';
import { ownBot } from '../../support/own-bot.js';
import { RedisServer } from '../../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../../support/test-desk.js';

/** What a customer and an agent have written, which no diagnosis repeats. */
export const WRITTEN = 'my-private-words';

/** The webhook secret of all desks. */
export const SECRET = 'secret-of-the-webhook-of-wrong-setups';

/** A clock that may show another time than that of the machine. */
export class WrongClock extends SystemClock {
  aheadMs = 0;

  override now(): number {
    return super.now() + this.aheadMs;
  }
}

/** A Telegram, and perhaps a Redis, in which a test sets something up wrongly, and an app that can be started again. */
export class SetupWorld {
  readonly #ends: Array<() => unknown> = [];
  #desk: TestDesk | undefined;
  #otherDesk: TestDesk | undefined;
  #redis: RedisServer | undefined;
  #isProxyBroken = true;
  #apiRoot: string | undefined;

  private constructor(
    readonly emulator: BotApiEmulator<WrongClock>,
    /** That of Telegram. */
    readonly clock: WrongClock,
    /** The admin chat, unless the test takes another one. */
    public chat: EmulatedChat,
  ) {}

  static async start(): Promise<SetupWorld> {
    const clock = new WrongClock();
    const emulator = await BotApiEmulator.start({
      clock,
      bots: [ownBot()],
      waitTimeoutMs: 20_000,
    });
    const world = new SetupWorld(emulator, clock, emulator.createSupergroup({ title: 'Support' }));
    world.onEnd(() => emulator.stop());
    return world;
  }

  get desk(): TestDesk {
    if (!this.#desk) throw new Error('The app has not been started');
    return this.#desk;
  }

  /** The Bot API server of the app that was started last. */
  get apiRoot(): string {
    return this.#apiRoot ?? this.emulator.apiRoot;
  }

  get telegram(): TestDesk['telegram'] {
    return this.desk.telegram;
  }

  /** Starts the app, instead of the one that runs. Its webhook is registered unless `webhook` is false. */
  async startApp(
    options: Partial<TelegramModuleOptions> = {},
    wanted: TestDeskOptions = {},
  ): Promise<void> {
    await this.#desk?.stop();
    this.#apiRoot = options.apiRoot;
    this.#desk = await TestDesk.start({
      unchecked: true,
      webhook: (options.updates ?? 'webhook') === 'webhook',
      ...wanted,
      options: {
        botToken: this.emulator.bot.token,
        adminChatId: this.chat.id,
        apiRoot: this.emulator.apiRoot,
        webhookSecret: SECRET,
        ...options,
      },
    });
  }

  diagnose(): Promise<Diagnosis> {
    return this.telegram.diagnose();
  }

  /** Calls the Bot API as somebody else who has the token. */
  async call(method: string, params: object): Promise<void> {
    const { apiRoot, bot } = this.emulator;
    const response = await fetch(`${apiRoot}/bot${bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
  }

  /** Starts a Redis that keeps what it gets, unless the arguments say otherwise. */
  async startRedis(...args: string[]): Promise<RedisServer> {
    const server = await RedisServer.start({ durable: true, args });
    this.onEnd(() => server.stop());
    this.#redis = server;
    return server;
  }

  /** The Redis that was started last. */
  get redis(): RedisServer {
    if (!this.#redis) throw new Error('No Redis has been started');
    return this.#redis;
  }

  /** Makes one call as the operator of Redis. */
  async operate(command: string, ...args: string[]): Promise<void> {
    const client = new Redis(this.redis.url);
    await client.call(command, ...args);
    client.disconnect();
  }

  /** Starts a proxy that does not reach the app until it is mended; resolves with its address. */
  startBrokenProxy(): Promise<string> {
    return this.server((request, response) => {
      if (this.#isProxyBroken) {
        response.writeHead(502).end();
        return;
      }
      const { host: _host, ...headers } = request.headers;
      const forwarded = requestOf(this.desk.webhookUrl, { method: 'POST', headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502);
        answer.pipe(response);
      });
      request.pipe(forwarded);
    });
  }

  mendProxy(): void {
    this.#isProxyBroken = false;
  }

  /** Registers the webhook as the app does, which Telegram takes once a second. */
  async register(): Promise<void> {
    await vi.waitUntil(() => this.telegram.registerWebhook(this.desk.webhookUrl), 20_000);
  }

  /** Starts another app with the same bot, which does not know of the first one. */
  async startOtherApp(options: Partial<TelegramModuleOptions>): Promise<void> {
    const { emulator, chat } = this;
    const { apiRoot, bot } = emulator;
    this.#otherDesk = await TestDesk.start({
      unchecked: true,
      webhook: false,
      options: { botToken: bot.token, adminChatId: chat.id, apiRoot, ...options },
    });
  }

  async stopOtherApp(): Promise<void> {
    await this.#otherDesk?.stop();
    this.#otherDesk = undefined;
  }

  /** An HTTP server, or one with a certificate that nobody trusts; resolves with its address. */
  async server(
    answer: Parameters<typeof createServer>[1],
    protocol: 'http' | 'https' = 'http',
  ): Promise<string> {
    const server: Server =
      protocol === 'http' ? createServer(answer) : createTlsServer(createSelfSigned(), answer);
    return `${protocol}://127.0.0.1:${await this.#listen(server)}`;
  }

  /** Leads to the Redis, but says another version of as many characters; resolves with its URL. */
  async redisOfVersion(version: (own: string) => string): Promise<string> {
    const { hostname, port } = new URL(this.redis.url);
    const server = createTcpServer((client) => {
      const redis = connect(Number(port), hostname);
      client.pipe(redis);
      redis.on('data', (bytes: Buffer) => {
        const text = bytes.toString('latin1');
        const changed = text.replace(/(?<=redis_version:)[\d.]+/, version);
        client.write(Buffer.from(changed, 'latin1'));
      });
      for (const [one, other] of [
        [client, redis],
        [redis, client],
      ] as const) {
        one.on('error', () => undefined);
        one.on('close', () => other.destroy());
      }
    });
    return `redis://127.0.0.1:${await this.#listen(server)}`;
  }

  /** Sets a variable of the environment until the end of the test, or until it is unset. */
  setVariable(name: string, value: string | undefined): void {
    const former = process.env[name];
    const set = (to: string | undefined): void => {
      if (to === undefined) delete process.env[name];
      else process.env[name] = to;
    };
    set(value);
    this.onEnd(() => set(former));
  }

  onEnd(end: () => unknown): void {
    this.#ends.push(end);
  }

  async stop(): Promise<void> {
    await this.stopOtherApp();
    await this.#desk?.stop();
    for (const end of this.#ends.toReversed()) await end();
  }

  async #listen(server: ReturnType<typeof createTcpServer>): Promise<number> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.onEnd(() => server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('It has no port');
    return address.port;
  }
}
