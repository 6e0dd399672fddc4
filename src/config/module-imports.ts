import type { ModulesContainer } from '@nestjs/core';
import type { BotApiClient } from '../bot/bot-api-client.js';
import { type ErrorDescriber, TelegramConfigError } from '../errors/index.js';
import type { TelegramDesk } from '../telegram.desk.js';
import { TelegramService } from '../telegram.service.js';
import { TelegramSettings } from './telegram-settings.js';
import { WEBHOOK_CONTROLLER, WEBHOOK_PATH } from '../webhook/webhook.constants.js';

type Module = ModulesContainer extends Map<string, infer M> ? M : never;

/** The module's own way to make the service. One that a test has put in its place is made otherwise. */
export function makeTelegramService(
  api: BotApiClient,
  desk: TelegramDesk | null,
  errors: ErrorDescriber,
): TelegramService {
  return new TelegramService(api, desk, errors);
}

/**
 * Whether the app's test has overridden {@link TelegramService}. Known before any provider exists, so that
 * nothing is opened that nobody would use.
 */
export function isServiceOverridden(modules: ModulesContainer): boolean {
  return importsIn(modules).some(
    ({ providers }) => providers.get(TelegramService)?.metatype !== makeTelegramService,
  );
}

/**
 * Refuses imports that would serve one webhook twice, before any of them opens anything.
 *
 * @throws {@link TelegramConfigError}
 */
export function assertOneImport(modules: ModulesContainer): void {
  const routes = importsIn(modules).map(({ providers }) => {
    const isOwn = Boolean(providers.get(WEBHOOK_CONTROLLER)?.instance);
    return JSON.stringify([providers.get(WEBHOOK_PATH)?.instance, isOwn]);
  });
  if (new Set(routes).size < routes.length) throw twice(routes.length);
}

/**
 * Refuses imports, under whatever paths, that are for the same bot: Telegram delivers to one of them only.
 *
 * @throws {@link TelegramConfigError}
 */
export function assertOneDesk(
  settings: TelegramSettings,
  modules: ModulesContainer,
  token: symbol,
): void {
  const clashing = importsIn(modules)
    .map(({ providers }): unknown => providers.get(token)?.instance)
    .filter((other) => isSettings(other) && other !== settings && other.clashesWith(settings));
  if (clashing.length > 0) throw twice(clashing.length + 1);
}

function isSettings(value: unknown): value is TelegramSettings {
  return value instanceof TelegramSettings;
}

function importsIn(modules: ModulesContainer): Module[] {
  return [...modules.values()].filter(({ providers }) => providers.has(WEBHOOK_PATH));
}

function twice(count: number): TelegramConfigError {
  const wants =
    'import TelegramModule.forRoot() or forRootAsync() once, with isGlobal: true, or export it from the module that imports it; all others inject its services. A second bot wants a botToken and a webhookPath of its own';
  return new TelegramConfigError([
    { option: 'TelegramModule', got: `${count} imports with options`, wants },
  ]);
}
