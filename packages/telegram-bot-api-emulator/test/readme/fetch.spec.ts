import { BotApiEmulator, VirtualClock } from 'telegram-bot-api-emulator';
import { expect, it } from 'vitest';

it('refuses the 21st message of a minute', async () => {
  const clock = new VirtualClock();
  const telegram = await BotApiEmulator.start({ clock });
  const group = telegram.createGroup({ title: 'Team' });
  const send = async (text: string): Promise<number> => {
    const response = await fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/sendMessage`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ chat_id: group.id, text }),
    });
    return response.status;
  };
  for (let count = 1; count <= 20; count++) expect(await send(`Message ${count}`)).toBe(200);
  expect(await send('One too many')).toBe(429);
  clock.advance(60_000);
  expect(await send('A minute later')).toBe(200);
  await telegram.stop();
});
