import { concurrencyCases } from './concurrency-cases.js';
import { messageCases } from './message-cases.js';
import { threadCases } from './thread-cases.js';
import type { TranscriptStoreCase } from './transcript-store-case.interface.js';

/**
 * What every store of transcripts promises. For the tests of an app that has one of its own, with any test runner.
 *
 * @publicApi
 *
 * @example
 * describe.each(transcriptStoreCases)('TypeOrmTranscriptStore', ({ name, run }) => {
 *   it(name, () => run(new TypeOrmTranscriptStore(dataSource)));
 * });
 */
export const transcriptStoreCases: readonly TranscriptStoreCase[] = [
  ...threadCases,
  ...messageCases,
  ...concurrencyCases,
];
