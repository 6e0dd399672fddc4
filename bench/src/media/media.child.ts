import { setTimeout as wait } from 'node:timers/promises';
import { BotApiEmulator, type EmulatedChat } from 'nestjs-telegram-support/testing';
import { answerParent, Child } from '../support/child.js';
import { countMarks, marksIn, outOfOrder } from '../support/marks.js';
import { RedisServer } from '../support/redis.server.js';
import {
  LIMIT,
  MESSAGES,
  MINIMUM_MS,
  type MediaOutcome,
  type MediaSenderName,
  type MediaTarget,
  type MemoryGrowth,
  type SenderQuestion,
} from './media.task.js';
import { PhotoFiles } from './photo.files.js';

const LOOK_EVERY_MS = 100;
/** What the sender does after its last call belongs to it, too. */
const AFTERWARDS_MS = 500;
/** The comment of a photo stands at its beginning. */
const HEAD_BYTES = 200;

answerParent(async (name: MediaSenderName): Promise<MediaOutcome> => {
  const emulator = await BotApiEmulator.start({ limits: { group: LIMIT } });
  const redis = await RedisServer.start();
  const chat = emulator.createSupergroup({ title: 'Support' });
  const { apiRoot, bot } = emulator;
  const target = { apiRoot, token: bot.token, chatId: chat.id, redisUrl: redis.url };
  const photos = await PhotoFiles.create();
  const sender = await startSender(name, target);
  const startedAtMs = Date.now();
  await sender.ask<string>({ send: photos.messages } satisfies SenderQuestion);
  await allIn(chat);
  await wait(AFTERWARDS_MS);
  const memory = await sender.ask<MemoryGrowth>('memory');
  await sender.stop();
  const outcome = { ...outcomeOf(emulator, chat, startedAtMs), ...memory };
  await emulator.stop();
  await redis.stop();
  await photos.remove();
  return outcome;
});

/** In a process of its own, whose memory is that of the sender alone. */
async function startSender(name: MediaSenderName, target: MediaTarget): Promise<Child> {
  const sender = Child.start('media/sender.child', ['--expose-gc']);
  await sender.ask<string>({ start: name, target } satisfies SenderQuestion);
  return sender;
}

/** Resolves when every photo is in Telegram, or none can be expected any more. */
async function allIn(chat: EmulatedChat): Promise<void> {
  const untilMs = Date.now() + MINIMUM_MS * 3;
  while (photoMarksOf(chat).length < MESSAGES && Date.now() < untilMs) await wait(LOOK_EVERY_MS);
}

function photoMarksOf(chat: EmulatedChat): string[] {
  return chat.messages
    .filter(({ photo }) => photo !== undefined)
    .flatMap((message) =>
      marksIn(Buffer.from(chat.fileBytes(message).subarray(0, HEAD_BYTES)).toString('latin1')),
    );
}

function outcomeOf(
  { calls }: BotApiEmulator,
  chat: EmulatedChat,
  startedAtMs: number,
): Omit<MediaOutcome, keyof MemoryGrowth> {
  const texts = countMarks(
    chat.messages.flatMap(({ text, caption }) => marksIn(text ?? caption ?? '')),
  );
  const photos = countMarks(photoMarksOf(chat));
  const taken = calls.filter(({ status, method }) => status === 200 && method.startsWith('send'));
  return {
    durationMs: Math.max(...taken.map(({ at }) => at)) - startedAtMs,
    sends: taken.length,
    refusals: calls.filter(({ status }) => status === 429).length,
    lost: MESSAGES - [...texts.keys()].filter((mark) => photos.has(mark)).length,
    twice: [...texts.values(), ...photos.values()].filter((count) => count > 1).length,
    outOfOrder: outOfOrder(texts.keys()) + outOfOrder(photos.keys()),
  };
}
