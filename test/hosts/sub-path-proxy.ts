import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';

/** A reverse proxy that hands on what comes under a path, without that path. */
export class SubPathProxy {
  private constructor(
    readonly origin: string,
    private readonly server: Server,
  ) {}

  static async start(path: string, targetPort: number): Promise<SubPathProxy> {
    const server = createServer((incoming, outgoing) => {
      const { url = '', method, headers } = incoming;
      if (!url.startsWith(`${path}/`)) {
        outgoing.writeHead(404).end();
        return;
      }
      const target = { host: '127.0.0.1', port: targetPort, path: url.slice(path.length) };
      const forwarded = request({ ...target, method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      forwarded.on('error', () => outgoing.destroy());
      incoming.pipe(forwarded);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('No port was given');
    return new SubPathProxy(`http://127.0.0.1:${address.port}`, server);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
