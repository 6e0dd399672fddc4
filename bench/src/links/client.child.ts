import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { performance } from 'node:perf_hooks';
import { answerParent } from '../support/child.js';
import type { DownloadTask } from './links.task.js';

/** Makes downloads at a time and throws them away; answers with how many seconds the last one took. */
answerParent(async ({ url, downloads, bytes }: DownloadTask): Promise<number> => {
  const startedAt = performance.now();
  const sizes = await Promise.all(Array.from({ length: downloads }, () => download(url)));
  const wrong = sizes.filter((size) => size !== bytes);
  if (wrong.length > 0) throw new Error(`${wrong.length} downloads had ${String(wrong[0])} bytes`);
  return (performance.now() - startedAt) / 1000;
});

async function download(url: string): Promise<number> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { agent: false }, resolve).once('error', reject);
  });
  let size = 0;
  response.on('data', (chunk: Buffer) => (size += chunk.length));
  await once(response, 'close');
  return size;
}
