import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';

/** An update that came to a webhook. */
export interface ReceivedUpdate {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: string;
  /** What the test answers with. */
  readonly response: ServerResponse;
}

/** A webhook whose answers the test writes. */
export class ScriptedWebhook {
  readonly received: ReceivedUpdate[] = [];
  readonly #server: Server;
  #arrivals: Array<(received: ReceivedUpdate) => void> = [];

  constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { headers, url = '' } = request;
        const received = { headers, path: url, body, response };
        this.received.push(received);
        this.#arrivals.shift()?.(received);
      });
    });
  }

  /** Resolves with its root, which has no path. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return `http://127.0.0.1:${address.port}`;
  }

  /** The next request that is still to come. */
  next(): Promise<ReceivedUpdate> {
    return new Promise((resolve) => {
      this.#arrivals.push(resolve);
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

/** The text of the message in the body of an update. */
export function textOf(body: string): string | undefined {
  return /"text":"([^"]*)"/.exec(body)?.[1];
}

/** Waits, turn by turn of the event loop, for what I/O will bring about. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
