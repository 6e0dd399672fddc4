import type { Socket } from 'node:net';

/** The open connections of a server. */
export class ServerConnections {
  readonly #sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** Leaves a connection out of what is cut from now on. */
  spare(socket: Socket): void {
    this.#sockets.delete(socket);
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
