import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import { NestInternals } from './nest-internals.js';
import { TelegramWebhookController } from './telegram-webhook.controller.js';
import type { ServedPath } from './webhook-url.js';
import { MODULE_CONTROLLER, WEBHOOK_CONTROLLER, WEBHOOK_PATH } from './webhook.constants.js';

/** The method that takes updates. */
const HANDLER = 'receive' satisfies keyof TelegramWebhookController;

/** A controller for Telegram's updates, and the path at which the app serves it. */
export interface WebhookRoute {
  readonly controller: Type;
  readonly handler: string;
  /** With a leading slash and none at the end, as in `/api/telegram/webhook`. */
  readonly path: string;
}

/**
 * Where the app serves the webhook of one bot, with global prefix, exclusions, versions and module paths.
 * These are known once the app registers its routes, not before.
 */
@Injectable()
export class WebhookRoutes {
  #servedPaths: ReadonlySet<string> | undefined;

  constructor(
    private readonly nest: NestInternals,
    @Inject(WEBHOOK_PATH) private readonly webhookPath: string,
    @Inject(WEBHOOK_CONTROLLER) private readonly ownController: Type | null,
  ) {}

  /** The route to register with Telegram; undefined when no controller of the app serves one. */
  get found(): WebhookRoute | undefined {
    const routes = this.#routes().filter(({ path }) => !isPattern(path));
    return routes.find(({ path }) => path === this.#expectedPath) ?? routes[0];
  }

  /** Every path at which the app takes updates, patterns such as `/hooks/:tenant` included. */
  get paths(): string[] {
    return this.#routes().map(({ path }) => path);
  }

  /** Where the webhook is, or would be if there were a controller at `webhookPath`. */
  get served(): ServedPath {
    const path = this.found?.path ?? this.#expectedPath;
    return { path, globalPrefix: this.nest.globalPrefix };
  }

  /** Whether a request for this path is for the webhook. */
  serves(path: string): boolean {
    return (this.#servedPaths ?? this.#findServedPaths()).has(normalize(path));
  }

  /** Kept once the app listens, because it takes a look at each controller. */
  #findServedPaths(): ReadonlySet<string> {
    const paths = new Set(this.paths.map((path) => normalize(path)));
    if (this.nest.isListening) this.#servedPaths = paths;
    return paths;
  }

  get #expectedPath(): string {
    return this.nest.pathFor(this.webhookPath, RequestMethod.POST);
  }

  /** Those of the module's own controller or, with `webhook: false`, of the app's controllers. */
  #routes(): WebhookRoute[] {
    return this.nest.controllers
      .filter(({ type }) => this.#isMine(type))
      .flatMap((controller) =>
        this.nest
          .pathsOf(controller, HANDLER, RequestMethod.POST)
          .map((path) => ({ controller: controller.type, handler: HANDLER, path })),
      );
  }

  #isMine(controller: Type): boolean {
    if (this.ownController) return controller === this.ownController;
    const prototype: unknown = controller.prototype;
    return (
      prototype instanceof TelegramWebhookController &&
      !Reflect.hasMetadata(MODULE_CONTROLLER, controller)
    );
  }
}

/** Whether a path has parameters, a wildcard or an optional part. */
function isPattern(path: string): boolean {
  return /[:*{]/.test(path);
}

/** Express ignores case and a trailing slash unless configured otherwise. */
function normalize(path: string): string {
  return path.replace(/\/$/, '').toLowerCase();
}
