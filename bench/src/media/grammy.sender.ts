import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api, InputFile } from 'grammy';
import type { MediaSender } from './media.sender.js';
import { LIMIT, type MediaTarget, type PhotoMessage } from './media.task.js';

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

/** A photo for each message with grammY, which reads the files while it sends them. */
export class GrammySender implements MediaSender {
  readonly #api: Api;
  readonly #chatId: number;

  constructor({ token, apiRoot, chatId }: MediaTarget, { throttle }: { throttle: boolean }) {
    this.#api = new Api(token, { apiRoot });
    this.#chatId = chatId;
    if (throttle) this.#api.config.use(apiThrottler(THROTTLE));
    this.#api.config.use(autoRetry());
  }

  async send(messages: readonly PhotoMessage[]): Promise<void> {
    await Promise.allSettled(
      messages.map(({ text, path }) =>
        this.#api.sendPhoto(this.#chatId, new InputFile(path), { caption: text }),
      ),
    );
  }
}
