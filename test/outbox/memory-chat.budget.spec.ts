import { describe } from 'vitest';
import { MemoryChatRateLimiter } from '../../src/storage/memory/memory-chat-rate-limiter.js';
import { VirtualClock } from '../../src/testing/index.js';
import { describeChatBudget } from '../contracts/chat-budget.contract.js';

describe('MemoryChatRateLimiter', () => {
  const clock = new VirtualClock();

  describeChatBudget({
    create: (options) => Promise.resolve(new MemoryChatRateLimiter(clock, options)),
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
    toleranceMs: 0,
  });
});
