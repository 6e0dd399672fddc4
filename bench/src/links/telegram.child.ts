import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { answerParent } from '../support/child.js';

const CHUNK = Buffer.alloc(64 * 1024, 1);

let size = 0;

/** Has one file of the size that was asked for, and makes it up while it is sent. */
const server = createServer((request, response) => {
  request.resume();
  if (request.url?.startsWith('/file/')) {
    sendFile(response, request.headers.range);
    return;
  }
  const result = { file_id: 'x', file_unique_id: 'x', file_path: 'videos/x', file_size: size };
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ ok: true, result }));
});

answerParent(async (task: 'start' | { readonly size: number }): Promise<string | number> => {
  if (task !== 'start') return (size = task.size);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('The server has no port');
  return `http://127.0.0.1:${address.port}`;
});

/** Ranges that are asked for here begin at 0. */
function sendFile(response: ServerResponse, range: string | undefined): void {
  const last = Number(/^bytes=0-(\d+)$/.exec(range ?? '')?.[1] ?? size - 1);
  if (range) response.setHeader('Content-Range', `bytes 0-${last}/${size}`);
  response.writeHead(range ? 206 : 200, { 'Content-Length': last + 1 });
  let left = last + 1;
  const send = (): void => {
    while (left > 0) {
      const chunk = CHUNK.subarray(0, left);
      left -= chunk.length;
      if (!response.write(chunk)) {
        response.once('drain', send);
        return;
      }
    }
    response.end();
  };
  send();
}
