import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerParent } from '../support/child.js';
import type { TelegramTask } from './ingest.task.js';

let reactions = 0;
let onReaction = (): void => undefined;

/** Takes every call at once, and counts reactions: the end of what is done for a reply. */
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.setHeader('Content-Type', 'application/json').end('{"ok":true,"result":true}');
    if (!request.url?.endsWith('/setMessageReaction')) return;
    reactions += 1;
    onReaction();
  });
});

answerParent((task: TelegramTask): Promise<string | number> =>
  task === 'start' ? start() : reached(task.reactions),
);

async function start(): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
}

/** Resolves when so many reactions have come. */
function reached(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    onReaction = () => {
      if (reactions >= wanted) resolve(reactions);
    };
    onReaction();
  });
}
