import { Injectable, type Type } from '@nestjs/common';
import { ApplicationConfig } from '@nestjs/core';
import { TelegramSecretGuard } from './telegram-secret.guard.js';
import { isExempt, throttlersOf } from './nest-internals.js';
import { diagnoseProxyPath, type Diagnostic } from './webhook-proxy-check.js';
import { WebhookRoutes } from './webhook-routes.js';

/** Looks for settings of the app that keep Telegram's updates out, as far as they show at boot. */
@Injectable()
export class WebhookDiagnostics {
  constructor(
    private readonly config: ApplicationConfig,
    private readonly routes: WebhookRoutes,
    private readonly guard: TelegramSecretGuard,
  ) {}

  /** @param url Where Telegram is told to post; undefined when that is not configured. */
  findings(url: string | undefined): Diagnostic[] {
    if (!this.guard.isOpen) return [];
    const route = this.routes.found;
    if (!this.routes.isHttp) {
      return url
        ? [finding('log', 'This app serves no HTTP: it leaves the webhook to the app that does')]
        : [];
    }
    if (!route) {
      const text =
        "No controller of this app takes Telegram's updates: with webhook: false, one has to extend TelegramWebhookController";
      return [finding('warn', text)];
    }
    const detour = url === undefined ? undefined : diagnoseProxyPath(url, route.path, 'webhookUrl');
    return [...(detour ? [detour] : []), ...this.#throttled(route.controller)];
  }

  #throttled(controller: Type): Diagnostic[] {
    const guards = [
      ...this.config.getGlobalGuards(),
      ...this.config.getGlobalRequestGuards().map(({ instance }) => instance),
    ];
    const names = guards
      .flatMap((guard) => throttlersOf(guard))
      .filter((name) => !isExempt(controller, name));
    if (names.length === 0) return [];
    const skip = names.every((name) => name === 'default')
      ? 'SkipThrottle()'
      : `SkipThrottle({ ${names.map((name) => `${name}: true`).join(', ')} })`;
    const text = `The global ThrottlerGuard limits the webhook, too: in a rush, agents' replies wait. Exempt it with webhookDecorators: [${skip}]`;
    return [finding('warn', text)];
  }
}

function finding(level: Diagnostic['level'], text: string): Diagnostic {
  return { level, text };
}
