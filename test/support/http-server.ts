import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';

/** A server of plain HTTP on a free port. */
export class HttpServer {
  private constructor(
    readonly origin: string,
    readonly port: number,
    private readonly close: () => void,
  ) {}

  /** @param host The address to listen at. */
  static async start(answer: RequestListener, host = '127.0.0.1'): Promise<HttpServer> {
    const server = createServer(answer).listen(0, host);
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('The server has no port');
    const { port } = address;
    const name = host.includes(':') ? `[${host}]` : host;
    return new HttpServer(`http://${name}:${port}`, port, () => {
      server.close();
      server.closeAllConnections();
    });
  }

  stop(): void {
    this.close();
  }
}
