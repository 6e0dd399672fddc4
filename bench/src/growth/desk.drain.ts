import { setTimeout as wait } from 'node:timers/promises';
import { BotApiEmulator, type EmulatedChat } from 'nestjs-telegram-support/testing';
import { Child } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import { quantile } from '../support/statistics.js';
import type { DeskPlace, DeskTask } from './desk.child.js';
import type { Size } from './growth.task.js';
import { storeKnownThreads } from './known.threads.js';

/** What a whole desk costs, in microseconds. */
export interface DeskCosts {
  readonly deskItem: number;
  /** For each message that it posted, which may show several jobs. */
  readonly deskMessage: number;
}

const WARM_UP: Size = { jobs: 1_000, keys: 500 };
const MOST_REPETITIONS = 5;

/** A desk, with a Telegram without limits in another process than its own. */
export class DeskDrain {
  readonly #emulator: BotApiEmulator;
  readonly #redis: RedisServer;
  readonly #chat: EmulatedChat;
  readonly #desk = Child.start('growth/desk.child');
  #seen = 0;

  private constructor(emulator: BotApiEmulator, redis: RedisServer) {
    this.#emulator = emulator;
    this.#redis = redis;
    this.#chat = emulator.createSupergroup({ title: 'Support' });
  }

  /** @param knownThreads How many threads the desk has known before. */
  static async measure(size: Size, knownThreads = 0): Promise<DeskCosts> {
    const emulator = await BotApiEmulator.start({ limits: { group: false, overall: false } });
    const redis = await RedisServer.start();
    await storeKnownThreads(redis.url, emulator.bot.id, knownThreads);
    const drain = new DeskDrain(emulator, redis);
    await drain.#give({ jobs: 0, keys: 1 });
    await drain.#drain(WARM_UP);
    const repetitions = Math.min(MOST_REPETITIONS, Math.ceil(1_000 / size.jobs));
    const costs: DeskCosts[] = [];
    for (let i = 0; i < repetitions; i += 1) costs.push(await drain.#drain(size));
    await drain.#stop();
    return {
      deskItem: quantile(
        costs.map(({ deskItem }) => deskItem),
        0.5,
      ),
      deskMessage: quantile(
        costs.map(({ deskMessage }) => deskMessage),
        0.5,
      ),
    };
  }

  /** The desk is given everything while the chat floods; afterwards it posts as fast as it can. */
  async #drain(size: Size): Promise<DeskCosts> {
    const floodSeconds = Math.ceil(size.jobs / 3_000) + 2;
    this.#chat.flood(floodSeconds);
    const floodEndsAtMs = Date.now() + floodSeconds * 1000;
    await this.#give(size);
    if (Date.now() > floodEndsAtMs) throw new Error('The flood was over before all was accepted');
    const times = await this.#postedTimes(size.jobs);
    const micros = (Math.max(...times) - Math.min(...times)) * 1000;
    const deskMessage = micros / (times.length - 1);
    return { deskMessage, deskItem: (deskMessage * times.length) / size.jobs };
  }

  async #give(size: Size): Promise<void> {
    await this.#desk.ask<null>({ ...size, ...this.#place } satisfies DeskTask);
  }

  get #place(): DeskPlace {
    const { apiRoot, bot } = this.#emulator;
    return { apiRoot, token: bot.token, chatId: this.#chat.id, redisUrl: this.#redis.url };
  }

  /** When each message came that Telegram took, once they show all jobs. */
  async #postedTimes(jobs: number): Promise<number[]> {
    const times: number[] = [];
    let shown = 0;
    while (shown < jobs) {
      await wait(50);
      const { calls } = this.#emulator;
      for (; this.#seen < calls.length; this.#seen += 1) {
        const call = calls[this.#seen];
        if (!call || call.status === null) break;
        if (call.status !== 200) continue;
        times.push(call.at);
        shown += String(call.params['text']).match(/\[m\d+\]/g)?.length ?? 0;
      }
    }
    return times;
  }

  async #stop(): Promise<void> {
    await this.#desk.stop();
    await this.#emulator.stop();
    await this.#redis.stop();
  }
}
