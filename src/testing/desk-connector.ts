import type { INestApplication, InjectionToken } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { BotApiEmulator } from 'telegram-bot-api-emulator';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from '../config/module-overrides.js';
import type { TelegramService } from '../telegram.service.js';
import type { TelegramSettings } from '../config/telegram-settings.js';
import { findWebhook } from './find-webhook.js';

type Module = ModulesContainer extends Map<string, infer M> ? M : never;

/** What of the app's module is needed to connect it. */
interface ConnectedModule {
  readonly module: Module;
  readonly settings: TelegramSettings;
  readonly telegram: TelegramService;
}

/** Has the webhook of an app registered with the emulator, or says why that cannot be. */
export class DeskConnector {
  readonly #emulator: BotApiEmulator;
  readonly #overrides: TelegramOverrides;
  readonly #bots: readonly string[];

  /**
   * @param overrides What leads an app to this emulator.
   * @param bots The names of the app's bots beside the one without a name.
   */
  constructor(emulator: BotApiEmulator, overrides: TelegramOverrides, bots: readonly string[]) {
    this.#emulator = emulator;
    this.#overrides = overrides;
    this.#bots = bots;
  }

  /**
   * @param webhookPath Where the app serves the webhook; by default it is looked for.
   * @throws {Error} That says what is wrong. An app that is not led to the emulator is not started.
   */
  async connect(app: INestApplication, webhookPath?: string): Promise<void> {
    const modules = await this.#modulesOf(app);
    if (Reflect.get(app.getHttpServer(), 'listening') !== true) await app.listen(0, '127.0.0.1');
    for (const [index, { module, settings, telegram }] of modules.entries()) {
      // Replies come in without a webhook.
      if (settings.updates === 'polling') continue;
      const url = await findWebhook(app, module, index === 0 ? webhookPath : undefined);
      if (await telegram.registerWebhook(url)) continue;
      throw new Error(`The webhook ${url} was not registered: ${this.#whyNotRegistered()}`);
    }
  }

  #whyNotRegistered(): string {
    if (this.#emulator.calls.length === 0) {
      return 'the emulator saw no call of the app, so it talks to another server; see apiRoot in the options of the desk';
    }
    return this.#emulator.describeLastFailure() ?? "the app's log says why";
  }

  /** The module of the bot without a name first. */
  async #modulesOf(app: INestApplication): Promise<ConnectedModule[]> {
    // Loaded only now, so that the emulator alone needs neither the module nor Nest.
    const { ModulesContainer } = await import('@nestjs/core');
    const { getTelegramToken } = await import('../telegram.constants.js');
    const modules = [...app.get(ModulesContainer).values()];
    const tokens = [undefined, ...this.#bots].map((name) => getTelegramToken(name));
    const found = tokens.flatMap(
      (token) => modules.find(({ providers }) => providers.has(token)) ?? [],
    );
    const [first] = found;
    if (!first || found.length < tokens.length) {
      throw new Error(
        first
          ? 'The app does not import TelegramModule with each of the names in bots'
          : 'The app does not import TelegramModule, so there is nothing to connect',
      );
    }
    const overrides: unknown[] = modules.flatMap(
      ({ providers }) => providers.get(TELEGRAM_OVERRIDES)?.instance ?? [],
    );
    this.#requireOverrides(overrides);
    return Promise.all(found.map((module, index) => connectedModuleOf(module, tokens[index])));
  }

  #requireOverrides(found: readonly unknown[]): void {
    if (found.includes(this.#overrides)) return;
    throw new Error(
      found.length === 0
        ? 'The app is not led to the emulator: import desk.module in the testing module, as in Test.createTestingModule({ imports: [AppModule, desk.module] })'
        : 'The app imports the module of another TelegramTestDesk: import the module of the desk that connects it',
    );
  }
}

async function connectedModuleOf(
  module: Module,
  token: InjectionToken | undefined,
): Promise<ConnectedModule> {
  const { TelegramService: Service } = await import('../telegram.service.js');
  const { TelegramSettings: Settings } = await import('../config/telegram-settings.js');
  const telegram: unknown = token && module.providers.get(token)?.instance;
  if (!(telegram instanceof Service)) {
    throw new Error('TelegramService is overridden in the testing module, so that it does nothing');
  }
  const settings: unknown = module.providers.get(Settings)?.instance;
  if (!(settings instanceof Settings)) throw new Error('TelegramModule has no settings');
  requireUpdates(settings);
  return { module, settings, telegram };
}

function requireUpdates({ identity, updates }: TelegramSettings): void {
  if (identity === null) {
    throw new Error(
      'The TelegramModule is disabled: the options of the desk leave it without botToken or adminChatId',
    );
  }
  if (updates === 'off') {
    throw new Error(
      "The options of the desk set updates to 'off', so that no reply comes in: leave that out, or call app.init() instead of desk.connect()",
    );
  }
}
