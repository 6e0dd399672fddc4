import { setTimeout as wait } from 'node:timers/promises';
import { BotApiEmulator, type BotApiCall } from 'nestjs-telegram-support/testing';
import { answerParent } from '../support/child.js';
import { countMarks, marksIn, outOfOrder } from '../support/marks.js';
import { RedisServer } from '../support/redis.server.js';
import { BullMqSender } from './bullmq.sender.js';
import type { DrainSender, DrainTarget } from './drain.sender.js';
import {
  customerMessages,
  LIMIT,
  MESSAGES,
  MINIMUM_MS,
  type DrainOutcome,
  type SenderName,
} from './drain.task.js';
import { GrammySender } from './grammy.sender.js';
import { ModuleSender } from './module.sender.js';

/** About what a customer writes; twenty of them fit into one message. */
const SHORT = 120;
/** More than half of what a message of the module shows, so that no two fit together. */
const LONG = 2_100;

const LOOK_EVERY_MS = 250;

answerParent(async (name: SenderName): Promise<DrainOutcome> => {
  const emulator = await BotApiEmulator.start({ limits: { group: LIMIT } });
  const redis = await RedisServer.start();
  const chatId = emulator.createSupergroup({
    title: 'Support',
    isForum: name === 'module, Redis, topics',
  }).id;
  const { apiRoot } = emulator;
  const target = { apiRoot, token: emulator.bot.token, chatId, redisUrl: redis.url };
  const sender = await senderOf(name, target);
  const length = name === 'module, Redis, no two messages fit together' ? LONG : SHORT;
  const startedAtMs = Date.now();
  await Promise.race([sender.send(customerMessages(length)), allIn(emulator)]);
  const outcome = outcomeOf(emulator.calls, startedAtMs);
  await sender.stop();
  await emulator.stop();
  await redis.stop();
  return outcome;
});

/** Resolves when every message is in Telegram, or none can be expected any more. */
async function allIn(emulator: BotApiEmulator): Promise<void> {
  const untilMs = Date.now() + MINIMUM_MS * 3;
  while (marksOf(emulator.calls).size < MESSAGES && Date.now() < untilMs) await wait(LOOK_EVERY_MS);
}

function senderOf(name: SenderName, target: DrainTarget): DrainSender | Promise<DrainSender> {
  switch (name) {
    case 'module, Redis':
    case 'module, Redis, no two messages fit together':
      return ModuleSender.start(target, { redis: target.redisUrl });
    case 'module, Redis, topics':
      return ModuleSender.start(target, { redis: target.redisUrl, mode: 'topics' });
    case 'module, in memory':
      return ModuleSender.start(target);
    case 'grammY + auto-retry':
      return new GrammySender(target, { retry: true, throttle: false });
    case 'grammY + throttler':
      return new GrammySender(target, { retry: false, throttle: true });
    case 'grammY + throttler + auto-retry':
      return new GrammySender(target, { retry: true, throttle: true });
    case 'BullMQ limiter':
      return new BullMqSender(target);
  }
}

/** How often each message is in Telegram, in the order of their coming. */
function marksOf(calls: readonly BotApiCall[]): Map<string, number> {
  const taken = calls.filter(({ status }) => status === 200);
  return countMarks(taken.flatMap(({ params }) => marksIn(String(params['text']))));
}

function outcomeOf(calls: readonly BotApiCall[], startedAtMs: number): DrainOutcome {
  const marks = marksOf(calls);
  const taken = calls.filter(({ status, method }) => status === 200 && method === 'sendMessage');
  return {
    durationMs: Math.max(...taken.map(({ at }) => at)) - startedAtMs,
    sends: taken.length,
    refusals: calls.filter(({ status }) => status === 429).length,
    lost: MESSAGES - marks.size,
    twice: [...marks.values()].filter((count) => count > 1).length,
    outOfOrder: outOfOrder(marks.keys()),
  };
}
