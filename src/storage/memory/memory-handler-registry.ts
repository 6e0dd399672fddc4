import { HandlerRegistry } from '../../events/handler-registry.js';

/** Stays empty: without a shared store there are no handlers in other processes. */
export class MemoryHandlerRegistry extends HandlerRegistry {
  publish(): Promise<void> {
    return Promise.resolve();
  }

  published(): Promise<string[]> {
    return Promise.resolve([]);
  }
}
