import type { AdapterName } from '../support/desk.app.js';

export const TOKEN = `7000000001:${'b'.repeat(35)}`;

/** What sends the file: the module by a link, or a handler of Node's HTTP server that does nothing else. */
export type SenderName = 'bare pipeline()' | 'module, Express' | 'module, Fastify';

/** Who is to send the file, and from where. */
export interface SenderTask {
  readonly adapter: AdapterName | null;
  readonly apiRoot: string;
}

/** Downloads to make at a time. */
export interface DownloadTask {
  readonly url: string;
  readonly downloads: number;
  readonly bytes: number;
}

/** MiB that a process has in memory: at the beginning, and at most since. */
export interface MemoryUse {
  readonly before: number;
  readonly most: number;
}
