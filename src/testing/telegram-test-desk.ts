import type { DynamicModule, INestApplication } from '@nestjs/common';
import {
  BotApiEmulator,
  type BotApiEmulatorOptions,
  type EmulatedChat,
} from 'telegram-bot-api-emulator';
import type { TelegramModuleOptions } from '../config/telegram-module.options.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from '../config/module-overrides.js';
import { EmulatedDesks } from './emulated-desks.js';
import { DeskConnector } from './desk-connector.js';

/** What a test wants to be different from a plain desk. */
export interface TelegramTestDeskOptions {
  /** How the emulator starts; its clock becomes the module's too. */
  readonly emulator?: BotApiEmulatorOptions;
  /** Creates the admin chat; by default a supergroup. */
  readonly chat?: (emulator: BotApiEmulator) => EmulatedChat;
  /** The names of the app's bots beside the one without a name: those of modules with `name`. */
  readonly bots?: readonly string[];
  /** Options of the module that win over those of the app, such as `redis`. */
  readonly options?: Partial<TelegramModuleOptions>;
}

/** How a test connects an app. */
export interface ConnectOptions {
  /**
   * The path of the webhook, with the app's global prefix if it has one. By default where the app serves
   * it, which the desk finds by itself.
   */
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
 * asks for Redis, it runs in memory, so that no test finds what another has left.
 *
 * @publicApi
 *
 * @example
 * const desk = await TelegramTestDesk.start();
 * const testing = await Test.createTestingModule({ imports: [AppModule, desk.module] }).compile();
 * const app = await desk.connect(testing.createNestApplication());
 * // ... let the app notify, then
 * const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('parcel') === true);
 * desk.chat.agent('Ada').reply(notice, 'On its way');
 * await desk.stop();
 */
export class TelegramTestDesk {
  /** The admin chat. */
  readonly chat: EmulatedChat;
  /** To be imported beside the app's own module. */
  readonly module: DynamicModule;
  /** Those that are to be closed, connected or not. */
  readonly #apps = new Set<INestApplication>();
  readonly #connected = new Set<INestApplication>();
  readonly #connector: DeskConnector;
  #isImported = false;
  #stopped: Promise<void> | undefined;

  readonly #desks: EmulatedDesks;

  private constructor(
    readonly emulator: BotApiEmulator,
    chat: EmulatedChat,
    { bots = [], options = {}, emulator: { clock } = {} }: TelegramTestDeskOptions,
  ) {
    this.chat = chat;
    this.#desks = new EmulatedDesks(emulator, bots, chat);
    const overrides: TelegramOverrides = {
      optionsOf: (bot, given) => {
        const { desks, ...own } = this.#desks.optionsOf(bot, Object.assign({}, given, options));
        return {
          ...own,
          apiRoot: emulator.apiRoot,
          updates: 'webhook',
          webhookUrl: undefined,
          redis: undefined,
          ...options,
          ...(desks && { desks }),
        };
      },
      ...(clock && { clock }),
    };
    this.#connector = new DeskConnector(emulator, overrides, bots);
    emulator.addHints(() => this.#hints());
    const useFactory = (): TelegramOverrides => {
      this.#isImported = true;
      return overrides;
    };
    this.module = {
      module: TelegramTestingModule,
      global: true,
      providers: [{ provide: TELEGRAM_OVERRIDES, useFactory }],
      exports: [TELEGRAM_OVERRIDES],
    };
  }

  /** Starts an emulator with an admin chat; stop it with {@link stop}. */
  static async start(wanted: TelegramTestDeskOptions = {}): Promise<TelegramTestDesk> {
    const { bots = [] } = wanted;
    const tokens = bots.length > 0 && { bots: [{}, ...bots.map(() => ({}))] };
    const emulator = await BotApiEmulator.start({ ...tokens, ...wanted.emulator });
    const chat = wanted.chat?.(emulator) ?? emulator.createSupergroup({ title: 'Support' });
    return new TelegramTestDesk(emulator, chat, wanted);
  }

  /**
   * The chat of a desk of the option `desks`, or of another bot. It is a group with topics when the app wants topics
   * there.
   *
   * @param desk The name of the desk; `default` for the one whose options stand at the top.
   * @param bot The name of the bot, one of `bots`; by default the one without a name.
   *
   * @example
   * const notice = await desk.chatOf('billing').waitForMessage(() => true);
   */
  chatOf(desk: string, bot?: string): EmulatedChat {
    return this.#desks.chatOf(desk, bot);
  }

  /**
   * Lets the app listen on a free port of loopback, unless it listens already, and registers its webhook
   * with the emulator, below its global prefix if it has one. Of several apps, updates go to the
   * one that was connected last; Telegram takes one registration a second.
   *
   * @throws {Error} That says what is wrong with the app: it does not import {@link module}, serves no
   *   webhook, refuses updates by a guard, or its registration fails.
   */
  async connect<A extends INestApplication>(app: A, options: ConnectOptions = {}): Promise<A> {
    if (this.#stopped) throw new Error('The desk was stopped: start another one to connect an app');
    this.#apps.add(app);
    await this.#connector.connect(app, options.webhookPath);
    this.#connected.add(app);
    return app;
  }

  /**
   * Closes the apps that were connected and stops the emulator; another time it does nothing more.
   *
   * @throws What an app throws that fails to close, after all others were closed.
   */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    const closings = [...this.#apps].map((app) => app.close());
    await Promise.allSettled(closings);
    await this.emulator.stop();
    await Promise.all(closings);
  }

  /** Mistakes in the use of the desk that may be why a test waits until its timeout. */
  #hints(): string[] {
    if (!this.#isImported) {
      return [
        'No app that was compiled imports desk.module, so none is led to this emulator: Test.createTestingModule({ imports: [AppModule, desk.module] }).',
      ];
    }
    if (this.#connected.size > 0) return [];
    return [
      'No app is connected: desk.connect(app) lets it listen and registers its webhook, app.init() does not.',
    ];
  }
}
