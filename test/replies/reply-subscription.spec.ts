import { Logger } from '@nestjs/common';
import { DiscoveryService, ModulesContainer } from '@nestjs/core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TelegramSettings } from '../../src/config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../../src/discovery/decorated-method-explorer.js';
import { ErrorDescriber } from '../../src/errors/index.js';
import { ReplySubscription } from '../../src/inbound/reply-subscription.js';
import { HandlerRegistry } from '../../src/events/handler-registry.js';
import { CommandMethods } from '../../src/agents/command-methods.js';
import { EventHandlers } from '../../src/events/event-handlers.js';
import { MemoryOrderedQueue } from '../../src/storage/memory/memory-ordered-queue.js';
import { VirtualClock } from '../../src/testing/index.js';
import { LogCapture } from '../support/log-capture.js';

/** A registry whose store does not answer. */
class UnavailableRegistry extends HandlerRegistry {
  asked = 0;

  publish(): Promise<void> {
    return this.#fail();
  }

  published(): Promise<string[]> {
    return this.#fail();
  }

  #fail(): Promise<never> {
    this.asked += 1;
    return Promise.reject(new Error(`no answer within ${2_000 + this.asked} ms`));
  }
}

const QUEUE = { retry: { attempts: 1, delaysMs: [] }, batchSize: 1, concurrency: 1 };

let log: LogCapture;
beforeEach(() => {
  log = new LogCapture();
  Logger.overrideLogger(log);
});
afterEach(() => Logger.overrideLogger(true));

it('logs once that the handlers were not published when the store does not answer for long', async () => {
  const [clock, registry] = [new VirtualClock(), new UnavailableRegistry()];
  const modules = new ModulesContainer();
  const explorer = new DecoratedMethodExplorer(new DiscoveryService(modules));
  const settings = new TelegramSettings({});
  const subscription = new ReplySubscription(
    new EventHandlers(explorer, modules, settings, { of: () => [] }),
    new CommandMethods(explorer, modules, settings),
    registry,
    new MemoryOrderedQueue(clock, QUEUE),
    { process: () => Promise.resolve(), onFailed: () => Promise.resolve() },
    clock,
    { isDurable: true },
    new ErrorDescriber(),
  );
  subscription.start();
  for (let attempts = 1; attempts <= 10; attempts += 1) {
    await vi.waitUntil(() => clock.pending > 0, 20_000);
    expect(registry.asked).toBe(attempts);
    clock.advance(1_000);
  }
  subscription.stop();
  expect(log.with('debug', 'were not published')).toHaveLength(1);
});
