import { HandlerRegistry } from '../../replies/handler-registry.js';

/** Without a store that is shared there is one process, and it knows its own handlers. */
export class MemoryHandlerRegistry extends HandlerRegistry {
  publish(): Promise<void> {
    return Promise.resolve();
  }

  published(): Promise<string[]> {
    return Promise.resolve([]);
  }
}
