import { Inject, Injectable } from '@nestjs/common';
import type { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { NestInternals } from './nest-internals.js';
import { WebhookRoutes, type WebhookRoute } from './webhook-routes.js';
import { pathIn } from './webhook-url.js';
import { WEBHOOK_SECRETS } from './webhook.constants.js';

/** Something about the app that the log should say. */
export interface Diagnostic {
  /** `warn` when updates will be missing; `log` when that depends on a proxy or another process. */
  readonly level: 'warn' | 'log';
  readonly text: string;
  /** What to do, in a sentence of its own; the text says it, too. */
  readonly remedy?: string;
}

/** Finds settings of the app that keep Telegram's updates out, as far as they are known at boot. */
@Injectable()
export class WebhookDiagnostics {
  constructor(
    @Inject(WEBHOOK_SECRETS) private readonly secrets: WebhookSecrets | null,
    private readonly nest: NestInternals,
    private readonly routes: WebhookRoutes,
  ) {}

  /** @param url Where Telegram is to deliver; undefined when that is not configured. */
  atBoot(url: string | undefined): Diagnostic[] {
    if (!this.secrets) return [];
    if (!this.nest.isHttp) {
      const text =
        'This process serves no HTTP, so it leaves the webhook to the process that serves it';
      return url ? [{ level: 'log', text }] : [];
    }
    const route = this.routes.found;
    if (!route) {
      const text =
        "No controller of this app receives Telegram's updates: with webhook: false, a controller has to extend TelegramWebhookController";
      const remedy =
        'Extend TelegramWebhookController by a controller of this app, or leave webhook: false out';
      return [{ level: 'warn', text, remedy }];
    }
    const path = url === undefined ? undefined : diagnosePath(url, route.path, 'webhookUrl');
    return [path, this.#diagnoseThrottlers(route)].filter((found) => found !== undefined);
  }

  #diagnoseThrottlers({ controller, handler }: WebhookRoute): Diagnostic | undefined {
    const names = this.nest.throttlersOf(controller, handler);
    if (names.length === 0) return undefined;
    const skip = names.every((name) => name === 'default')
      ? 'SkipThrottle()'
      : `SkipThrottle({ ${names.map((name) => `${name}: true`).join(', ')} })`;
    const text = `The global ThrottlerGuard also limits the webhook, which delays agents' replies at busy times. Exempt it with webhookDecorators: [${skip}]`;
    return { level: 'warn', text, remedy: `Set webhookDecorators: [${skip}]` };
  }
}

/**
 * What a proxy has to do when Telegram delivers to another path than the one the app serves; undefined
 * when they are the same.
 *
 * @param name What the text calls the URL.
 */
export function diagnosePath(url: string, path: string, name: string): Diagnostic | undefined {
  const publicPath = pathIn(url);
  if (publicPath === path) return undefined;
  if (publicPath.endsWith(path)) {
    const extra = publicPath.slice(0, -path.length);
    const text = `Telegram delivers to ${publicPath}, and this app serves ${path}: a proxy has to strip ${extra}`;
    return { level: 'log', text };
  }
  const text = `${name} points to ${publicPath}, and this app serves ${path}: unless a proxy maps one to the other, Telegram gets 404. Set ${name} to the app's public URL without the path of the webhook`;
  const remedy = `Set ${name} to the public URL of this app without the path of the webhook, or have a proxy lead ${publicPath} to ${path}`;
  return { level: 'warn', text, remedy };
}
