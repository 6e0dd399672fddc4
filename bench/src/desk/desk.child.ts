import { EventEmitter, once } from 'node:events';
import { BotApiEmulator } from 'nestjs-telegram-support/testing';
import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { startGrammy, startModule, type DeskWorld } from './desk.server.js';
import { REPLIES_PER_THREAD, THREADS, type DeskName, type DeskOutcome } from './desk.task.js';

const REPLIES = THREADS * REPLIES_PER_THREAD;
const NOTICE_TIMEOUT_MS = 20_000;

answerParent(async (name: DeskName): Promise<DeskOutcome> => {
  const emulator = await BotApiEmulator.start({ limits: { group: false, overall: false } });
  const chat = emulator.createSupergroup({ title: 'Support' });
  const redis = name === 'module, Redis' ? await RedisServer.start() : undefined;
  const handled: string[] = [];
  const log = new EventEmitter();
  const all = once(log, 'all');
  const onHandled = (text: string): void => {
    handled.push(text);
    if (new Set(handled).size === REPLIES) log.emit('all');
  };
  const world: DeskWorld = { emulator, chat, onHandled };
  await (name === 'grammY' ? startGrammy(world) : startModule(world, redis?.url));
  const notices = await Promise.all(
    Array.from({ length: THREADS }, (_, i) =>
      chat.waitForMessage(({ text }) => text?.includes(`[t${i}]`) === true, NOTICE_TIMEOUT_MS),
    ),
  );
  const startedAtMs = performance.now();
  for (let number = 0; number < REPLIES_PER_THREAD; number += 1) {
    for (const [thread, notice] of notices.entries()) {
      chat.agent(`Agent ${thread % 5}`).reply(notice, `t${thread}#${number}`);
    }
  }
  await all;
  const durationMs = performance.now() - startedAtMs;
  await redis?.stop();
  return { durationMs, handled: handled.length, wrong: wrongIn(handled) };
});

function wrongIn(handled: readonly string[]): number {
  const next = new Map<string, number>();
  let wrong = 0;
  for (const text of handled) {
    const [thread = '', number] = text.split('#');
    const expected = next.get(thread) ?? 0;
    if (Number(number) !== expected) wrong += 1;
    next.set(thread, expected + 1);
  }
  return wrong;
}
