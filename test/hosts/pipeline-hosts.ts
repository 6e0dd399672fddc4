import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { expect } from 'vitest';
import { errorsBecome, servesAt, strictPipe } from './host-checks.js';
import { AuthGuard, CountingInterceptor, EnvelopeInterceptor, Public } from './host-enhancers.js';
import type { Host } from './host.interface.js';

const PATH = '/telegram/webhook';

/** Apps with global guards, pipes, interceptors or exception filters. */
export const pipelineHosts: readonly Host[] = [
  {
    name: 'a strict ValidationPipe',
    path: PATH,
    configure: (app) => app.useGlobalPipes(strictPipe),
    inForce: async (desk) => {
      expect((await desk.post('/orders', { item: 'cup', price: 1 })).status).toBe(400);
    },
  },
  {
    name: 'a global auth guard',
    path: PATH,
    module: { providers: [{ provide: APP_GUARD, useClass: AuthGuard }] },
    extras: { webhookDecorators: [Public()] },
    inForce: async (desk) => {
      expect((await desk.call('/orders')).status).toBe(403);
      await servesAt('/orders', { Authorization: 'password' })(desk);
    },
  },
  {
    name: 'an interceptor that wraps answers',
    path: PATH,
    module: { providers: [{ provide: APP_INTERCEPTOR, useClass: EnvelopeInterceptor }] },
    inForce: async (desk) => {
      const answer = await desk.call('/orders');
      expect(await answer.json()).toMatchObject({ method: 'GET', data: ['parcel'] });
    },
  },
  {
    name: 'an interceptor that fails on empty answers',
    path: PATH,
    configure: (app) => app.useGlobalInterceptors(new CountingInterceptor()),
    inForce: async (desk) => {
      const answer = await desk.call('/orders');
      expect(await answer.json()).toEqual({ count: 1, items: ['parcel'] });
    },
  },
  {
    name: 'an exception filter that answers 200',
    path: PATH,
    module: { providers: [errorsBecome(200)] },
    inForce: async (desk) => {
      expect((await desk.post('/orders', {}, { Accept: 'none' })).status).not.toBe(500);
      expect((await desk.call('/nowhere')).status).toBe(200);
    },
  },
  {
    name: 'an exception filter that answers 500',
    path: PATH,
    module: { providers: [errorsBecome(500)] },
    inForce: async (desk) => {
      expect((await desk.call('/nowhere')).status).toBe(500);
    },
  },
  {
    name: 'a global ThrottlerGuard',
    path: PATH,
    module: {
      imports: [ThrottlerModule.forRoot([{ ttl: 60_000, limit: 1 }])],
      providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
    },
    extras: { webhookDecorators: [SkipThrottle()] },
    inForce: async (desk) => {
      expect((await desk.call('/orders')).status).toBe(200);
      expect((await desk.call('/orders')).status).toBe(429);
    },
  },
];
