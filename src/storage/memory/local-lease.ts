import { Lease } from '../lease.js';

/** The lease of a process that shares nothing with others, and so always holds it. */
export class LocalLease extends Lease {
  acquire(): Promise<boolean> {
    return Promise.resolve(true);
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}
