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

/** A server with updates coming in, each part in a process of its own. */
export class IngestRun {
  #updates = 0;

  private constructor(
    readonly server: ServerName,
    readonly place: ServerPlace,
    private readonly serverProcess: Child,
    private readonly load: Child,
    private readonly redis: RedisServer,
  ) {}

  /** @param execArgv Of the server's process; with `--expose-gc` its heap is that after a collection. */
  static async start(
    server: ServerName,
    adapter: AdapterName,
    execArgv: readonly string[] = [],
  ): Promise<IngestRun> {
    const redis = await RedisServer.start();
    const script =
      server === 'nestjs-telegraf' ? '../nest-11/telegraf.server' : 'ingest/server.child';
    const child = Child.start(script, execArgv);
    const task: ServerTask = { server, adapter, redisUrl: redis.url };
    const place = await child.ask<ServerPlace>(task);
    return new IngestRun(server, place, child, Child.start('ingest/load.child'), redis);
  }

  /** Sends updates until either is reached. */
  async send(limit: Pick<LoadTask, 'durationMs' | 'requests'>): Promise<LoadOutcome> {
    const isForDesk = this.server !== 'module, not for the desk';
    const task: LoadTask = { ...this.place, isForDesk, ...limit, firstUpdate: this.#updates };
    const outcome = await this.load.ask<LoadOutcome>(task);
    this.#updates += outcome.requests;
    if (outcome.failures > 0) throw new Error(`${this.server}: ${outcome.failures} were not taken`);
    return outcome;
  }

  usage(): Promise<ServerUsage> {
    return this.serverProcess.ask<ServerUsage>('usage');
  }

  /** Resolves when the server is idle: what it did behind its answers disturbs nobody else's slice. */
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
    await this.redis.stop();
  }
}
