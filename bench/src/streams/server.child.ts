import { memoryUsage } from 'node:process';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerParent } from '../support/child.js';
import { BareStreams } from './bare.streams.js';
import { ModuleStreams } from './module.streams.js';
import type { StreamServerTask } from './streams.task.js';

/** Streams of some server. */
export interface StreamServer {
  /** @returns The URL of the streams, which the id of a thread follows. */
  start(threads: number): Promise<string>;
  send(): Promise<void>;
}

let server: StreamServer | undefined;

answerParent(async (task: StreamServerTask): Promise<string | number> => {
  if ('start' in task) {
    server = task.start === 'module' ? new ModuleStreams() : new BareStreams();
    return server.start(task.threads);
  }
  if ('send' in task) {
    await server?.send();
    return 0;
  }
  for (let i = 0; i < 3; i += 1) {
    globalThis.gc?.();
    await nextTurn();
  }
  return memoryUsage.rss();
});
