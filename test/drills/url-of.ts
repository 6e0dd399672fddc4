import type { Server } from 'node:http';

/** The address of a server that listens on loopback. */
export function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null)
    throw new Error('The server does not listen');
  return `http://127.0.0.1:${address.port}`;
}
