import { Controller, RequestMethod, VersioningType } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { expect } from 'vitest';
import { TelegramModule, TelegramWebhookController } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { servesAt } from './host-checks.js';
import type { Host } from './host.interface.js';

const PATH = '/telegram/webhook';
/** A Bot API that refuses connections. */
const NOWHERE = 'http://127.0.0.1:1';
const OTHER_BOT = '7000000009:AAHhostshostshostshostshostshostshosts';

@Controller('hooks')
class OwnWebhook extends TelegramWebhookController {}

/** Apps that serve their routes, and are reached, at various paths. */
export const routingHosts: readonly Host[] = [
  { name: 'no settings', path: PATH, inForce: servesAt('/orders') },
  {
    name: 'a global prefix',
    path: `/api${PATH}`,
    configure: (app) => app.setGlobalPrefix('api'),
    inForce: servesAt('/api/orders'),
  },
  {
    name: 'a global prefix of two segments with slashes around it',
    path: `/api/shop${PATH}`,
    configure: (app) => app.setGlobalPrefix('/api/shop/'),
    inForce: servesAt('/api/shop/orders'),
  },
  {
    name: 'a global prefix that the webhookUrl ends in',
    path: `/api${PATH}`,
    webhookUrl: (origin) => `${origin}/api`,
    configure: (app) => app.setGlobalPrefix('api'),
    inForce: servesAt('/api/orders'),
  },
  {
    name: 'a whole webhookUrl',
    path: `/api${PATH}`,
    webhookUrl: (origin) => `${origin}/api${PATH}/`,
    configure: (app) => app.setGlobalPrefix('api'),
    inForce: servesAt('/api/orders'),
  },
  {
    name: 'a global prefix that excludes the webhook',
    path: PATH,
    configure: (app) =>
      app.setGlobalPrefix('api', {
        exclude: [{ path: 'telegram/webhook', method: RequestMethod.POST }],
      }),
    inForce: servesAt('/api/orders'),
  },
  {
    name: 'URI versioning',
    path: PATH,
    configure: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' }),
    inForce: servesAt('/v1/orders'),
  },
  {
    name: 'header versioning',
    path: PATH,
    configure: (app) =>
      app.enableVersioning({ type: VersioningType.HEADER, header: 'X-V', defaultVersion: '1' }),
    inForce: servesAt('/orders', { 'X-V': '1' }),
  },
  {
    name: 'a module path of RouterModule',
    path: `/bots${PATH}`,
    module: { imports: [RouterModule.register([{ path: 'bots', module: TelegramModule }])] },
    inForce: servesAt('/orders'),
  },
  {
    name: 'a webhookPath',
    path: '/api/tg',
    extras: { webhookPath: '/tg/' },
    configure: (app) => app.setGlobalPrefix('api'),
    inForce: servesAt('/api/orders'),
  },
  {
    name: 'its own webhook controller, with a version',
    path: '/api/v2/hooks',
    module: { controllers: [OwnWebhook] },
    extras: { webhook: false },
    configure: (app) => {
      app.setGlobalPrefix('api');
      app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' });
    },
    inForce: servesAt('/api/v2/orders'),
  },
  {
    name: 'a second bot',
    path: PATH,
    module: {
      imports: [
        TelegramModule.forRoot({
          botToken: OTHER_BOT,
          adminChatId: -2,
          webhookPath: 'second',
          apiRoot: NOWHERE,
        }),
      ],
    },
    inForce: async (desk) => {
      const other = new BotToken(OTHER_BOT).derive('webhook-secret').reveal();
      expect((await desk.deliver('/second', { update_id: 1 }, other)).status).toBe(200);
      expect((await desk.deliver('/second', { update_id: 1 })).status).toBe(401);
      expect((await desk.deliver(PATH, { update_id: 1 }, other)).status).toBe(401);
    },
  },
  {
    name: 'a sub-path that a proxy strips',
    path: `/support/api${PATH}`,
    proxyPath: '/support',
    webhookUrl: (origin) => `${origin}/support`,
    configure: (app) => app.setGlobalPrefix('api'),
    inForce: servesAt('/api/orders'),
  },
];
