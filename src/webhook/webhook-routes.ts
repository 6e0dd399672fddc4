import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import { MODULE_PATH, PATH_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';
import { TelegramWebhookController } from './telegram-webhook.controller.js';
import { ModuleWebhookController } from './webhook.providers.js';
import { webhookHandlerOf } from './webhook.handler.js';
import { WEBHOOK_CONTROLLER, WEBHOOK_PATH } from './webhook.constants.js';

type RouteMetadata = Parameters<RoutePathFactory['create']>[0];

/** A controller for Telegram's updates, and the path at which the app serves it. */
export interface WebhookRoute {
  readonly controller: Type;
  /** With a leading slash and none at the end, as in `/api/telegram/webhook`. */
  readonly path: string;
}

/**
 * Where the app serves the webhook, with its global prefix and the routes left out of that, its
 * versions and its module paths. All these are settled when routes are registered, not before.
 */
@Injectable()
export class WebhookRoutes {
  constructor(
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    private readonly adapterHost: HttpAdapterHost,
    @Inject(WEBHOOK_PATH) private readonly webhookPath: string,
    @Inject(WEBHOOK_CONTROLLER) private readonly ownController: Type | null,
  ) {}

  /** Whether this app serves HTTP at all: workers and other application contexts do not. */
  get isHttp(): boolean {
    const adapter: unknown = this.adapterHost.httpAdapter;
    return Boolean(adapter);
  }

  /** The global prefix with a leading slash; empty when there is none. */
  get globalPrefix(): string {
    const prefix = this.config.getGlobalPrefix().replaceAll(/^\/+|\/+$/g, '');
    return prefix && `/${prefix}`;
  }

  /** The route that Telegram is to use; undefined when no controller of the app serves one. */
  get found(): WebhookRoute | undefined {
    const routes = this.#routes().filter(({ path }) => !isPattern(path));
    return routes.find(({ path }) => path === this.#expectedPath) ?? routes[0];
  }

  /** All paths at which the app takes updates, patterns such as `/hooks/:tenant` among them. */
  get paths(): string[] {
    return this.#routes().map(({ path }) => path);
  }

  /** The path that Telegram is to use: where a route was found, else where `webhookPath` would be. */
  get path(): string {
    return this.found?.path ?? this.#expectedPath;
  }

  get #expectedPath(): string {
    return this.#pathsOf({ ctrlPath: withSlash(this.webhookPath) })[0] ?? '/';
  }

  /** Those of the module's own controller, or, with `webhook: false`, of the controllers of the app. */
  #routes(): WebhookRoute[] {
    return [...this.modules.values()].flatMap(({ metatype, controllers }) =>
      [...controllers.values()].flatMap(({ metatype: controller }) =>
        isClass(controller) && this.#isMine(controller)
          ? this.#routesOf(controller, this.#modulePathOf(metatype))
          : [],
      ),
    );
  }

  #isMine(controller: Type): boolean {
    if (this.ownController) return controller === this.ownController;
    const prototype: unknown = controller.prototype;
    return (
      prototype instanceof TelegramWebhookController &&
      !(prototype instanceof ModuleWebhookController)
    );
  }

  #routesOf(controller: Type, modulePath: string | undefined): WebhookRoute[] {
    const handler = webhookHandlerOf(controller);
    if (!handler) return [];
    return pathsIn(controller)
      .flatMap((ctrlPath) => pathsIn(handler).map((methodPath) => ({ ctrlPath, methodPath })))
      .flatMap((paths) =>
        this.#pathsOf({
          ...paths,
          modulePath,
          controllerVersion:
            Reflect.getMetadata(VERSION_METADATA, controller) ??
            this.config.getVersioning()?.defaultVersion,
          methodVersion: Reflect.getMetadata(VERSION_METADATA, handler),
        }),
      )
      .map((path) => ({ controller, path }));
  }

  /** As Nest itself makes them of the same settings. */
  #pathsOf(metadata: RouteMetadata): string[] {
    const versioningOptions = this.config.getVersioning();
    return new RoutePathFactory(this.config).create(
      { ...metadata, globalPrefix: this.globalPrefix, versioningOptions },
      RequestMethod.POST,
    );
  }

  #modulePathOf(module: object): string | undefined {
    const ofThisApp = MODULE_PATH + this.modules.applicationId;
    return Reflect.getMetadata(ofThisApp, module) ?? Reflect.getMetadata(MODULE_PATH, module);
  }
}

/** Whether a path has parameters, a wildcard or an optional part. */
export function isPattern(path: string): boolean {
  return /[:*{]/.test(path);
}

/** The paths that a decorator gave to a controller or one of its methods. */
function pathsIn(target: object): string[] {
  const paths: string | string[] | undefined = Reflect.getMetadata(PATH_METADATA, target);
  return (paths === undefined ? [] : [paths].flat()).map((path) => withSlash(path));
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function isClass(value: unknown): value is Type {
  return typeof value === 'function';
}
