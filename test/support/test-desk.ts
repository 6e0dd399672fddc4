import type {
  INestApplication,
  LoggerService,
  ModuleMetadata,
  NestApplicationOptions,
  Provider,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { vi } from 'vitest';
import {
  Clock,
  TelegramModule,
  TelegramService,
  type TelegramModuleExtras,
  type TelegramModuleOptions,
} from '../../src/index.js';
import {
  BotApiEmulator,
  type BotApiCall,
  type BotApiEmulatorOptions,
  type EmulatedChat,
} from '../../src/testing/index.js';
import { createApp, type AdapterName } from './http-adapters.js';
import { LogCapture } from './log-capture.js';
import { ReplyLog } from './reply-log.js';
import { shownText } from './shown-text.js';

/** What the check at boot says in the end, or when Telegram is away. */
const CHECKED = /^Desk: |^Could not verify botToken|TELEGRAM_ADMIN_CHAT_ID/;

const AT_BOOT = ['getMe', 'getChat', 'getChatMember', 'getMyCommands', 'setMyCommands'];

/** What a test wants to be different from a plain desk in a supergroup. */
export interface TestDeskOptions {
  readonly adapter?: AdapterName;
  readonly options?: Partial<TelegramModuleOptions>;
  readonly extras?: TelegramModuleExtras;
  readonly emulator?: BotApiEmulatorOptions;
  readonly clock?: Clock;
  readonly chat?: (emulator: BotApiEmulator) => EmulatedChat;
  /** The app's providers; {@link ReplyLog} alone unless given. */
  readonly providers?: Provider[];
  /** Modules of the app beside the desk's. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** Whether the webhook is registered. */
  readonly webhook?: boolean;
  /** Whether not to wait for what the desk says of bot and chat. */
  readonly unchecked?: boolean;
  /** Options of `NestFactory.create()`. */
  readonly create?: NestApplicationOptions;
  /** What `main.ts` does before the app listens. */
  readonly configure?: (app: INestApplication) => unknown;
  /** The port that the app listens at; any free one unless given. */
  readonly port?: number;
}

/** A Nest app with the module, listening, and a Telegram whose webhook leads to it. */
export class TestDesk {
  private constructor(
    readonly app: INestApplication,
    readonly emulator: BotApiEmulator,
    readonly chat: EmulatedChat,
    readonly log: LogCapture,
    /** Where the app listens. */
    readonly origin: string,
  ) {}

  static async start(wanted: TestDeskOptions = {}): Promise<TestDesk> {
    const { clock, adapter = 'express' } = wanted;
    const emulator = await BotApiEmulator.start({
      waitTimeoutMs: 20_000,
      ...(clock && { clock }),
      ...wanted.emulator,
    });
    const chat = wanted.chat?.(emulator) ?? emulator.createSupergroup({ title: 'Support' });
    const log = new LogCapture();
    const app = await createDeskApp(wanted, emulator, chat, adapter, log);
    await app.listen(wanted.port ?? 0, '127.0.0.1');
    const desk = new TestDesk(app, emulator, chat, log, await originOf(app));
    // Asked at boot, in the background: what a test does to Telegram is not meant for that.
    const isChecked = () => log.lines.some(({ text }) => CHECKED.test(text));
    if (!wanted.unchecked && desk.telegram.enabled && wanted.options?.updates !== 'off') {
      await vi.waitUntil(isChecked, 20_000);
    }
    if (wanted.webhook ?? true) await desk.telegram.registerWebhook(desk.webhookUrl);
    return desk;
  }

  get telegram(): TelegramService {
    return this.app.get(TelegramService);
  }

  get replies(): ReplyLog {
    return this.app.get(ReplyLog);
  }

  get webhookUrl(): string {
    return `${this.origin}/telegram/webhook`;
  }

  /** The calls that were made, without those that every desk makes at boot. */
  get calls(): readonly BotApiCall[] {
    return this.emulator.calls.filter(({ method }) => !AT_BOOT.includes(method));
  }

  /** The texts of the bot's messages in the admin chat, see {@link shownText}. */
  get notices(): string[] {
    return this.chat.messages
      .filter(({ from }) => from?.id === this.emulator.bot.id)
      .map(shownText);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.emulator.stop();
  }
}

async function createDeskApp(
  wanted: TestDeskOptions,
  emulator: BotApiEmulator,
  chat: EmulatedChat,
  adapter: AdapterName,
  logger: LoggerService,
): Promise<INestApplication> {
  const options = {
    botToken: emulator.bot.token,
    adminChatId: chat.id,
    apiRoot: emulator.apiRoot,
    ...wanted.options,
  };
  const builder = Test.createTestingModule({
    imports: [TelegramModule.forRoot({ ...options, ...wanted.extras }), ...(wanted.imports ?? [])],
    providers: wanted.providers ?? [ReplyLog],
  }).setLogger(logger);
  if (wanted.clock) builder.overrideProvider(Clock).useValue(wanted.clock);
  const app = createApp(await builder.compile(), adapter, wanted.create);
  await wanted.configure?.(app);
  return app;
}

async function originOf(app: INestApplication): Promise<string> {
  const url = await app.getUrl();
  return url.replace('[::1]', '127.0.0.1');
}
