import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether another program listens on the port of this machine: a browser may ask for `localhost` by either protocol. */
export async function isPortInUse(port: number): Promise<boolean> {
  return (await isInUse(port, '127.0.0.1')) || (await isInUse(port, '::1'));
}

async function isInUse(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    return false;
  } catch (error) {
    const { code } = Object(error);
    // Not every machine has IPv6.
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return false;
    if (code === 'EADDRINUSE') return true;
    throw error;
  } finally {
    server.close();
  }
}
