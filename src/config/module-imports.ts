import type { InjectionToken } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { TelegramConfigError } from '../errors/index.js';
import { TelegramService } from '../telegram.service.js';
import { TelegramSettings } from './telegram-settings.js';
import { WEBHOOK_CONTROLLER, WEBHOOK_PATH } from '../webhook/webhook.constants.js';

/** The name of a module's bot; null for the bot without one. */
export const BOT_NAME = Symbol('TELEGRAM_BOT_NAME');

type Module = ModulesContainer extends Map<string, infer M> ? M : never;

/**
 * Whether a test of the app has overridden the {@link TelegramService} of a bot. Known before any provider
 * exists, so nothing is opened that nobody would use.
 */
export function isServiceOverridden(
  modules: ModulesContainer,
  token: InjectionToken<TelegramService>,
): boolean {
  return importsIn(modules).some(({ providers }) => {
    const service = providers.get(token);
    return service !== undefined && service.metatype !== TelegramService;
  });
}

/**
 * Rejects imports that would serve the same webhook or have the same name, before any of them opens
 * anything.
 *
 * @throws {@link TelegramConfigError}
 */
export function assertOneImport(modules: ModulesContainer): void {
  const imports = importsIn(modules);
  const routes = imports.map(({ providers }) => {
    const isOwn = Boolean(providers.get(WEBHOOK_CONTROLLER)?.instance);
    return JSON.stringify([comparable(providers.get(WEBHOOK_PATH)?.instance), isOwn]);
  });
  const names = imports.flatMap(
    ({ providers }): unknown => providers.get(BOT_NAME)?.instance ?? [],
  );
  if (hasRepeats(routes) || hasRepeats(names)) throw importedTwice(imports.length);
}

/**
 * Rejects imports, under whatever paths and names, that are for the same bot: Telegram delivers its
 * updates to one of them only.
 *
 * @param token The token of the settings of every import.
 * @throws {@link TelegramConfigError}
 */
export function assertOneBot(
  settings: TelegramSettings,
  modules: ModulesContainer,
  token: symbol,
): void {
  const clashing = importsIn(modules)
    .map(({ providers }): unknown => providers.get(token)?.instance)
    .filter((other) => isSettings(other) && other !== settings && other.clashesWith(settings));
  if (clashing.length > 0) throw importedTwice(clashing.length + 1);
}

function isSettings(value: unknown): value is TelegramSettings {
  return value instanceof TelegramSettings;
}

function importsIn(modules: ModulesContainer): Module[] {
  return [...modules.values()].filter(({ providers }) => providers.has(WEBHOOK_PATH));
}

function hasRepeats(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length;
}

/** As Express compares paths by default. */
function comparable(path: unknown): string {
  return String(path)
    .replaceAll(/^\/+|\/+$/g, '')
    .toLowerCase();
}

function importedTwice(count: number): TelegramConfigError {
  const wants =
    'import TelegramModule.forRoot() or forRootAsync() once, with isGlobal: true, or export it from the module that imports it; all others inject its services. A second bot needs a name and a botToken of its own, and a second chat of one bot is one of its desks';
  return new TelegramConfigError([
    { option: 'TelegramModule', got: `${count} imports with options`, wants },
  ]);
}
