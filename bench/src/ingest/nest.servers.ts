import {
  Body,
  Controller,
  HttpCode,
  Post,
  UseGuards,
  type INestApplicationContext,
} from '@nestjs/common';
import axios from 'axios';
import { Queue, Worker, type Job } from 'bullmq';
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
import type { HandledCount } from './handled.count.js';
import { CHAT_ID, FIRST_NOTICE, SECRET, THREADS, TOKEN, type ServerPlace } from './ingest.task.js';

/** What the worker reads of an update. */
interface ReplyUpdate {
  readonly update_id: number;
  readonly message: {
    readonly message_id: number;
    readonly reply_to_message: { readonly message_id: number };
  };
}

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

/**
 * What an app would build by itself: the same guard, a queue that each update is kept in before it is answered,
 * and a worker that knows the ids of updates, looks up the thread and reacts.
 */
export async function startQueueingNest(
  adapter: AdapterName,
  apiRoot: string,
  handled: HandledCount,
  redisUrl: string,
): Promise<ServerPlace> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue<ReplyUpdate>('updates', { connection: redis.duplicate() });
  for (let i = 0; i < THREADS; i += 1) {
    await redis.set(`thread:${CHAT_ID}:${FIRST_NOTICE + i}`, `thread-${i}`);
  }
  const handle = async ({ data: { update_id: id, message } }: Job<ReplyUpdate>): Promise<void> => {
    if ((await redis.set(`update:${id}`, '1', 'EX', 86_400, 'NX')) === null) return;
    const notice = message.reply_to_message.message_id;
    if ((await redis.get(`thread:${CHAT_ID}:${notice}`)) === null) return;
    handled.add();
    await axios.post(`${apiRoot}/bot${TOKEN}/setMessageReaction`, {
      chat_id: CHAT_ID,
      message_id: message.message_id,
      reaction: [{ type: 'emoji', emoji: '👍' }],
    });
  };
  const options = { connection: redis.duplicate(), concurrency: 50 };
  new Worker('updates', handle, options).on('error', () => undefined);
  @Controller('hook')
  @UseGuards(TelegramSecretGuard)
  class QueueController {
    @Post()
    @HttpCode(200)
    async receive(@Body() update: ReplyUpdate): Promise<void> {
      await queue.add('update', update, { removeOnComplete: true });
    }
  }
  const parts = { controllers: [QueueController], providers: GUARD_PROVIDERS };
  const { origin } = await listeningApp(adapter, parts);
  return placeOf(origin, '/hook');
}

/** The module, with a handler that does nothing but count. */
export async function startModule(
  adapter: AdapterName,
  apiRoot: string,
  handled: HandledCount,
  redis?: string,
): Promise<ServerPlace> {
  class Handler {
    @OnThreadReply()
    handle(): Promise<void> {
      handled.add();
      return Promise.resolve();
    }
  }
  const { app, origin } = await listeningApp(adapter, {
    providers: [Handler],
    telegram: {
      botToken: TOKEN,
      adminChatId: CHAT_ID,
      webhookSecret: SECRET,
      apiRoot,
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
