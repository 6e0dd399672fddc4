import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ThrottledLogger } from './throttled-logger.js';

describe('ThrottledLogger', () => {
  const lines: string[] = [];
  const note = (line: unknown) => void lines.push(String(line));

  beforeEach(() => {
    lines.length = 0;
    vi.useFakeTimers();
    Logger.overrideLogger({ log: note, error: note, warn: note, debug: note });
  });
  afterEach(() => {
    vi.useRealTimers();
    Logger.overrideLogger(['log', 'warn', 'error', 'debug']);
  });

  it('says once a minute what comes again and again, whatever ids it names', () => {
    const logger = new ThrottledLogger('Test');
    for (let i = 0; i < 2_000; i += 1) {
      logger.debug(`OOM command not allowed. script: 5f1e0${i}c8d7a91, job ${i}`);
      vi.advanceTimersByTime(10);
    }
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(60_000);
    logger.debug('OOM command not allowed. script: aaaaaaaaaaaa, job 5');
    expect(lines).toHaveLength(2);
  });

  it('says each cause', () => {
    const logger = new ThrottledLogger('Test');
    for (const cause of ['one', 'two', 'one', 'two']) logger.warn(cause);
    expect(lines).toEqual(['one', 'two']);
  });

  it('logs an error once a minute for each cause, whatever it names, with the number of those left out', () => {
    const logger = new ThrottledLogger('Test');
    const fail = (thread: string, cause: string) =>
      logger.error(`The notice of ${thread} failed: ${cause}`, cause);
    for (const thread of ['a', 'b', 'c']) fail(thread, 'LOADING');
    fail('d', 'no answer within 2000 ms');
    fail('e', 'no answer within 2001 ms');
    expect(lines).toEqual([
      'The notice of a failed: LOADING',
      'The notice of d failed: no answer within 2000 ms',
    ]);
    vi.advanceTimersByTime(60_000);
    for (const thread of ['f', 'g']) fail(thread, 'LOADING');
    vi.advanceTimersByTime(60_000);
    fail('h', 'LOADING');
    expect(lines.slice(2)).toEqual([
      'The notice of f failed: LOADING (2 more since the last such line)',
      'The notice of h failed: LOADING (1 more since the last such line)',
    ]);
  });

  it('stays small, however many causes there are', () => {
    const logger = new ThrottledLogger('Test');
    for (let i = 0; i < 1_000; i += 1) logger.warn('x'.repeat(i));
    expect(lines).toHaveLength(1_000);
    logger.warn('x'.repeat(999));
    expect(lines).toHaveLength(1_000);
  });
});
