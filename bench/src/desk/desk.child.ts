import { EventEmitter, once } from 'node:events';
import { BotApiEmulator } from 'nestjs-telegram-support/testing';
import { answerParent } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { startGrammy, startModule, type DeskWorld } from './desk.server.js';
import {
  REPLIES_PER_THREAD,
  replyText,
  THREADS,
  WARM_UP_PER_THREAD,
  type DeskName,
  type DeskOutcome,
} from './desk.task.js';

const NOTICE_TIMEOUT_MS = 20_000;

answerParent(async (name: DeskName): Promise<DeskOutcome> => {
  const emulator = await BotApiEmulator.start({ limits: { group: false, overall: false } });
  const chat = emulator.createSupergroup({ title: 'Support' });
  const redis = name === 'module, Redis' ? await RedisServer.start() : undefined;
  const log = new HandlingLog();
  const world: DeskWorld = { emulator, chat, onHandled: (text) => log.add(text) };
  await (name === 'grammY' ? startGrammy(world) : startModule(world, redis?.url));
  const notices = await Promise.all(
    Array.from({ length: THREADS }, (_, i) =>
      chat.waitForMessage(({ text }) => text?.includes(`[t${i}]`) === true, NOTICE_TIMEOUT_MS),
    ),
  );
  const writeAll = (perThread: number, isWarmUp: boolean): Promise<void> => {
    const done = log.waitFor(perThread * THREADS);
    for (let number = 0; number < perThread; number += 1) {
      for (const [thread, notice] of notices.entries()) {
        chat.agent(`Agent ${thread % 5}`).reply(notice, replyText(thread, number, isWarmUp));
      }
    }
    return done;
  };
  await writeAll(WARM_UP_PER_THREAD, true);
  await emulator.idle();
  const startedAtMs = performance.now();
  await writeAll(REPLIES_PER_THREAD, false);
  const durationMs = performance.now() - startedAtMs;
  await redis?.stop();
  return { durationMs, handled: log.handled.length, wrong: wrongIn(log.handled) };
});

/** What the app has handled since it was last waited for. */
class HandlingLog {
  handled: string[] = [];
  readonly #events = new EventEmitter();

  add(text: string): void {
    this.handled.push(text);
    this.#events.emit('handled');
  }

  /** Resolves when so many different replies have been handled from now on. */
  async waitFor(count: number): Promise<void> {
    this.handled = [];
    while (new Set(this.handled).size < count) await once(this.#events, 'handled');
  }
}

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
