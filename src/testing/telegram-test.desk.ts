import type { DynamicModule, INestApplication } from '@nestjs/common';
import type { Clock } from '../clock/clock.js';
import type { TelegramModuleOptions } from '../telegram.options.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from '../telegram.overrides.js';
import { BotApiEmulator } from './bot-api.emulator.js';
import type { BotApiEmulatorOptions } from './bot-api-emulator.options.js';
import type { EmulatedChat } from './emulated-chat.js';

/** What a test wants to be different from a plain desk. */
export interface TelegramTestDeskOptions {
  /** How the emulator starts; its clock becomes the module's too. */
  readonly emulator?: BotApiEmulatorOptions;
  /** Creates the admin chat; by default a supergroup. */
  readonly chat?: (emulator: BotApiEmulator) => EmulatedChat;
  /** Options of the module that win over those of the app, such as `redis`. */
  readonly options?: Partial<TelegramModuleOptions>;
}

/** How a test connects an app. */
export interface ConnectOptions {
  /** The route of the webhook, with the app's global prefix if it has one. `telegram/webhook` by default. */
  readonly webhookPath?: string;
}

/** Where the providers of {@link TelegramTestDesk.module} stand. */
// oxlint-disable-next-line typescript/no-extraneous-class -- Nest wants a class; its decorator would load Nest.
class TelegramTestingModule {}

/**
 * A desk for the end-to-end tests of an app: the emulator, an admin chat in it, and the module that
 * leads the app's own `TelegramModule` there instead of to Telegram.
 *
 * The app keeps its options but for the token, the chat, the addresses and `redis`: unless a test
 * asks for Redis, it runs in memory, so that no test meets what another has left.
 *
 * @example
 * const desk = await TelegramTestDesk.start();
 * const testing = await Test.createTestingModule({ imports: [AppModule, desk.module] }).compile();
 * const app = await desk.connect(testing.createNestApplication());
 * // ... let the app notify, then
 * const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('parcel') === true);
 * desk.chat.agent('Ada').reply(notice, 'On its way');
 * await desk.stop();
 *
 * @publicApi
 */
export class TelegramTestDesk {
  /** The admin chat. */
  readonly chat: EmulatedChat;
  /** To be imported beside the app's own module. */
  readonly module: DynamicModule;
  readonly #apps = new Set<INestApplication>();

  private constructor(
    readonly emulator: BotApiEmulator,
    chat: EmulatedChat,
    overrides: TelegramOverrides,
  ) {
    this.chat = chat;
    this.module = {
      module: TelegramTestingModule,
      global: true,
      providers: [{ provide: TELEGRAM_OVERRIDES, useValue: overrides }],
      exports: [TELEGRAM_OVERRIDES],
    };
  }

  /** Starts an emulator with an admin chat; stop it with {@link stop}. */
  static async start(wanted: TelegramTestDeskOptions = {}): Promise<TelegramTestDesk> {
    const emulator = await BotApiEmulator.start(wanted.emulator ?? {});
    const chat = wanted.chat?.(emulator) ?? emulator.createSupergroup({ title: 'Support' });
    const options: Partial<TelegramModuleOptions> = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      updates: 'webhook',
      webhookUrl: undefined,
      redis: undefined,
      ...wanted.options,
    };
    const clock: Clock | undefined = wanted.emulator?.clock;
    return new TelegramTestDesk(emulator, chat, { options, ...(clock && { clock }) });
  }

  /**
   * Lets the app listen on a free port of loopback and registers its webhook with the emulator.
   *
   * @throws {Error} When the app serves no webhook at the path, or its registration fails.
   */
  async connect<A extends INestApplication>(app: A, options: ConnectOptions = {}): Promise<A> {
    this.#apps.add(app);
    await app.listen(0, '127.0.0.1');
    const root = await app.getUrl();
    const url = `${root}/${(options.webhookPath ?? 'telegram/webhook').replace(/^\//, '')}`;
    // Before it is registered: who knocks without the secret has the app look at its registration.
    await requireWebhook(url);
    // Loaded only now, so that the emulator alone needs neither the module nor Nest.
    const { TelegramService } = await import('../telegram.service.js');
    const registered = await app.get(TelegramService, { strict: false }).registerWebhook(url);
    if (!registered)
      throw new Error(`The webhook ${url} was not registered; the app's log says why`);
    return app;
  }

  /** Closes the apps that were connected and stops the emulator. */
  async stop(): Promise<void> {
    for (const app of this.#apps) await app.close();
    await this.emulator.stop();
  }
}

/** A webhook that is there refuses who does not know the secret. */
async function requireWebhook(url: string): Promise<void> {
  const { status } = await fetch(url, { method: 'POST' });
  if (status === 401) return;
  throw new Error(
    `POST ${url} is answered with ${status}, not with the 401 of the webhook. Pass webhookPath with the app's global prefix, or exempt the webhook from the guards of the app by webhookDecorators`,
  );
}
