import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

/** Listens, and sleeps before it could accept anybody. */
const SLEEPER = `
const { parentPort } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});`;

/** A connection over loopback takes far less. */
const CONNECT_MS = 500;

/** A server whose queue of connections is full: whoever connects waits for an answer of TCP that never comes. */
export class FullBacklogServer {
  private constructor(
    readonly port: number,
    private readonly worker: Worker,
    private readonly sockets: readonly Socket[],
  ) {}

  static async start(): Promise<FullBacklogServer> {
    const worker = new Worker(SLEEPER, { eval: true });
    const [port]: unknown[] = await once(worker, 'message');
    const sockets: Socket[] = [];
    for (let isConnected = true; isConnected;) {
      const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
      sockets.push(socket);
      isConnected = await Promise.race([
        once(socket, 'connect').then(() => true),
        wait(CONNECT_MS, false),
      ]);
    }
    return new FullBacklogServer(Number(port), worker, sockets);
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await this.worker.terminate();
  }
}
