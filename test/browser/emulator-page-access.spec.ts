import { readdir, readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { BotApiEmulator, type EmulatedChat } from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seriousAccessibilityProblems } from '../support/accessibility.js';
import { TestBrowser } from '../support/browser.js';
import { callBotApi } from '../support/emulated-bot-client.js';
import { EmulatorPage } from '../support/emulator-page.js';

/** What everything that a browser loads may weigh, compressed. */
const MAX_BYTES = 60 * 1024;

describe("Access to the emulator's page", () => {
  const browser = TestBrowser.use();
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true });
    forum = telegram.createForum({ title: 'Desk' });
    const ada = forum.agent('Ada', { status: 'administrator' });
    const topic = ada.inTopic(ada.createTopic('Order 42', { icon: '💬' }));
    const hello = topic.write('Hello <b>', {
      entities: [{ type: 'bold', offset: 0, length: 5 }],
    });
    const bo = forum.agent('Bo').inTopic(hello.message_thread_id ?? 0);
    bo.quote(hello, 'Hello', 'Hi /help https://example.com #tag');
    bo.react(hello, '👍');
    for (const kind of ['photo', 'video', 'voice', 'audio', 'document', 'sticker'] as const) {
      bo.sendFile(kind, { caption: kind === 'sticker' ? '' : 'Look' });
    }
    bo.send('poll');
    bo.send('location');
    await callBotApi(telegram, 'setMyCommands', {
      commands: [{ command: 'help', description: 'What there is' }],
    });
    await callBotApi(telegram, 'sendMessage', {
      chat_id: forum.id,
      message_thread_id: hello.message_thread_id,
      parse_mode: 'HTML',
      text: '<pre>code</pre> <tg-spoiler>hidden</tg-spoiler> <blockquote expandable>1\n2\n3\n4</blockquote>',
      reply_markup: { inline_keyboard: [[{ text: 'Claim', callback_data: 'claim' }]] },
    });
  });
  afterEach(async () => {
    await browser.finish();
    await telegram.stop();
  });

  it.each(['light', 'dark'] as const)(
    'has no serious barrier when it is %s',
    async (colorScheme) => {
      const page = await EmulatorPage.open(
        await browser.newPage({
          colorScheme,
          viewport: { width: 1400, height: 900 },
          // What has not quite appeared has too little contrast.
          reducedMotion: 'reduce',
        }),
        telegram.pageUrl,
      );
      await page.openPlace('Order 42');
      await page.openFaults();
      expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
      await page.message('Hello').first().click({ button: 'right' });
      expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
      await page.page.keyboard.press('Escape');
      await page.composer.fill('/');
      await page.page.getByRole('option', { name: '/help' }).waitFor();
      expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
      await page.page.getByRole('button', { name: 'Chat and topic' }).click();
      await page.page.getByRole('menuitem', { name: 'New topic…' }).click();
      await page.page.getByRole('dialog').waitFor();
      expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
    },
  );

  it('is worked by the keyboard alone', async () => {
    const { page, ...shown } = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    expect(shown).toEqual({});
    const keyboard = page.keyboard;
    const focus = async (name: RegExp): Promise<void> => {
      // Tab begins at the top, or where the page was scrolled to, and goes around.
      for (let tabs = 0; tabs < 60; tabs++) {
        await keyboard.press('Tab');
        const label = await page.evaluate(() => {
          const { activeElement: active, body } = document;
          return active === body ? '' : (active?.getAttribute('aria-label') ?? active?.textContent);
        });
        if (name.test(label ?? '')) return;
      }
      throw new Error(`Nothing named ${name} gets the focus`);
    };
    // The open place is the last one with a message; its forum stands above it.
    await focus(/Order 42/);
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Order 42' }).waitFor();
    await keyboard.type('By keyboard');
    await keyboard.press('Enter');
    await page.locator('.message', { hasText: 'By keyboard' }).waitFor();
    await page.locator('.messages').focus();
    await keyboard.press('ArrowUp');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await keyboard.press('r');
    await keyboard.press('Enter');
    await page.locator('.reply-bar').waitFor();
    await page.getByRole('textbox', { name: 'Message', exact: true }).focus();
    await keyboard.type('A reply');
    await keyboard.press('Enter');
    await page.locator('.message', { hasText: 'A reply' }).locator('.reply').waitFor();
    await focus(/^What goes wrong/);
    await keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'What goes wrong' }).waitFor();
    await keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'hidden' });
  });

  it('reads out what comes in, and not what one writes', async () => {
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    await page.openPlace('Order 42');
    const [topic] = forum.topics;
    forum
      .agent('Bo')
      .inTopic(topic?.id ?? 0)
      .write('News');
    const live = page.page.locator('[aria-live=polite]').filter({ hasText: 'Bo: News' });
    await live.waitFor({ state: 'attached' });
    await page.write('Mine');
    await page.message('Mine').waitFor();
    expect(await live.textContent()).not.toContain('Mine');
  });

  it('is dark or light as the system says, until somebody chooses', async () => {
    const dark = await browser.newContext({ colorScheme: 'dark' });
    const page = await EmulatorPage.open(await dark.newPage(), telegram.pageUrl);
    const theme = (): Promise<string | undefined> =>
      page.page.evaluate(() => document.documentElement.dataset['theme']);
    expect(await theme()).toBe('dark');
    await page.page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme, { timeout: 20_000 }).toBe('light');
    await page.page.getByRole('button', { name: 'Dark or light' }).click();
    expect(await theme()).toBe('dark');
    await page.page.reload();
    await page.rows.first().waitFor();
    expect(await theme()).toBe('dark');
  });

  it.each([390, 480])('shows the list as a drawer in %i pixels', async (width) => {
    const page = await EmulatorPage.open(
      await browser.newPage({ viewport: { width, height: 760 } }),
      telegram.pageUrl,
    );
    await page.row('Order 42').waitFor({ state: 'hidden' });
    await page.page.getByRole('button', { name: /^Chats/ }).click();
    await page.openPlace('Order 42');
    await page.row('Order 42').waitFor({ state: 'hidden' });
    await page.write('From a narrow page');
    await page.message('From a narrow page').waitFor();
    const overflow = await page.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
  });

  it('weighs less than 60 kB, compressed', async () => {
    const folder = new URL('../../packages/telegram-bot-api-emulator/dist/page/', import.meta.url);
    // The folder holds types of the server's side as well.
    const names = (await readdir(folder)).filter((name) => !name.endsWith('.d.ts'));
    const files = await Promise.all(names.map((name) => readFile(new URL(name, folder))));
    const sizes = files.map((file) => gzipSync(file).length);
    expect(names.toSorted()).toEqual(['index.html', 'page.css', 'page.js', 'page.svg']);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(MAX_BYTES);
  });
});
