import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatDesk } from '../chat-widget/chat-desk.js';
import { TestBrowser } from '../support/browser.js';
import { WidgetPage, type WidgetElement } from './widget-page.js';
import { ShopModule } from './widget-shop.js';

const WAIT = { timeout: 20_000 };
const HOSTILE = `* {
  text-transform: uppercase; word-spacing: 9px; letter-spacing: 9px; text-indent: 40px; line-height: 3;
  text-shadow: 2px 2px red; word-break: break-all; white-space: pre; text-align: right; font: italic 40px serif;
  color: red; user-select: none; pointer-events: none; cursor: wait; visibility: hidden; color-scheme: dark;
}`;

describe('In a page, the widget', () => {
  const browser = TestBrowser.use();
  let chat: ChatDesk;
  let shop: WidgetPage;
  beforeEach(async () => {
    chat = await ChatDesk.start({ support: { anonymous: true }, imports: [ShopModule] });
    const context = await browser.newContext({ reducedMotion: 'reduce' });
    shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    await answer('Good day');
  });
  afterEach(async () => {
    // Pages first: one that is open connects again and again.
    try {
      await browser.finish();
    } finally {
      await chat.stop();
    }
  });

  async function answer(text: string): Promise<void> {
    chat.desk.chat.agent('Ada').reply(await chat.notice('Hello'), text);
    await shop.message(text).waitFor({ state: 'attached' });
  }

  /** How everything in the widget looks, each property in a line. */
  const looks = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      const root = document.querySelector('support-chat')?.shadowRoot;
      return [...(root?.querySelectorAll('*') ?? [])].flatMap((element, index) => {
        const style = getComputedStyle(element);
        const name = `${index} ${element.nodeName} ${element.getAttribute('class') ?? ''}`;
        return [...style].map((key) => `${name} ${key}: ${style.getPropertyValue(key)}`);
      });
    });

  it('looks the same whatever the styles of the page are', async () => {
    const before = new Set(await looks(shop.page));
    await shop.page.evaluate((css) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets = [sheet];
    }, HOSTILE);
    const after = await looks(shop.page);
    expect(after.filter((line) => !before.has(line))).toEqual([]);
    await shop.act('Good day', 'Reply');
  });

  it('says of each message who wrote it and when, and of each button whose it is', async () => {
    await answer('How are you?');
    const article = (name: RegExp): Promise<string[]> =>
      shop.log.getByRole('article', { name }).locator('.text').allTextContents();
    expect(await article(/^You, \d+:\d\d/)).toEqual(['Hello']);
    expect(await article(/^Ada, \d+:\d\d/)).toEqual(['Good day', 'How are you?']);
    for (const text of ['Hello', 'Good day', 'How are you?']) {
      const name = `Actions: ${text}`;
      expect(await shop.log.getByRole('button', { name, exact: true }).count()).toBe(1);
    }
  });

  it('counts in the title once, however many there are, and leaves it as it was', async () => {
    const { page } = shop;
    await shop.launcher.click();
    await page.evaluate(() => {
      for (let index = 0; index < 2; index++) {
        document.body.append(document.createElement('support-chat'));
      }
    });
    const hasUnread = (count: number): Promise<void> =>
      vi.waitFor(async () => {
        const counts = await page
          .locator('support-chat')
          .evaluateAll((all: WidgetElement[]) => all.map(({ unread }) => unread));
        expect(counts).toEqual([count, count, count]);
      }, WAIT);
    for (const [index, text] of ['One', 'Two'].entries()) {
      chat.desk.chat.agent('Ada').reply(await chat.notice('Hello'), text);
      await hasUnread(index + 1);
    }
    expect(await page.title()).toBe('(2) Shop');
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('support-chat')) element.remove();
    });
    expect(await page.title()).toBe('Shop');
  });

  it('looks at each of 1,000 messages a few times when one more comes, not at each pair of them', async () => {
    const { page } = shop;
    await page.route(/messages\?limit=/, async (route) => {
      const response = await route.fetch();
      const body: { messages: { id: string }[] } = await response.json();
      const earlier = Array.from({ length: 1_000 }, (_, index) => ({
        ...body.messages[0],
        id: `earlier-${index}`,
        number: index - 1_000,
      }));
      await route.fulfill({
        response,
        json: { ...body, messages: [...earlier, ...body.messages] },
      });
    });
    await page.reload();
    await shop.openChat();
    await vi.waitFor(async () => expect(await shop.messages.count()).toBe(1_002), WAIT);
    await page.evaluate(() => {
      const counts = { dates: 0, comparisons: 0 };
      const format: (...given: unknown[]) => string = Reflect.get(
        Date.prototype,
        'toLocaleDateString',
      );
      Object.assign(window, { counts });
      Object.assign(Date.prototype, {
        toLocaleDateString(this: Date, ...given: unknown[]) {
          counts.dates++;
          return format.apply(this, given);
        },
      });
      Object.assign(Array.prototype, {
        some(this: unknown[], test: (...given: unknown[]) => boolean) {
          const index = this.findIndex((...given: unknown[]) => {
            counts.comparisons++;
            return test(...given);
          });
          return index >= 0;
        },
      });
    });
    await answer('One more');
    expect(await page.evaluate<number>('counts.dates')).toBeLessThan(100);
    expect(await page.evaluate<number>('counts.comparisons')).toBeLessThan(50_000);
  });
});
