import { describe, expect, it } from 'vitest';
import { refusalOf } from './pending-upload.js';

const file = { name: 'a.PDF', type: 'application/pdf', size: 10 };

describe('refusalOf', () => {
  it.each([
    [{ maxBytes: 10, maxFiles: 1 }, undefined],
    [{ maxBytes: 9, maxFiles: 1 }, 'too_large'],
    [{ maxBytes: 10, maxFiles: 1, types: ['image/*', 'application/pdf'] }, undefined],
    [{ maxBytes: 10, maxFiles: 1, types: ['.pdf'] }, undefined],
    [{ maxBytes: 10, maxFiles: 1, types: ['*/*'] }, undefined],
    [{ maxBytes: 10, maxFiles: 1, types: ['application/*'] }, undefined],
    [{ maxBytes: 10, maxFiles: 1, types: ['image/*'] }, 'unsupported_type'],
  ])('says what is wrong within %j', (limits, refusal) => {
    expect(refusalOf(file, limits)).toBe(refusal);
  });
});
