import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { HandlerRegistry } from '../../src/replies/handler-registry.js';
import { ReplyHandlers } from '../../src/replies/reply-handlers.js';
import { ReplySubscription } from '../../src/inbound/reply-subscription.js';
import { VirtualClock } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';

/** One whose store is away. */
class AwayRegistry extends HandlerRegistry {
  asked = 0;

  publish(): Promise<void> {
    return this.#away();
  }

  published(): Promise<string[]> {
    return this.#away();
  }

  #away(): Promise<never> {
    this.asked += 1;
    return Promise.reject(new Error(`no answer within ${2_000 + this.asked} ms`));
  }
}

let log: LogCapture;
beforeEach(() => {
  log = new LogCapture();
  Logger.overrideLogger(log);
});
afterEach(() => Logger.overrideLogger(true));

it('says once that the handlers could not be published, however often that is tried', async () => {
  const [clock, registry] = [new VirtualClock(), new AwayRegistry()];
  const subscription = new ReplySubscription({
    handlers: new ReplyHandlers({ find: () => [], countModules: () => 1 }),
    registry,
    clock,
    isShared: true,
    consume: () => undefined,
  });
  subscription.start();
  for (let attempts = 1; attempts <= 10; attempts += 1) {
    await vi.waitUntil(() => clock.pending > 0);
    expect(registry.asked).toBe(attempts);
    clock.advance(1_000);
  }
  subscription.stop();
  expect(log.with('debug', 'were not published')).toHaveLength(1);
});
