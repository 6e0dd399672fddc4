import { expect, it } from 'vitest';
import { failedJobId, failureArgument } from './failure-argument.js';

it.each(['update:0', 'update:2147483647', 'deletion:42', 'released:7', `update:${10 ** 15 - 1}`])(
  'names %s in a button, and reads it again',
  (jobId) => {
    const argument = failureArgument(jobId);
    expect(argument).toMatch(/^[a-z0-9]{1,12}$/);
    expect(failedJobId(argument)).toBe(jobId);
  },
);

it.each(['', 'press:1', 'update:', 'update:x', `update:${'9'.repeat(16)}`])(
  'cannot name %j',
  (jobId) => {
    expect(failureArgument(jobId)).toBeUndefined();
  },
);

it.each([undefined, '', 'u', 'x1', 'u-1', 'uAB'])('reads no job in %j', (argument) => {
  expect(failedJobId(argument)).toBeUndefined();
});
