import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api } from 'grammy';
import type { DrainSender, DrainTarget } from './drain.sender.js';
import { LIMIT, type CustomerMessage } from './drain.task.js';

/** The plugin's own defaults, in the time of the benchmark: a minute is 3 s, its second between two messages 50 ms. */
const THROTTLE = {
  group: {
    maxConcurrent: 1,
    minTime: LIMIT.windowMs / 60,
    reservoir: LIMIT.messages,
    reservoirRefreshAmount: LIMIT.messages,
    reservoirRefreshInterval: LIMIT.windowMs,
  },
};

/** grammY with the plugins that it recommends against floods. */
export class GrammySender implements DrainSender {
  readonly #api: Api;
  readonly #chatId: number;

  constructor(
    { token, apiRoot, chatId }: DrainTarget,
    plugins: { retry: boolean; throttle: boolean },
  ) {
    this.#api = new Api(token, { apiRoot });
    this.#chatId = chatId;
    if (plugins.throttle) this.#api.config.use(apiThrottler(THROTTLE));
    if (plugins.retry) this.#api.config.use(autoRetry());
  }

  async send(messages: readonly CustomerMessage[]): Promise<void> {
    await Promise.allSettled(messages.map(({ text }) => this.#api.sendMessage(this.#chatId, text)));
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
