import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Body,
  Controller,
  Module,
  Post,
  RequestMethod,
  VERSION_NEUTRAL,
  Version,
  VersioningType,
  type INestApplication,
  type ModuleMetadata,
} from '@nestjs/common';
import { APP_GUARD, NestFactory, RouterModule, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SkipThrottle, Throttle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { afterEach, describe, expect, it } from 'vitest';
import { NestInternals } from './nest-internals.js';

/** The part of Fastify that the spec uses. */
interface FastifyServer {
  addHook(name: 'onRoute', hook: (route: Route) => void): unknown;
}

interface Route {
  readonly method: unknown;
  readonly url: string;
  bodyLimit?: number;
  onRequest?: unknown;
}

@Controller('hook')
class HookController {
  @Post()
  receive(@Body() body: object): object {
    return body;
  }

  @Post('other')
  notReceive(): void {}
}

@Controller({ path: ['first', '/second/'], version: ['1', VERSION_NEUTRAL] })
class ManyPathsController {
  @Post(['a', 'b'])
  receive(): void {}
}

@Controller('versioned')
class VersionedMethodController {
  @Version('3')
  @Post()
  receive(): void {}
}

@Controller('none')
class NoRouteController {
  receive(): void {}
}

const adapters = [
  ['express', () => new ExpressAdapter()],
  ['fastify', () => new FastifyAdapter()],
] as const;

const pathsOf = (nest: NestInternals, type: unknown) =>
  nest.controllers
    .filter((controller) => controller.type === type)
    .flatMap((controller) => nest.pathsOf(controller, 'receive', RequestMethod.POST));

const throttled = (
  throttlers: Parameters<typeof ThrottlerModule.forRoot>[0],
  useClass: typeof ThrottlerGuard = ThrottlerGuard,
): ModuleMetadata => ({
  imports: [ThrottlerModule.forRoot(throttlers)],
  providers: [{ provide: APP_GUARD, useClass }],
});

const skipIf = () => true;

describe('NestInternals', () => {
  let app: INestApplication;
  afterEach(() => app.close());

  async function create(
    createAdapter: () => AbstractHttpAdapter,
    metadata: ModuleMetadata,
  ): Promise<NestInternals> {
    @Module({ ...metadata, providers: [NestInternals, ...(metadata.providers ?? [])] })
    class AppModule {}
    app = await NestFactory.create(AppModule, createAdapter(), { logger: false });
    return app.get(NestInternals);
  }

  const listen = () => app.listen(0, '127.0.0.1');

  async function post(path: string, body = '{}'): Promise<Response> {
    const headers = { 'Content-Type': 'application/json' };
    return fetch((await app.getUrl()) + path, { method: 'POST', headers, body });
  }

  describe.each(adapters)('on %s', (_adapter, createAdapter) => {
    describe('pathsOf', () => {
      @Module({ controllers: [HookController] })
      class HookModule {}

      const versioning = { type: VersioningType.URI, defaultVersion: '2' } as const;
      const all = [HookController, ManyPathsController, VersionedMethodController];

      it.each<[string, ModuleMetadata, (app: INestApplication) => unknown, string[]]>([
        [
          'no settings',
          { controllers: all },
          () => undefined,
          ['/hook', '/first/a', '/first/b', '/second/a', '/second/b', '/versioned'],
        ],
        [
          'a global prefix with slashes',
          { controllers: [HookController] },
          (host) => host.setGlobalPrefix('/api/v9/'),
          ['/api/v9/hook'],
        ],
        [
          'a global prefix that excludes the route',
          { controllers: [HookController, VersionedMethodController] },
          (host) =>
            host.setGlobalPrefix('api', {
              exclude: [{ path: 'hook', method: RequestMethod.POST }],
            }),
          ['/hook', '/api/versioned'],
        ],
        [
          'a prefix and URI versions',
          { controllers: all },
          (host) => host.setGlobalPrefix('api').enableVersioning(versioning),
          [
            '/api/v2/hook',
            '/api/v1/first/a',
            '/api/first/a',
            '/api/v1/first/b',
            '/api/first/b',
            '/api/v1/second/a',
            '/api/second/a',
            '/api/v1/second/b',
            '/api/second/b',
            '/api/v3/versioned',
          ],
        ],
        [
          'header versions',
          { controllers: [HookController] },
          (host) => host.enableVersioning({ type: VersioningType.HEADER, header: 'X-V' }),
          ['/hook'],
        ],
        [
          'a module path',
          {
            imports: [HookModule, RouterModule.register([{ path: 'inner', module: HookModule }])],
          },
          (host) => host.setGlobalPrefix('api'),
          ['/api/inner/hook'],
        ],
      ])(
        'lists the paths that the app serves, given %s',
        async (_name, metadata, configure, paths) => {
          const nest = await create(createAdapter, metadata);
          await configure(app);
          await listen();
          const found = all.flatMap((type) => pathsOf(nest, type));
          expect(found).toEqual(paths);
          for (const path of found) expect([path, (await post(path)).status]).toEqual([path, 201]);
          expect((await post('/nowhere')).status).toBe(404);
        },
      );

      it('lists none for a controller or a method without a route', async () => {
        const nest = await create(createAdapter, { controllers: [NoRouteController] });
        expect(pathsOf(nest, NoRouteController)).toEqual([]);
        const [controller] = nest.controllers;
        expect(controller && nest.pathsOf(controller, 'missing', RequestMethod.POST)).toEqual([]);
      });
    });

    it('knows the global prefix, and whether the app listens', async () => {
      const nest = await create(createAdapter, {});
      expect([nest.isHttp, nest.isListening, nest.globalPrefix]).toEqual([true, false, '']);
      app.setGlobalPrefix('/api/');
      await listen();
      expect([nest.isHttp, nest.isListening, nest.globalPrefix]).toEqual([true, true, '/api']);
      expect(nest.pathFor('hook/', RequestMethod.POST)).toBe('/api/hook');
    });

    describe('throttlersOf', () => {
      const limit = { ttl: 60_000, limit: 9 };
      const named = [
        { name: 'short', ...limit },
        { name: 'long', ...limit },
      ];

      class SkippingGuard extends ThrottlerGuard {
        protected override shouldSkip(): Promise<boolean> {
          return Promise.resolve(true);
        }
      }

      class CustomGuard extends ThrottlerGuard {}

      it.each<[string, ModuleMetadata, ClassDecorator | undefined, string[]]>([
        ['no throttler', {}, undefined, []],
        ['a throttler', throttled([limit]), undefined, ['default']],
        [
          'a guard that extends the throttler',
          throttled([limit], CustomGuard),
          undefined,
          ['default'],
        ],
        ['two throttlers', throttled(named), undefined, ['short', 'long']],
        ['SkipThrottle()', throttled([limit]), SkipThrottle(), []],
        ['SkipThrottle() of one of two', throttled(named), SkipThrottle({ long: true }), ['short']],
        ['Throttle()', throttled([limit]), Throttle({ default: limit }), []],
        ['skipIf of all', throttled({ throttlers: [limit], skipIf }), undefined, []],
        ['skipIf of one', throttled([{ ...limit, skipIf }]), undefined, []],
        ['a guard that skips by code', throttled([limit], SkippingGuard), undefined, []],
      ])('names those that limit the route, given %s', async (_name, metadata, decorate, names) => {
        class Decorated extends HookController {}
        decorate?.(Decorated);
        const nest = await create(createAdapter, metadata);
        await app.init();
        expect(nest.throttlersOf(Decorated, 'receive')).toEqual(names);
      });
    });
  });

  describe('beforeBodyParsers on express', () => {
    it('adds middleware that sees an unread body', async () => {
      const nest = await create(() => new ExpressAdapter(), { controllers: [HookController] });
      const seen: unknown[] = [];
      nest.beforeBodyParsers((server) => {
        expect(server.getType()).toBe('express');
        server.use((request: IncomingMessage, _: ServerResponse, next: () => void) => {
          seen.push(Reflect.get(request, 'path'), Reflect.get(request, 'body'));
          seen.push(request.readableEnded, request.readableFlowing);
          next();
        });
      });
      await listen();
      const response = await post('/hook', '{"a":1}');
      expect(await response.json()).toEqual({ a: 1 });
      expect(seen).toEqual(['/hook', undefined, false, null]);
    });

    it('leaves a body that it has read to no parser', async () => {
      const nest = await create(() => new ExpressAdapter(), { controllers: [HookController] });
      nest.beforeBodyParsers((server) => {
        server.use((request: IncomingMessage, _: ServerResponse, next: () => void) => {
          request.resume().on('end', () => {
            Object.assign(request, { body: { read: 'before' }, _body: true });
            next();
          });
        });
      });
      await listen();
      expect(await (await post('/hook', '{"a":1}')).json()).toEqual({ read: 'before' });
    });
  });

  describe('beforeBodyParsers on fastify', () => {
    it('changes the limit and the hooks of a route', async () => {
      const nest = await create(() => new FastifyAdapter(), { controllers: [HookController] });
      const [path] = pathsOf(nest, HookController);
      const seen: unknown[] = [];
      const recordBody = ({ body }: { body?: unknown }, _: unknown, done: () => void) => {
        seen.push(body);
        done();
      };
      nest.beforeBodyParsers((server) => {
        expect(server.getType()).toBe('fastify');
        server.getInstance<FastifyServer>().addHook('onRoute', (route) => {
          if (route.method !== 'POST' || route.url !== path) return;
          route.bodyLimit = 10;
          route.onRequest = [route.onRequest ?? [], recordBody].flat();
        });
      });
      await listen();
      expect((await post('/hook', '{"a":1}')).status).toBe(201);
      expect((await post('/hook', '{"a":"too long"}')).status).toBe(413);
      expect((await post('/hook/other', '{"a":"too long"}')).status).toBe(201);
      expect(seen).toEqual([undefined, undefined]);
    });
  });
});

describe('NestInternals in a process without HTTP', () => {
  it('knows that there is no HTTP', async () => {
    @Module({ providers: [NestInternals] })
    class AppModule {}
    const context = await NestFactory.createApplicationContext(AppModule, { logger: false });
    const nest = context.get(NestInternals);
    expect([nest.isHttp, nest.isListening, nest.pathFor('hook', RequestMethod.POST)]).toEqual([
      false,
      false,
      '/hook',
    ]);
    await context.close();
  });
});
