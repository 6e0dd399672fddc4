import { once } from 'node:events';
import { createServer, get } from 'node:http';
import { pipeline } from 'node:stream';
// Not exported by the package: apps get links with the replies of agents.
import { FileLinks } from '../../../dist/files/file-links.js';
import { answerParent } from '../support/child.js';
import { listeningApp, type AdapterName } from '../support/desk.app.js';
import { TOKEN, type MemoryUse, type SenderTask } from './links.task.js';

const LOOK_EVERY_MS = 10;
const MIB = 2 ** 20;

let before = 0;
let most = 0;

setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), LOOK_EVERY_MS);

answerParent(
  async (
    question: SenderTask | 'cpu' | 'watch' | 'memory',
  ): Promise<string | MemoryUse | number> => {
    if (question === 'cpu') return cpuMs();
    if (question === 'watch') return watch();
    if (question === 'memory') return { before: before / MIB, most: most / MIB };
    const { adapter, apiRoot } = question;
    return adapter ? startModule(adapter, apiRoot) : startBare(apiRoot);
  },
);

async function startModule(adapter: AdapterName, apiRoot: string): Promise<string> {
  const { app, origin } = await listeningApp(adapter, {
    telegram: { botToken: TOKEN, adminChatId: -1001, apiRoot, updates: 'off' },
  });
  const links = app.get(FileLinks, { strict: false });
  return origin + links.urlOf({ desk: 'default', threadId: 't1', fileId: 'x' });
}

async function startBare(apiRoot: string): Promise<string> {
  const server = createServer((_request, response) => {
    get(`${apiRoot}/file/x`, (upstream) => {
      response.setHeader('Content-Length', upstream.headers['content-length'] ?? '');
      pipeline(upstream, response, () => undefined);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}/`;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function watch(): number {
  globalThis.gc?.();
  before = process.memoryUsage.rss();
  most = before;
  return before;
}
