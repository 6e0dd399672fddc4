import { describe } from 'vitest';
import { MemoryChatRateLimiter } from '../../src/storage/memory/memory-chat-rate-limiter.js';
import { VirtualClock } from '../../src/testing/index.js';
import { describeChatRateLimiter } from '../contracts/chat-rate-limiter.contract.js';

describe('MemoryChatRateLimiter', () => {
  const clock = new VirtualClock();

  describeChatRateLimiter({
    create: (options) => Promise.resolve(new MemoryChatRateLimiter(clock, options)),
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
    toleranceMs: 0,
  });
});
