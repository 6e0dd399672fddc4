import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../testing/virtual.clock.js';
import type { ChatBudget, SendPermit } from './chat.budget.js';
import { MemoryChatBudget } from './memory-chat.budget.js';

async function permitOf(budget: ChatBudget): Promise<SendPermit> {
  const decision = await budget.take();
  if (!decision.granted) throw new Error(`No permit for another ${decision.waitMs} ms`);
  return decision.permit;
}

describe('MemoryChatBudget', () => {
  it('grants as many sends as the window holds, then tells when the first one leaves it', async () => {
    const clock = new VirtualClock(0);
    const budget = new MemoryChatBudget(clock, { messages: 2, windowMs: 60_000 });
    await (await permitOf(budget)).settle();
    clock.advance(10_000);
    await (await permitOf(budget)).settle();
    expect(await budget.take()).toEqual({ granted: false, waitMs: 50_000 });
    clock.advance(49_999);
    expect(await budget.take()).toEqual({ granted: false, waitMs: 1 });
    clock.advance(1);
    expect(await budget.take()).toMatchObject({ granted: true });
    expect(await budget.take()).toEqual({ granted: false, waitMs: 10_000 });
  });

  it('counts a send from its answer on, because Telegram saw it no later', async () => {
    const clock = new VirtualClock(0);
    const budget = new MemoryChatBudget(clock, { messages: 1, windowMs: 60_000 });
    const permit = await permitOf(budget);
    clock.advance(8_000);
    await permit.settle();
    expect(await budget.take()).toEqual({ granted: false, waitMs: 60_000 });
  });

  it('holds the place of sends that are under way', async () => {
    const budget = new MemoryChatBudget(new VirtualClock(0), { messages: 1, windowMs: 60_000 });
    await permitOf(budget);
    expect(await budget.take()).toEqual({ granted: false, waitMs: 60_000 });
  });

  it('counts sends that did not ask', async () => {
    const budget = new MemoryChatBudget(new VirtualClock(0), { messages: 1, windowMs: 60_000 });
    await budget.record();
    expect(await budget.take()).toMatchObject({ granted: false });
  });

  it('grants nothing while it is blocked, and never shortens a block', async () => {
    const clock = new VirtualClock(0);
    const budget = new MemoryChatBudget(clock, { messages: 20, windowMs: 60_000 });
    await budget.block(30_000);
    await budget.block(10_000);
    expect(await budget.take()).toEqual({ granted: false, waitMs: 30_000 });
    clock.advance(30_000);
    expect(await budget.take()).toMatchObject({ granted: true });
  });
});
