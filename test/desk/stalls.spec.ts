import { setTimeout as pass } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { DrillDesk } from '../drills/drill.desk.js';

const REQUEST_TIMEOUT_MS = 2_500;
/** Longer than any answer of Redis or, here, Telegram is waited for. */
const STALL_MS = 3_000;

describe.each(['memory', 'Redis'])('With %s, a process that did not run for a while', (store) => {
  const start = async (): Promise<DrillDesk> => {
    const desk = await DrillDesk.create();
    const memory: Record<string, string> = store === 'memory' ? { REDIS_URL: '' } : {};
    await desk.fleet.start('A', { REQUEST_TIMEOUT_MS: String(REQUEST_TIMEOUT_MS), ...memory });
    return desk;
  };
  /** As a customer writes; the status. */
  const post = async ({ fleet }: DrillDesk, messageId: string, busyMs = 0): Promise<number> => {
    const response = await fetch(`${fleet.urlOf('A')}/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'busy-ms': String(busyMs) },
      body: JSON.stringify({ threadId: 't00', messageId, text: `t00 ${messageId}` }),
    });
    return response.status;
  };
  const isPosted = (desk: DrillDesk, messageId: string) =>
    desk.chat.messages.some(({ text }) => text?.includes(messageId) === true);

  it.each<[string, (desk: DrillDesk) => Promise<void>]>([
    [
      'because it was stopped',
      async ({ fleet }) => {
        fleet.signal('A', 'SIGSTOP');
        await pass(STALL_MS);
        fleet.signal('A', 'SIGCONT');
      },
    ],
    [
      'because it was busy',
      async ({ fleet }) => {
        await fetch(`${fleet.urlOf('A')}/busy`, {
          method: 'POST',
          headers: { 'busy-ms': String(STALL_MS) },
        });
      },
    ],
  ])(
    'posts nothing twice that Telegram has answered meanwhile, %s',
    async (_name, stall) => {
      const desk = await start();
      desk.emulator.failNext('sendMessage', { kind: 'delay', delayMs: 500 });
      expect(await post(desk, 'm000')).toBe(201);
      await desk.emulator.waitForCall(({ params }) => String(params['text']).includes('m000'));
      await stall(desk);
      expect(isPosted(desk, 'm000')).toBe(true);
      await post(desk, 'm001');
      await vi.waitFor(() => expect(isPosted(desk, 'm001')).toBe(true), { timeout: 20_000 });
      const calls = desk.emulator.callsOf('sendMessage');
      expect(calls.filter(({ params }) => String(params['text']).includes('m000'))).toHaveLength(1);
    },
    60_000,
  );

  it('has taken what it was asked to take just before', async () => {
    const desk = await start();
    expect(await post(desk, 'm000', STALL_MS)).toBe(201);
    await vi.waitFor(() => expect(isPosted(desk, 'm000')).toBe(true), { timeout: 20_000 });
  }, 60_000);
});

it('has taken what Redis has answered while the process was stopped', async () => {
  const desk = await DrillDesk.create();
  await desk.fleet.start('A');
  desk.server.freeze();
  const answer = fetch(`${desk.fleet.urlOf('A')}/messages`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ threadId: 't00', messageId: 'm000', text: 't00 m000' }),
  });
  // By then it has asked Redis; if it has not, it asks later.
  await pass(500);
  desk.fleet.signal('A', 'SIGSTOP');
  desk.server.thaw();
  await pass(STALL_MS);
  desk.fleet.signal('A', 'SIGCONT');
  expect((await answer).status).toBe(201);
}, 60_000);
