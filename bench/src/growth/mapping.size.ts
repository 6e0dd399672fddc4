import { Redis } from 'ioredis';
// Not exported by the package.
import { RedisLastNoticeRepository } from '../../../dist/storage/redis/redis-last-notice.repository.js';
import { RedisThreadMappingRepository } from '../../../dist/storage/redis/redis-thread-mapping.repository.js';
import { RedisServer } from '../support/redis.server.js';

const BOT_ID = 7_000_000_001;
const CHAT_ID = -1_001_234_567_890;
const MAPPINGS = 20_000;
const WEEK_SECONDS = 604_800;

/** What Redis keeps of what was posted, in bytes each. */
export interface MappingSizes {
  readonly mapping: number;
  readonly lastNotice: number;
}

/** Of threads whose ids are UUIDs. */
export async function mappingSizes(): Promise<MappingSizes> {
  const server = await RedisServer.start();
  const client = new Redis(server.url);
  const keyPrefix = `tg:{${BOT_ID}:${CHAT_ID}}:last:`;
  const scope = { botId: BOT_ID, keyPrefix: 'tg_thread:', ttlSeconds: WEEK_SECONDS, legacy: false };
  const mappings = new RedisThreadMappingRepository(client, scope);
  const lasts = new RedisLastNoticeRepository(client, {
    keyPrefix,
    recentKey: `${keyPrefix}recent`,
    ttlSeconds: WEEK_SECONDS,
  });
  const mapping = await growthOf(client, (i) => mappings.store(refOf(i), threadOf(i)));
  const lastNotice = await growthOf(client, (i) => lasts.store(threadOf(i), refOf(i)));
  client.disconnect();
  await server.stop();
  return { mapping, lastNotice };
}

async function growthOf(client: Redis, store: (index: number) => Promise<void>): Promise<number> {
  const before = await memoryOf(client);
  for (let i = 0; i < MAPPINGS; i += 1) await store(i);
  return ((await memoryOf(client)) - before) / MAPPINGS;
}

async function memoryOf(client: Redis): Promise<number> {
  return Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1]);
}

function refOf(index: number) {
  return { chatId: CHAT_ID, messageId: 100_000 + index };
}

function threadOf(index: number): string {
  return `3f2504e0-4f89-41d3-9a0c-${String(index).padStart(12, '0')}`;
}
