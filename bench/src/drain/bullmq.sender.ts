import { Queue, RateLimitError, Worker } from 'bullmq';
import { Api, GrammyError } from 'grammy';
import { Redis } from 'ioredis';
import type { DrainSender, DrainTarget } from './drain.sender.js';
import { LIMIT, type CustomerMessage } from './drain.task.js';

const NAME = 'notices';

/** A queue with BullMQ's rate limiter, which waits for as long as Telegram says when it is refused all the same. */
export class BullMqSender implements DrainSender {
  readonly #api: Api;
  readonly #chatId: number;
  readonly #connections: Redis[];
  readonly #queue: Queue<CustomerMessage>;
  readonly #worker: Worker<CustomerMessage>;
  #onDone: () => void = () => undefined;
  #waiting = 0;

  constructor({ token, apiRoot, chatId, redisUrl }: DrainTarget) {
    this.#api = new Api(token, { apiRoot });
    this.#chatId = chatId;
    const connections = [1, 2].map(() => new Redis(redisUrl, { maxRetriesPerRequest: null }));
    const [connection, workerConnection] = connections;
    if (!connection || !workerConnection) throw new Error('There are two connections');
    this.#connections = connections;
    this.#queue = new Queue(NAME, { connection });
    this.#worker = new Worker<CustomerMessage>(NAME, ({ data }) => this.#post(data), {
      connection: workerConnection,
      concurrency: 1,
      limiter: { max: LIMIT.messages, duration: LIMIT.windowMs },
    });
    this.#worker.on('completed', () => this.#settle());
    this.#worker.on('failed', () => this.#settle());
  }

  async send(messages: readonly CustomerMessage[]): Promise<void> {
    this.#waiting = messages.length;
    const done = new Promise<void>((resolve) => (this.#onDone = resolve));
    await this.#queue.addBulk(messages.map((data) => ({ name: 'notice', data })));
    await done;
  }

  async stop(): Promise<void> {
    await this.#worker.close();
    await this.#queue.close();
    for (const connection of this.#connections) connection.disconnect();
  }

  async #post({ text }: CustomerMessage): Promise<void> {
    try {
      await this.#api.sendMessage(this.#chatId, text);
    } catch (error) {
      const pauseSeconds = error instanceof GrammyError && error.parameters.retry_after;
      if (!pauseSeconds) throw error;
      await this.#queue.rateLimit(pauseSeconds * 1000);
      throw new RateLimitError();
    }
  }

  #settle(): void {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#onDone();
  }
}
