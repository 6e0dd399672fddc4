import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { ChatDesk } from '../chat-widget/chat-desk.js';
import { samples } from '../file-links/samples.js';
import { TestBrowser } from '../support/browser.js';
import { WidgetPage } from './widget-page.js';
import { ShopModule } from './widget-shop.js';

const WAIT = { timeout: 20_000 };
const PICTURE = { name: 'one.png', mimeType: 'image/png', buffer: samples.shown['image/png'] };

describe('Where a customer writes', () => {
  const browser = TestBrowser.use();
  let chat: ChatDesk;
  let context: BrowserContext;
  let shop: WidgetPage;
  afterEach(async () => {
    // Pages first: one that is open connects again and again.
    try {
      await browser.finish();
    } finally {
      await chat.stop();
    }
  });

  async function begin(support: object = {}, prepare?: () => Promise<unknown>): Promise<void> {
    chat = await ChatDesk.start({
      support: { anonymous: true, ...support },
      imports: [ShopModule],
      options: { rateLimit: { messages: 99, windowMs: 1_000 } },
    });
    context = await browser.newContext();
    await prepare?.();
    shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await vi.waitFor(async () => expect(await context.cookies()).toHaveLength(1), WAIT);
  }

  /** Keeps uploads back until they are let go. */
  async function holdUploads(): Promise<() => void> {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await context.route('**/uploads?*', async (route) => {
      await released;
      await route.continue();
    });
    return release;
  }

  it('sends nothing by itself after a file was refused', async () => {
    await begin({ uploads: { maxBytes: 1_000 } });
    await shop.attach({ name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(2_000) });
    await shop.send('Half');
    await shop.input.pressSequentially(' written');
    await shop.panel.getByRole('button', { name: 'Remove: large.png' }).click();
    expect(await shop.input.inputValue()).toBe('Half written');
    await shop.input.press('Enter');
    await shop.waitForMark('Half written', 'Sent');
    expect(await shop.messages.count()).toBe(1);
  });

  it('sends a message when its files are there, unless the customer writes on', async () => {
    await begin();
    let release = await holdUploads();
    const progress = shop.panel.getByRole('progressbar');
    await shop.attach(PICTURE);
    await shop.send('Look');
    await shop.input.pressSequentially(' at');
    release();
    await progress.waitFor({ state: 'hidden' });
    expect(await shop.input.inputValue()).toBe('Look at');
    release = await holdUploads();
    await shop.attach({ ...PICTURE, name: 'two.png' });
    await shop.input.pressSequentially(' this');
    await shop.input.press('Enter');
    expect(await shop.messages.count()).toBe(0);
    release();
    await shop.waitForMark('Look at this', 'Sent');
    expect(await shop.message('Look at this').locator('img').count()).toBe(2);
  });

  it('has the unsent text again after a message was edited', async () => {
    await begin();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    await shop.input.fill('Unsent');
    await shop.act('Hello', 'Edit');
    expect(await shop.input.inputValue()).toBe('Hello');
    await shop.input.press('Escape');
    expect(await shop.input.inputValue()).toBe('Unsent');
    await shop.act('Hello', 'Edit');
    await shop.send('Hello there');
    await shop.message('Hello there').getByText('edited').waitFor();
    expect(await shop.input.inputValue()).toBe('Unsent');
  });

  it('takes no more text than the server, and says so when a text is too long', async () => {
    await begin({ maxTextLength: 5 }, () =>
      context.route('**/session', async (route) => {
        const response = await route.fetch();
        const session: object = await response.json();
        await route.fulfill({ response, json: { ...session, maxTextLength: 8 } });
      }),
    );
    browser.expectProblems(/status of 4\d\d/);
    await vi.waitFor(
      async () => expect(await shop.input.getAttribute('maxlength')).toBe('8'),
      WAIT,
    );
    await shop.input.pressSequentially('Too long for it');
    expect(await shop.input.inputValue()).toBe('Too long');
    await shop.input.press('Enter');
    await shop.message('Too long').getByText('The text is too long').waitFor();
  });

  it('keeps no picture in memory that the server has', async () => {
    await begin({}, () =>
      context.addInitScript(() => {
        const create = URL.createObjectURL.bind(URL);
        const revoke = URL.revokeObjectURL.bind(URL);
        const previews = new Set<string>();
        URL.createObjectURL = (source) => {
          const url = create(source);
          previews.add(url);
          return url;
        };
        URL.revokeObjectURL = (url) => {
          previews.delete(url);
          revoke(url);
        };
        Object.assign(window, { previews });
      }),
    );
    await shop.attach(PICTURE);
    await shop.send('Look');
    await shop.waitForMark('Look', 'Sent');
    expect(await shop.message('Look').locator('img').getAttribute('src')).toMatch(/^http/);
    expect(await shop.page.evaluate('previews.size')).toBe(0);
  });

  it('leaves the files of a conversation behind with it, and keeps them while it begins', async () => {
    await begin();
    const tray = shop.panel.getByRole('group', { name: 'Attach files' });
    await shop.send('First');
    await shop.attach(PICTURE);
    await shop.waitForMark('First', 'Sent');
    await tray.waitFor();
    await shop.openConversations();
    await shop.panel.getByRole('button', { name: 'New conversation' }).click();
    await shop.panel.getByText('Hello! How can we help?').waitFor();
    expect(await tray.count()).toBe(0);
    await shop.attach(PICTURE);
    await shop.input.fill('Second');
    await shop.openConversations();
    await shop.panel.locator('[part=threads] li button').click();
    await shop.message('First').waitFor();
    expect(await tray.count()).toBe(0);
    expect(await shop.input.inputValue()).toBe('');
  });
});
