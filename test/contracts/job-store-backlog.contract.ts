import { describe, expect, it } from 'vitest';
import type { JobStore } from '../../src/queue/job-store.js';

/** What every `JobStore` promises of its backlog, also of jobs that an older version has stored. */
export function describeJobStoreBacklog(createStore: () => JobStore<string, string>): void {
  describe('the backlog of a store', () => {
    /** The times at which the jobs of each key were enqueued; undefined where a job does not say so. */
    const cases = [
      { what: 'no job says so', keys: [[undefined, undefined]], oldestAtMs: undefined },
      {
        what: 'the first job of a key does not say so',
        keys: [[undefined, 5]],
        oldestAtMs: undefined,
      },
      { what: 'a later job of a key does not say so', keys: [[5, undefined, 7]], oldestAtMs: 5 },
      {
        what: 'only the first job of another key says so',
        keys: [
          [undefined, 5],
          [7, undefined],
        ],
        oldestAtMs: 7,
      },
      { what: 'all first jobs say so', keys: [[7, 8], [6, 9], [8]], oldestAtMs: 6 },
    ];

    it.each(cases)('goes by the first job of each key when $what', async ({ keys, oldestAtMs }) => {
      const store = createStore();
      for (const [i, times] of keys.entries()) {
        for (const [j, enqueuedAtMs] of times.entries()) {
          const id = `${i}-${j}`;
          await store.enqueue(`key ${i}`, { id, payload: id, attempts: 0, enqueuedAtMs });
        }
      }
      const jobs = keys.flat().length;
      expect(await store.backlog(() => true)).toEqual({ jobs, oldestAtMs });
    });
  });
}
