import { setTimeout as wait } from 'node:timers/promises';
import { BotApiEmulator, type EmulatedChat } from 'nestjs-telegram-support/testing';
import { answerParent } from '../support/child.js';
import { DeskApp } from '../support/desk.app.js';
import { RedisServer } from '../support/redis.server.js';
import { openPlainly } from './plain.opener.js';
import {
  LIMIT,
  THREADS,
  type OpenerName,
  type TopicsOutcome,
  type TopicsPlace,
} from './topics.task.js';

const LOOK_EVERY_MS = 50;

/** Of four calls for each thread, and as much again. */
const LIMIT_MS = 2 * ((THREADS * 4) / LIMIT.messages) * LIMIT.windowMs;

answerParent(async (name: OpenerName): Promise<TopicsOutcome> => {
  const emulator = await BotApiEmulator.start({ limits: { group: LIMIT } });
  const redis = await RedisServer.start();
  const chat = emulator.createForum({ title: 'Support' });
  const { apiRoot, bot } = emulator;
  const place = { apiRoot, token: bot.token, chatId: chat.id, redisUrl: redis.url };
  const startedAtMs = Date.now();
  const stop = await open(name, place);
  while (shown(chat).size < THREADS && Date.now() < startedAtMs + LIMIT_MS)
    await wait(LOOK_EVERY_MS);
  const durationMs = Date.now() - startedAtMs;
  const outcome = {
    windows: Math.floor(durationMs / LIMIT.windowMs) + 1,
    refusals: emulator.calls.filter(({ status }) => status === 429).length,
    lost: THREADS - shown(chat).size,
  };
  await stop();
  await emulator.stop();
  await redis.stop();
  return outcome;
});

/** @returns What ends it. */
async function open(name: OpenerName, place: TopicsPlace): Promise<() => Promise<void>> {
  if (name === 'plain sender') {
    const opened = openPlainly(place);
    return () => opened;
  }
  const app = await DeskApp.start({
    botToken: place.token,
    adminChatId: place.chatId,
    apiRoot: place.apiRoot,
    mode: 'topics',
    rateLimit: LIMIT,
    ...(name === 'module, Redis' && { redis: place.redisUrl }),
  });
  for (let i = 0; i < THREADS; i += 1) {
    await app.telegram.notifyNewThread({
      threadId: `t${i}`,
      customer: { name: `Customer ${i}` },
      subject: 'parcel',
      text: `[t${i}] Where is my parcel?`,
    });
  }
  return () => app.stop();
}

/** The threads whose text is in a topic that holds no other. */
function shown(chat: EmulatedChat): Set<string> {
  const marks = chat.topics.flatMap(({ messages }) => {
    const found = messages.flatMap(({ text }) => /\[t\d+\]/.exec(text ?? '')?.[0] ?? []);
    return found.length === 1 ? found : [];
  });
  return new Set(marks);
}
