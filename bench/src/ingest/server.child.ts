import { answerParent } from '../support/child.js';
import { startGrammy } from './grammy.server.js';
import type { ServerPlace, ServerTask, ServerUsage } from './ingest.task.js';
import { startBareNest, startModule, startQueueingNest } from './nest.servers.js';

answerParent(async (question: ServerTask | 'usage'): Promise<ServerPlace | ServerUsage> =>
  question === 'usage' ? usage() : start(question),
);

function start({ server, adapter, redisUrl, apiRoot }: ServerTask): Promise<ServerPlace> {
  switch (server) {
    case 'bare Nest, answers only':
      return startBareNest(adapter);
    case 'module, not for the desk':
    case 'module, replies, in memory':
      return startModule(adapter, apiRoot);
    case 'module, replies, Redis':
      return startModule(adapter, apiRoot, redisUrl);
    case 'Nest + BullMQ add and worker':
      return startQueueingNest(adapter, apiRoot, redisUrl);
    case 'grammY':
      return startGrammy(adapter, apiRoot);
  }
}

function usage(): ServerUsage {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  return { cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed };
}
