import { Bot } from 'grammy';
import { BotApiEmulator } from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, expect, it } from 'vitest';

let telegram: BotApiEmulator;
let bot: Bot;

beforeEach(async () => {
  telegram = await BotApiEmulator.start();
  bot = new Bot(telegram.bot.token, { client: { apiRoot: telegram.apiRoot } });
  bot.command('start', (context) => context.reply(`Hello, ${context.from?.first_name}!`));
  void bot.start();
});

afterEach(async () => {
  await bot.stop();
  await telegram.stop();
});

it('greets whoever starts it', async () => {
  const chat = telegram.createPrivateChat('Ann');
  chat.agent('Ann').write('/start');
  const greeting = await chat.waitForMessage(({ from }) => from?.is_bot === true);
  expect(greeting.text).toBe('Hello, Ann!');
  telegram.assertConformant();
});
