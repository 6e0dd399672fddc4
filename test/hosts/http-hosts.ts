import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import compression from 'compression';
import helmet from 'helmet';
import { expect } from 'vitest';
import { LONG_REPLY, refusesAbove10Kb, sendsHeader, servesAt } from './host-checks.js';
import type { Host } from './host.interface.js';
import { StampMiddleware, StampModule, stamp } from './stamp.middleware.js';

const PATH = '/telegram/webhook';

/** Apps with body limits, middleware, plugins or headers of their own. */
export const httpHosts: readonly Host[] = [
  {
    name: 'rawBody',
    path: PATH,
    create: { rawBody: true },
    reply: LONG_REPLY,
    inForce: servesAt('/orders'),
  },
  {
    name: 'a body limit of 10 kB',
    path: PATH,
    fastifyOptions: { bodyLimit: 10_240 },
    express: (app) => app.useBodyParser('json', { limit: '10kb' }),
    reply: LONG_REPLY,
    inForce: refusesAbove10Kb,
  },
  {
    name: 'a body limit of 10 kB below a global prefix',
    path: `/api${PATH}`,
    fastifyOptions: { bodyLimit: 10_240 },
    configure: (app) => app.setGlobalPrefix('api', { exclude: ['orders'] }),
    express: (app) => app.useBodyParser('json', { limit: '10kb' }),
    reply: LONG_REPLY,
    inForce: refusesAbove10Kb,
  },
  {
    name: 'a body limit of 10 kB on the parser of Fastify',
    path: PATH,
    only: 'fastify',
    fastify: (app) => app.useBodyParser('application/json', { bodyLimit: 10_240 }),
    reply: LONG_REPLY,
    inForce: refusesAbove10Kb,
  },
  {
    name: 'no body parser at all',
    path: PATH,
    only: 'express',
    create: { bodyParser: false },
    inForce: async (desk) => {
      expect((await desk.post('/orders', { item: 'cup' })).status).toBe(500);
    },
  },
  {
    name: 'helmet',
    path: PATH,
    express: (app) => app.use(helmet()),
    fastify: (app) => app.register(fastifyHelmet),
    inForce: sendsHeader('x-frame-options', 'SAMEORIGIN'),
  },
  {
    name: 'the security headers and the CSRF protection of Nest',
    path: PATH,
    configure: (app) => app.useSecurityHeaders().enableCsrfProtection(),
    inForce: async (desk) => {
      const { status } = await desk.post('/orders', {}, { Origin: 'https://evil.example' });
      expect(status).toBe(403);
    },
  },
  {
    name: 'CORS',
    path: PATH,
    configure: (app) => app.enableCors({ origin: 'https://shop.example' }),
    inForce: sendsHeader('access-control-allow-origin', 'https://shop.example'),
  },
  {
    name: 'middleware in the manner of Express 4',
    path: PATH,
    configure: (app) => app.use(stamp('x-function', 'seen')),
    module: { imports: [StampModule], providers: [StampMiddleware] },
    inForce: async (desk) => {
      await sendsHeader('x-function', 'seen')(desk);
      await sendsHeader('x-class', 'seen')(desk);
    },
  },
  {
    name: 'compressed answers',
    path: PATH,
    express: (app) => app.use(compression({ threshold: 0 })),
    fastify: (app) => app.register(fastifyCompress, { threshold: 0 }),
    inForce: sendsHeader('content-encoding', expect.any(String)),
  },
  {
    name: 'plugins and hooks of Fastify',
    path: PATH,
    only: 'fastify',
    fastify: async (app) => {
      await app.register(fastifyCookie, { secret: 'crumb' });
      const server = app.getHttpAdapter().getInstance();
      server.addHook('onSend', async (_request, reply) => {
        reply.setCookie('seen', 'yes');
      });
    },
    inForce: sendsHeader('set-cookie', expect.stringContaining('seen=yes')),
  },
];
