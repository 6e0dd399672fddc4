import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { NestInternals } from './nest-internals.js';
import { diagnosePath, type Diagnostic } from './webhook-diagnostics.js';
import { WebhookRegistrar, type WebhookInfo } from './webhook-registrar.js';
import { WebhookRegistration } from './webhook-registration.js';
import { WebhookRoutes } from './webhook-routes.js';
import { isWebAddress, pathIn, webhookUrlOf } from './webhook-url.js';

/** The URL to register and what to log about it, or why there is none. */
type WebhookTarget =
  | { readonly url: string; readonly diagnostic?: Diagnostic | undefined }
  | { readonly problem: string };

/** Registers and removes the webhook of one bot, at boot and when the app asks for it. */
@Injectable()
export class WebhookService {
  readonly #logger: SafeLogger;

  constructor(
    private readonly settings: TelegramSettings,
    private readonly nest: NestInternals,
    private readonly routes: WebhookRoutes,
    private readonly registrar: WebhookRegistrar,
    private readonly registration: WebhookRegistration,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(WebhookService.name, errors);
  }

  /** The configured URL of the webhook, with its path; undefined without `webhookUrl`. */
  get url(): string | undefined {
    const { webhookUrl } = this.settings;
    return webhookUrl && webhookUrlOf(webhookUrl, this.routes.served);
  }

  /** The URL at which Telegram is to deliver, as far as this process knows: the one that it registered, or the configured one. */
  get expectedUrl(): string | undefined {
    return this.registration.url ?? this.url;
  }

  /** Call it when the app listens: registers the configured URL in the background. */
  start(): void {
    const { url } = this;
    // A process without HTTP does not know the global prefix of the one that serves the webhook.
    if (url && this.settings.updates === 'webhook' && this.nest.isHttp) {
      this.registration.ensure(url);
    }
  }

  /** Stops the work in the background; the webhook stays registered. */
  async stop(): Promise<void> {
    await this.registration.stop();
  }

  /**
   * Registers a URL, by default the configured one, completed by the rules of `webhookUrl`.
   *
   * @returns Whether it is registered now; if not, the log says why. Never throws.
   */
  async register(given?: unknown): Promise<boolean> {
    const base = given ?? this.settings.webhookUrl;
    const target = this.#resolve(base);
    if ('problem' in target) {
      this.#logger.error(`The webhook was not registered: ${target.problem}`);
      return false;
    }
    const { kind } = await this.registrar.register(target.url);
    if (kind !== 'registered' && kind !== 'unchanged') return false;
    const { level = 'log', text } = target.diagnostic ?? {};
    if (text !== undefined) this.#logger[level](text);
    this.registration.setUrl(target.url);
    return true;
  }

  /** Removes the webhook. @returns Whether none is registered now. Never throws. */
  async unregister(): Promise<boolean> {
    await this.registration.stop();
    return this.registrar.unregister();
  }

  /** The state of the webhook at Telegram; null when it does not answer. Never throws. */
  info(): Promise<WebhookInfo | null> {
    return this.registrar.info();
  }

  #resolve(base: unknown): WebhookTarget {
    if (base === undefined || base === '') {
      return { problem: 'pass a URL, or set the option webhookUrl' };
    }
    if (typeof base !== 'string') return { problem: 'the URL has to be a string' };
    if (this.settings.updates !== 'webhook') {
      return { problem: `with updates: '${this.settings.updates}' this app serves no webhook` };
    }
    // The registrar says what is wrong with it.
    if (!isWebAddress(base)) return { url: base };
    const url = webhookUrlOf(base, this.routes.served);
    return this.nest.isHttp ? this.#resolveServed(base, url) : this.#resolveElsewhere(base, url);
  }

  #resolveServed(base: string, url: string): WebhookTarget {
    const { found, paths } = this.routes;
    if (found) return { url, diagnostic: diagnosePath(url, found.path, 'The URL') };
    // The path of the controller has parameters, so only the caller knows which URL is meant.
    if (paths.length > 0 && pathIn(base).length > 1) return { url: base };
    return {
      problem:
        'no controller of this app receives its updates: with webhook: false, a controller has to extend TelegramWebhookController; if its path has parameters, pass the whole URL',
    };
  }

  #resolveElsewhere(base: string, url: string): WebhookTarget {
    if (pathIn(base).replace(/\/+$/, '') === pathIn(url)) return { url };
    const { path } = this.routes.served;
    return {
      problem: `this process serves no HTTP and does not know the webhook's path in the process that does. Pass the whole URL, which ends in ${path}, or call it in that process`,
    };
  }
}
