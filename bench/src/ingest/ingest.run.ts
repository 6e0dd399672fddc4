import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { AdapterName } from '../support/desk.app.js';
import { Child } from '../support/child.js';
import { RedisServer } from '../support/redis.server.js';
import type {
  LoadOutcome,
  LoadTask,
  ServerName,
  ServerPlace,
  ServerTask,
  ServerUsage,
} from './ingest.task.js';

const LOOK_EVERY_MS = 100;
/** What asking it takes. */
const IDLE_CPU_MS = 10;

/** The servers that do nothing for an update but answer it. */
const ANSWERING: readonly ServerName[] = ['bare Nest, answers only', 'module, not for the desk'];

/** What came of some updates. */
export interface Handled extends LoadOutcome {
  /** Until the handler had been called with all of them. */
  readonly handledSeconds: number;
  /** Until the reactions that tell the agents so had arrived, too. */
  readonly acknowledgedSeconds: number;
}

/** A server with updates coming in, each part in a process of its own. */
export class IngestRun {
  #updates = 0;

  private constructor(
    readonly server: ServerName,
    readonly place: ServerPlace,
    private readonly serverProcess: Child,
    private readonly load: Child,
    private readonly telegram: Child,
    private readonly redis: RedisServer,
  ) {}

  /** @param execArgv Of the server's process; with `--expose-gc` its heap is that after a collection. */
  static async start(
    server: ServerName,
    adapter: AdapterName,
    execArgv: readonly string[] = [],
  ): Promise<IngestRun> {
    const redis = await RedisServer.start();
    const telegram = Child.start('ingest/telegram.child');
    const apiRoot = await telegram.ask<string>('start');
    const child = Child.start('ingest/server.child', execArgv);
    const task: ServerTask = { server, adapter, redisUrl: redis.url, apiRoot };
    const place = await child.ask<ServerPlace>(task);
    const load = Child.start('ingest/load.child');
    return new IngestRun(server, place, child, load, telegram, redis);
  }

  /** Sends so many updates; resolves when all of them have been handled and acknowledged. */
  async send(requests: number): Promise<Handled> {
    const isForDesk = this.server !== 'module, not for the desk';
    const task: LoadTask = { ...this.place, isForDesk, requests, firstUpdate: this.#updates };
    this.#updates += requests;
    const startedAt = performance.now();
    const outcome = await this.load.ask<LoadOutcome>(task);
    if (outcome.failures > 0) throw new Error(`${this.server}: ${outcome.failures} were not taken`);
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    if (ANSWERING.includes(this.server)) {
      return { ...outcome, handledSeconds: seconds(), acknowledgedSeconds: seconds() };
    }
    await this.serverProcess.ask({ handled: this.#updates });
    const handledSeconds = seconds();
    await this.telegram.ask({ reactions: this.#updates });
    return { ...outcome, handledSeconds, acknowledgedSeconds: seconds() };
  }

  usage(): Promise<ServerUsage> {
    return this.serverProcess.ask<ServerUsage>('usage');
  }

  /** Resolves when the server is idle: what it does afterwards disturbs nobody else's slice. */
  async quiet(): Promise<void> {
    let { cpuMs } = await this.usage();
    for (;;) {
      await wait(LOOK_EVERY_MS);
      const now = (await this.usage()).cpuMs;
      if (now - cpuMs < IDLE_CPU_MS) return;
      cpuMs = now;
    }
  }

  async stop(): Promise<void> {
    await this.load.stop();
    await this.serverProcess.stop();
    await this.telegram.stop();
    await this.redis.stop();
  }
}
