import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { urlOf } from './url-of.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const BAD_GATEWAY: Answer = { status: 502, headers: {}, body: Buffer.alloc(0) };

/**
 * One address for the processes of an app: each request goes to the next one, and on to another one
 * only if nobody listens there. When a process dies over a request, or none is up, the answer is 502.
 */
export class LoadBalancer {
  readonly #ports: readonly number[];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((incoming, response) => void this.#answer(incoming, response));
  #turn = 0;

  private constructor(ports: readonly number[]) {
    this.#ports = ports;
  }

  static async start(ports: readonly number[]): Promise<LoadBalancer> {
    const balancer = new LoadBalancer(ports);
    balancer.#server.listen(0, '127.0.0.1');
    await once(balancer.#server, 'listening');
    return balancer;
  }

  /** What Telegram and the customers know of the app. */
  get url(): string {
    return urlOf(this.#server);
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(incoming);
    const { status, headers, body } = await this.#forwardToAny(incoming, sent);
    const { connection: _connection, 'keep-alive': _keepAlive, ...kept } = headers;
    response.writeHead(status, kept).end(body);
  }

  async #forwardToAny(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    for (let tried = 0; tried < this.#ports.length; tried += 1) {
      const port = this.#ports[this.#turn % this.#ports.length];
      this.#turn += 1;
      const answer = await this.#forward(incoming, body, port);
      if (answer) return answer;
    }
    return BAD_GATEWAY;
  }

  /** Undefined when nobody listens at the port. */
  async #forward(
    { method, url, headers }: IncomingMessage,
    body: Buffer,
    port: number | undefined,
  ): Promise<Answer | undefined> {
    const options = { host: '127.0.0.1', port, method, path: url, agent: this.#agent };
    const forwarded = request({ ...options, headers: { ...headers, connection: 'keep-alive' } });
    try {
      forwarded.end(body);
      const [response]: IncomingMessage[] = await once(forwarded, 'response');
      if (!response) return BAD_GATEWAY;
      const { statusCode: status = 502, headers: answered } = response;
      return { status, headers: answered, body: await buffer(response) };
    } catch (error) {
      return Object(error).code === 'ECONNREFUSED' ? undefined : BAD_GATEWAY;
    }
  }
}
