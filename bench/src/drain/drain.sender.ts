import type { CustomerMessage } from './drain.task.js';

/** Somebody who gets messages into a Telegram chat. */
export interface DrainSender {
  /** Resolves when nothing more is to be expected of it, whatever became of the messages. */
  send(messages: readonly CustomerMessage[]): Promise<void>;
  stop(): Promise<void>;
}

/** Where it sends to. */
export interface DrainTarget {
  readonly apiRoot: string;
  readonly token: string;
  readonly chatId: number;
  readonly redisUrl: string;
}
