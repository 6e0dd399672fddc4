import { answerParent } from '../support/child.js';
import { startGrammy } from './grammy.server.js';
import { HandledCount } from './handled.count.js';
import type { HandledQuestion, ServerPlace, ServerTask, ServerUsage } from './ingest.task.js';
import { startBareNest, startModule, startQueueingNest } from './nest.servers.js';

const handled = new HandledCount();

answerParent(
  async (
    question: ServerTask | HandledQuestion | 'usage',
  ): Promise<ServerPlace | ServerUsage | number> => {
    if (question === 'usage') return usage();
    if (!('handled' in question)) return start(question);
    await handled.reached(question.handled);
    return question.handled;
  },
);

function start({ server, adapter, redisUrl, apiRoot }: ServerTask): Promise<ServerPlace> {
  switch (server) {
    case 'bare Nest, answers only':
      return startBareNest(adapter);
    case 'module, not for the desk':
    case 'module, replies, in memory':
      return startModule(adapter, apiRoot, handled);
    case 'module, replies, Redis':
      return startModule(adapter, apiRoot, handled, redisUrl);
    case 'Nest + BullMQ add and worker':
      return startQueueingNest(adapter, apiRoot, handled, redisUrl);
    case 'grammY':
      return startGrammy(adapter, apiRoot, handled);
  }
}

function usage(): ServerUsage {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  return { cpuMs: (user + system) / 1000, heapBytes: process.memoryUsage().heapUsed };
}
