import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Bot API server that has one file, and sends it as a test wants it. Knows no other method than `getFile`. */
export class FileServer {
  /** The paths of all requests for the file itself, with their `Range` header. */
  readonly downloads: Array<{ readonly path: string; readonly range: string | undefined }> = [];
  /** What `getFile` answers. */
  getFile: { readonly status: number; readonly body: object } = { status: 200, body: {} };
  /** Sends the file. */
  onFile: RequestListener = (request, response) => this.#sendBytes(request, response);
  #bytes: Buffer = Buffer.alloc(0);

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FileServer> {
    const server = createServer();
    const files = new FileServer(server);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      files.#answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return files;
  }

  get apiRoot(): string {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- It listens on TCP.
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Has these bytes from now on. @param size What `getFile` says; null for nothing. */
  has(bytes: Buffer, size: number | null = bytes.length): void {
    this.#bytes = bytes;
    const result = { file_id: 'x', file_unique_id: 'AgADtag', file_path: 'documents/file_1' };
    const file = { ...result, ...(size !== null && { file_size: size }) };
    this.getFile = { status: 200, body: { ok: true, result: file } };
  }

  /** Refuses `getFile` from now on. */
  refuses(status: number, description: string, parameters?: object): void {
    this.getFile = { status, body: { ok: false, error_code: status, description, parameters } };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = '' } = request;
    if (url.startsWith('/file/')) {
      this.downloads.push({ path: url, range: request.headers.range });
      this.onFile(request, response);
      return;
    }
    const { status, body } = url.endsWith('/getFile')
      ? this.getFile
      : { status: 404, body: { ok: false, error_code: 404, description: 'Not Found' } };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  #sendBytes(request: IncomingMessage, response: ServerResponse): void {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
    if (first === undefined || last === undefined) {
      response.writeHead(200, { 'Content-Length': this.#bytes.length }).end(this.#bytes);
      return;
    }
    const part = this.#bytes.subarray(Number(first), Number(last) + 1);
    response.writeHead(206, {
      'Content-Range': `bytes ${first}-${last}/${this.#bytes.length}`,
      'Content-Length': part.length,
    });
    response.end(part);
  }
}
