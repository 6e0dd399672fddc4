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

  it('stays small, however many causes there are', () => {
    const logger = new ThrottledLogger('Test');
    for (let i = 0; i < 1_000; i += 1) logger.warn('x'.repeat(i));
    expect(lines).toHaveLength(1_000);
    logger.warn('x'.repeat(999));
    expect(lines).toHaveLength(1_000);
  });
});
