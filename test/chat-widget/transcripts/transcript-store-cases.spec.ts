import { AssertionError } from 'node:assert';
import { describe, expect, it } from 'vitest';
import { transcriptStoreCases } from '../../../src/testing/index.js';
import { faults } from './faulty-stores.js';

describe('transcriptStoreCases', () => {
  it.each(faults)('finds a store that $name', async ({ create }) => {
    const outcomes = await Promise.allSettled(transcriptStoreCases.map(({ run }) => run(create())));
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason] : [],
    );
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) expect(error).toBeInstanceOf(AssertionError);
  });

  it('has a title for each case that no other has', () => {
    const names = transcriptStoreCases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
