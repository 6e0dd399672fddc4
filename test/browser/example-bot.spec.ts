import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { BotApiEmulator, type EmulatedChat, type Message } from '../../src/testing/index.js';
import { TestBrowser } from '../support/browser.js';
import { ownBot } from '../support/own-bot.js';
import { RunningExample, WHILE_AWAY } from './running-example.js';
import { SupportChatPage } from './support-chat.page.js';
import { TelegramPage } from './telegram.page.js';

describe('The example with a bot and Redis', () => {
  let emulator: BotApiEmulator;
  let chat: EmulatedChat;
  let example: RunningExample;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [ownBot()], page: true });
    chat = emulator.createSupergroup({ title: 'Support' });
    chat.agent('Ada');
    example = await RunningExample.start({
      REDIS_URL: inject('redisUrl'),
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_UPDATES: 'polling',
    });
  });
  afterEach(async () => {
    await example.kill();
    await emulator.stop();
  });
  const browser = TestBrowser.use();

  it('has no side of the agents', async () => {
    const page = await browser.newPage();
    await page.goto(example.url);
    expect(await page.locator('iframe').count()).toBe(1);
    expect(await page.getByRole('heading', { name: 'Telegram', exact: true }).count()).toBe(0);
    const desk = await fetch(`${example.url}desk`);
    expect(desk.status).toBe(404);
  });

  it('loses nothing of either side while its process is away', async () => {
    browser.expectProblems(WHILE_AWAY);
    const isPosted = ({ text }: Message) => text?.includes('While it is away') === true;
    const page = await browser.newPage();
    await page.goto(`${example.url}shop.html`);
    const shop = new SupportChatPage(page);
    const agents = await browser.newPage();
    await agents.goto(emulator.pageUrl);
    const telegram = new TelegramPage(agents);

    await shop.write('Before');
    await telegram.message('Before').waitFor();
    await example.kill();
    await shop.write('While it is away');
    await telegram.reply('Before', 'It is on its way');
    await example.restart();

    await chat.waitForMessage(isPosted, 40_000);
    await shop.message('It is on its way').waitFor();
    for (const text of ['Before', 'While it is away', 'It is on its way']) {
      expect(await shop.message(text).count()).toBe(1);
    }
    await page.reload();
    await shop.message('It is on its way').waitFor();
    await shop.message('While it is away').waitFor();
    expect(chat.messages.filter(isPosted)).toHaveLength(1);
  }, 120_000);
});
