import { describe } from 'vitest';
import { MemoryChatBudget } from '../../src/storage/memory/memory-chat-rate-limiter.js';
import { VirtualClock } from '../../src/testing/index.js';
import { describeChatBudget } from '../contracts/chat-budget.contract.js';

describe('MemoryChatBudget', () => {
  const clock = new VirtualClock();

  describeChatBudget({
    create: (options) => Promise.resolve(new MemoryChatBudget(clock, options)),
    elapse: (ms) => Promise.resolve(clock.advance(ms)),
    toleranceMs: 0,
  });
});
