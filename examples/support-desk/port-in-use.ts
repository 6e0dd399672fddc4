import { once } from 'node:events';
import { createServer } from 'node:net';

/** Whether another program listens on the port. */
export async function isPortInUse(port: number, host: string): Promise<boolean> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
    return false;
  } catch (error) {
    if (Object(error).code === 'EADDRINUSE') return true;
    throw error;
  } finally {
    server.close();
  }
}
