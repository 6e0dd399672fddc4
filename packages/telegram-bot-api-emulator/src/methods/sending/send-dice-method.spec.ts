import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';

describe('SendDiceMethod', () => {
  let telegram: BotApiEmulator;
  let desk: EmulatedChat;

  beforeEach(() => start(1));

  afterEach(() => telegram.stop());

  async function start(seed: number): Promise<void> {
    telegram = await BotApiEmulator.start({ seed, limits: { group: false, overall: false } });
    desk = telegram.createGroup({ title: 'Desk' });
  }

  const send = (params: object = {}): Promise<unknown> =>
    new WireClient(telegram).call('sendDice', { chat_id: desk.id, ...params });
  const values = (): unknown[] => desk.messages.map(({ dice }) => dice?.value);

  async function throwDice(times: number, emoji?: string): Promise<unknown[]> {
    for (let time = 0; time < times; time++) await send({ emoji });
    return values();
  }

  it('throws a die unless another game is named', async () => {
    expect(await send()).toEqual({ ok: true, result: desk.messages[0] });
    expect(desk.messages[0]?.dice).toEqual({ emoji: '🎲', value: expect.any(Number) });
  });

  it.each([
    ['🎲', 6],
    ['🎯', 6],
    ['🎳', 6],
    ['🏀', 5],
    ['⚽', 5],
    ['⚽\ufe0f', 5],
  ])('throws all values of %s, from 1 to %i', async (emoji, highest) => {
    const thrown = await throwDice(60, emoji);
    expect(new Set(thrown)).toEqual(
      new Set(Array.from({ length: highest }, (_unused, index) => index + 1)),
    );
    expect(desk.messages[0]?.dice?.emoji).toBe(emoji);
  });

  it('throws 🎰 up to 64', async () => {
    const thrown = (await throwDice(60, '🎰')).map(Number);
    expect(Math.min(...thrown)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...thrown)).toBeGreaterThan(32);
    expect(Math.max(...thrown)).toBeLessThanOrEqual(64);
  });

  it('throws the same for the same seed', async () => {
    const first = await throwDice(10, '🎰');
    await telegram.stop();
    await start(1);
    expect(await throwDice(10, '🎰')).toEqual(first);
    await telegram.stop();
    await start(2);
    expect(await throwDice(10, '🎰')).not.toEqual(first);
  });

  it.each(['🃏', 'x', '🎲🎲'])('does not throw %s', async (emoji) => {
    expect(await send({ emoji })).toMatchObject({
      error_code: 400,
      description: 'Bad Request: emoji must be a dice emoji',
    });
    expect(desk.messages).toEqual([]);
  });
});
