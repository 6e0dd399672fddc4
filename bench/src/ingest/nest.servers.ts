import {
  Body,
  Controller,
  HttpCode,
  Post,
  UseGuards,
  type INestApplicationContext,
} from '@nestjs/common';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import {
  OnThreadReply,
  TelegramSecretGuard,
  ThreadMappingRepository,
} from 'nestjs-telegram-support';
// Not exported by the package: what its guard injects.
import { Secret } from '../../../dist/secrets/secret.js';
import { WebhookSecrets } from '../../../dist/secrets/webhook-secrets.js';
import { WEBHOOK_SECRETS } from '../../../dist/webhook/webhook.constants.js';
import { listeningApp, type AdapterName } from '../support/desk.app.js';
import { CHAT_ID, FIRST_NOTICE, SECRET, THREADS, TOKEN, type ServerPlace } from './ingest.task.js';

/** What the guard works with, where there is no module that provides it. */
const GUARD_PROVIDERS = [
  { provide: WEBHOOK_SECRETS, useValue: new WebhookSecrets(new Secret(SECRET)) },
];

/** What any app could do by itself: the same guard, and nothing behind it. */
export async function startBareNest(adapter: AdapterName): Promise<ServerPlace> {
  @Controller('hook')
  @UseGuards(TelegramSecretGuard)
  class BareController {
    @Post()
    @HttpCode(200)
    receive(@Body() _update: unknown): void {}
  }
  const parts = { controllers: [BareController], providers: GUARD_PROVIDERS };
  const { origin } = await listeningApp(adapter, parts);
  return placeOf(origin, '/hook');
}

/** The same, which keeps each update in a queue before it answers. */
export async function startQueueingNest(
  adapter: AdapterName,
  redisUrl: string,
  withWorker: boolean,
): Promise<ServerPlace> {
  const connections = () => new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('updates', { connection: connections() });
  if (withWorker) {
    const options = { connection: connections(), concurrency: 50 };
    new Worker('updates', () => Promise.resolve(), options).on('error', () => undefined);
  }
  @Controller('hook')
  @UseGuards(TelegramSecretGuard)
  class QueueController {
    @Post()
    @HttpCode(200)
    async receive(@Body() update: unknown): Promise<void> {
      await queue.add('update', update, { removeOnComplete: true });
    }
  }
  const parts = { controllers: [QueueController], providers: GUARD_PROVIDERS };
  const { origin } = await listeningApp(adapter, parts);
  return placeOf(origin, '/hook');
}

/** The module, with a handler that does nothing. Receipts are off: no Telegram is there to take them. */
export async function startModule(
  adapter: AdapterName,
  redis: string | undefined,
): Promise<ServerPlace> {
  class Handler {
    @OnThreadReply()
    handle(): Promise<void> {
      return Promise.resolve();
    }
  }
  const { app, origin } = await listeningApp(adapter, {
    providers: [Handler],
    telegram: {
      botToken: TOKEN,
      adminChatId: CHAT_ID,
      webhookSecret: SECRET,
      replies: { receipts: false },
      ...(redis && { redis }),
    },
  });
  await storeMappings(app);
  return placeOf(origin, '/telegram/webhook');
}

async function storeMappings(app: INestApplicationContext): Promise<void> {
  const mappings = app.get(ThreadMappingRepository, { strict: false });
  for (let i = 0; i < THREADS; i += 1) {
    await mappings.store({ chatId: CHAT_ID, messageId: FIRST_NOTICE + i }, `thread-${i}`);
  }
}

function placeOf(origin: string, path: string): ServerPlace {
  return { port: Number(new URL(origin).port), path };
}
