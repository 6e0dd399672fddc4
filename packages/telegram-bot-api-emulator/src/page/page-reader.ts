import type { ServerResponse } from 'node:http';
import type { PageChange, PageSnapshot } from './page-protocol.js';

/** A page that has so much unread, beside its snapshot, is cut off; it comes back for a new snapshot. */
const MAX_UNREAD_BYTES = 1 << 20;
/** How long the page waits before it connects again. */
const RETRY_MS = 1_000;

/** An open page at the end of an event stream. */
export class PageReader {
  readonly #response: ServerResponse;
  readonly #maxUnread: number;

  /** Sends the head and the snapshot. */
  constructor(response: ServerResponse, snapshot: string) {
    this.#response = response;
    this.#maxUnread = MAX_UNREAD_BYTES + Buffer.byteLength(snapshot);
    response.socket?.setNoDelay(true);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`retry: ${RETRY_MS}\n${snapshot}`);
  }

  /** Sends an event, unless the page reads too slowly to get any more. */
  send(event: string): void {
    if (this.#response.writableLength > this.#maxUnread) this.#response.destroy();
    else this.#response.write(event);
  }
}

/** An event as it is sent. JSON has no line breaks of its own. */
export function formatEvent(name: 'snapshot', data: PageSnapshot): string;
export function formatEvent(name: 'changes', data: readonly PageChange[]): string;
export function formatEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
