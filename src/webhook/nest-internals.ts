import { Injectable, RequestMethod, type Type } from '@nestjs/common';
import { MODULE_PATH, PATH_METADATA, VERSION_METADATA } from '@nestjs/common/constants.js';
import {
  ApplicationConfig,
  HttpAdapterHost,
  ModulesContainer,
  type AbstractHttpAdapter,
} from '@nestjs/core';
import { RoutePathFactory } from '@nestjs/core/router/route-path-factory.js';

/** The metadata keys of `SkipThrottle()` and `Throttle()`, each followed by the throttler's name. */
const THROTTLER_METADATA = ['THROTTLER:SKIP', 'THROTTLER:LIMIT'];

/** A controller of the app, and the module that declares it. */
export interface DeclaredController {
  readonly type: Type;
  readonly module: object;
}

/**
 * Everything that depends on how Nest and its throttler work inside, beyond their documented API. Its
 * spec runs real apps, and fails when a new version changes what is relied on.
 */
@Injectable()
export class NestInternals {
  constructor(
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Whether this app serves HTTP: workers and other application contexts do not. */
  get isHttp(): boolean {
    // The declared type is never undefined, but an application context has no adapter.
    const adapter: unknown = this.adapterHost.httpAdapter;
    return Boolean(adapter);
  }

  /** Whether the app listens: from then on no route, prefix or version is added. */
  get isListening(): boolean {
    return this.adapterHost.listening;
  }

  /** The global prefix with a leading slash; empty when there is none. */
  get globalPrefix(): string {
    const prefix = this.config.getGlobalPrefix().replaceAll(/^\/+|\/+$/g, '');
    return prefix && `/${prefix}`;
  }

  /** The controllers of all modules. */
  get controllers(): DeclaredController[] {
    return [...this.modules.values()].flatMap(({ metatype: module, controllers }) =>
      [...controllers.values()].flatMap(({ metatype: type }) =>
        isClass(type) ? [{ type, module }] : [],
      ),
    );
  }

  /** The paths at which the app serves a method of a controller; none when there is no such method, or no route. */
  pathsOf(
    { type, module }: DeclaredController,
    method: string,
    requestMethod: RequestMethod,
  ): string[] {
    const handler = methodOf(type, method);
    if (!handler) return [];
    const modulePath: string | undefined =
      Reflect.getMetadata(MODULE_PATH + this.modules.applicationId, module) ??
      Reflect.getMetadata(MODULE_PATH, module);
    const controllerVersion =
      Reflect.getMetadata(VERSION_METADATA, type) ?? this.config.getVersioning()?.defaultVersion;
    const methodVersion = Reflect.getMetadata(VERSION_METADATA, handler);
    return pathsIn(type).flatMap((ctrlPath) =>
      pathsIn(handler).flatMap((methodPath) =>
        this.#pathsOf(
          { ctrlPath, methodPath, modulePath, controllerVersion, methodVersion },
          requestMethod,
        ),
      ),
    );
  }

  /** The path of a controller in a module without a path or versions of its own. */
  pathFor(controllerPath: string, requestMethod: RequestMethod): string {
    return this.#pathsOf({ ctrlPath: withSlash(controllerPath) }, requestMethod)[0] ?? '/';
  }

  /**
   * Calls `install` when the HTTP server exists and nothing is registered at it yet: middleware that is
   * added to Express then runs before the app's body parsers, and Fastify's `onRoute` hooks see every
   * route. Call it while providers are created, because `init$` emits once.
   */
  beforeBodyParsers(install: (adapter: AbstractHttpAdapter) => void): void {
    this.adapterHost.init$.subscribe(() => {
      if (this.isHttp) install(this.adapterHost.httpAdapter);
    });
  }

  /** The names of the global throttlers of `@nestjs/throttler` that limit a method of a controller. */
  throttlersOf(controller: Type, method: string): string[] {
    const guards: unknown[] = [
      ...this.config.getGlobalGuards(),
      ...this.config.getGlobalRequestGuards().map(({ instance }) => instance),
    ];
    const targets = [methodOf(controller, method), controller].filter((target) => isObject(target));
    const isDecorated = (throttler: string) =>
      THROTTLER_METADATA.some((key) =>
        targets.some((target) => Boolean(Reflect.getMetadata(key + throttler, target))),
      );
    return guards.flatMap((guard) => throttlersIn(guard)).filter((name) => !isDecorated(name));
  }

  /** Nest's own computation, given the same settings. */
  #pathsOf(
    metadata: Parameters<RoutePathFactory['create']>[0],
    requestMethod: RequestMethod,
  ): string[] {
    const versioningOptions = this.config.getVersioning();
    return new RoutePathFactory(this.config).create(
      { ...metadata, globalPrefix: this.globalPrefix, versioningOptions },
      requestMethod,
    );
  }
}

/** The paths that a decorator gave to a controller or a method. */
function pathsIn(target: object): string[] {
  const paths: string | string[] | undefined = Reflect.getMetadata(PATH_METADATA, target);
  return (paths === undefined ? [] : [paths].flat()).map((path) => withSlash(path));
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function methodOf(controller: Type, name: string): object | undefined {
  const method: unknown = Reflect.get(controller.prototype, name);
  return typeof method === 'function' ? method : undefined;
}

/** The throttlers of a ThrottlerGuard, which is recognised by name: the package need not be installed. */
function throttlersIn(guard: unknown): string[] {
  const base = isObject(guard) ? throttlerGuardIn(guard) : undefined;
  if (!isObject(guard) || !base) return [];
  // A guard that decides by code what to skip may well skip the webhook.
  if (Reflect.get(guard, 'shouldSkip') !== Reflect.get(base, 'shouldSkip')) return [];
  if (hasSkipIf(Reflect.get(guard, 'commonOptions'))) return [];
  const throttlers: unknown = Reflect.get(guard, 'throttlers');
  if (!Array.isArray(throttlers)) return ['default'];
  return throttlers
    .filter((throttler: unknown) => isObject(throttler) && !hasSkipIf(throttler))
    .map((throttler: object) => String(Reflect.get(throttler, 'name') ?? 'default'));
}

function throttlerGuardIn(guard: object): object | undefined {
  const prototype: unknown = Object.getPrototypeOf(guard);
  if (!isObject(prototype)) return undefined;
  return prototype.constructor.name === 'ThrottlerGuard' ? prototype : throttlerGuardIn(prototype);
}

function hasSkipIf(options: unknown): boolean {
  return isObject(options) && typeof Reflect.get(options, 'skipIf') === 'function';
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function isClass(value: unknown): value is Type {
  return typeof value === 'function';
}
