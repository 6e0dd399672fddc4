import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import { VersioningType } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import compression from 'compression';
import { expect } from 'vitest';
import { LONG_REPLY, errorsBecome, strictPipe } from './host-checks.js';
import { AuthGuard, EnvelopeInterceptor, Public } from './host-enhancers.js';
import type { Host } from './host.interface.js';
import { httpHosts } from './http-hosts.js';
import { pipelineHosts } from './pipeline-hosts.js';
import { routingHosts } from './routing-hosts.js';
import { StampMiddleware, StampModule, stamp } from './stamp.middleware.js';

const PATH = '/telegram/webhook';

/** Apps in which the webhook has to work without any change but the given `extras`. */
export const hosts: readonly Host[] = [
  ...routingHosts,
  ...pipelineHosts,
  ...httpHosts,
  {
    name: 'all of that together',
    path: `/support/api${PATH}`,
    proxyPath: '/support',
    webhookUrl: (origin) => `${origin}/support`,
    module: {
      imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 1 }]), StampModule],
      providers: [
        StampMiddleware,
        errorsBecome(200),
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_GUARD, useClass: ThrottlerGuard },
        { provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor },
        { provide: APP_PIPE, useValue: strictPipe },
      ],
    },
    extras: { webhookDecorators: [Public(), SkipThrottle()] },
    create: { rawBody: true },
    fastifyOptions: { bodyLimit: 10_240 },
    configure: (app) => {
      app.setGlobalPrefix('api');
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      app.useSecurityHeaders().enableCsrfProtection();
      app.enableCors({ origin: 'https://shop.example' });
      app.use(stamp('x-function', 'seen'));
    },
    express: (app) => app.use(compression()).useBodyParser('json', { limit: '10kb' }),
    fastify: async (app) => {
      await app.register(fastifyCompress);
      await app.register(fastifyCookie, { secret: 'crumb' });
    },
    reply: LONG_REPLY,
    inForce: async (desk) => {
      const headers = { Authorization: 'password' };
      const answer = await desk.call('/api/v1/orders', { headers });
      expect(await answer.json()).toMatchObject({ method: 'GET', data: ['parcel'] });
      const throttled = await desk.call('/api/v1/orders', { headers });
      expect(await throttled.json()).toEqual({ ok: false, code: 429 });
    },
  },
];
