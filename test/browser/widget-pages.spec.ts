import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { byHeader, ChatDesk, CUSTOMER_HEADER } from '../chat-widget/chat-desk.js';
import { seriousAccessibilityProblems } from '../support/accessibility.js';
import { TestBrowser } from '../support/browser.js';
import { Gate } from '../support/gate.js';
import { HttpServer } from '../support/http-server.js';
import { WidgetPage, type WidgetElement } from './widget-page.js';
import { ShopModule, shopPage, STRICT_POLICY } from './widget-shop.js';

const WAIT = { timeout: 20_000 };

const byCookie: typeof byHeader = ({ headers }) => {
  const [, id] = /user=(\w+)/.exec(String(headers['cookie'])) ?? [];
  return id === undefined ? null : { id };
};

describe('The widget', () => {
  const browser = TestBrowser.use();
  let chat: ChatDesk;
  afterEach(async () => {
    // Pages first: one that is open connects again and again.
    try {
      await browser.finish();
    } finally {
      await chat.stop();
    }
  });

  async function start(wanted: Parameters<typeof ChatDesk.start>[0] = {}): Promise<void> {
    chat = await ChatDesk.start({ support: { anonymous: true }, imports: [ShopModule], ...wanted });
  }

  async function talk(shop: WidgetPage): Promise<void> {
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    chat.desk.chat.agent('Ada').reply(await chat.notice('Hello'), 'Good day');
    await shop.message('Good day').waitFor();
  }

  /** As the app does, whose cookie `byCookie` reads. */
  function logIn(context: BrowserContext, value: string): Promise<void> {
    return context.addCookies([{ name: 'user', value, url: chat.desk.origin }]);
  }

  /** Pages that do without words of another language when they take 3 s do not stop waiting for them. */
  async function patientContext(): Promise<BrowserContext> {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      AbortSignal.timeout = () => new AbortController().signal;
    });
    return context;
  }

  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const inner = document.activeElement?.shadowRoot?.activeElement ?? document.activeElement;
      return inner?.getAttribute('aria-label') ?? inner?.textContent ?? '';
    });

  it('works on a page of another origin with a token, once', async () => {
    const site = await HttpServer.start((request, response) => {
      const isIcon = request.url === '/favicon.ico';
      const policy = STRICT_POLICY.replaceAll("'self'", chat.desk.origin);
      response.writeHead(isIcon ? 204 : 200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': policy,
      });
      const { searchParams } = new URL(request.url ?? '', 'http://site');
      const attributes = `token="${searchParams.get('token') ?? ''}"`;
      response.end(isIcon ? undefined : shopPage({ attributes, origin: chat.desk.origin }));
    });
    await start({ support: { origins: [site.origin] } });
    browser.expectProblems(/status of 401/);
    const token = chat.support.customerToken({ id: 'ann', name: 'Ann' }, { origin: site.origin });
    const context = await browser.newContext();
    const shop = await WidgetPage.open(context, site.origin, { token });
    await shop.openChat();
    await talk(shop);
    await shop.page.reload();
    await shop.openChat();
    await shop.message('Good day').waitFor();

    const thief = await WidgetPage.open(await browser.newContext(), site.origin, { token });
    await thief.openChat();
    await thief.panel.getByText('Your session has ended').waitFor();
    expect(await thief.messages.count()).toBe(0);
    site.stop();
  });

  it('works where storage and cookies are blocked', async () => {
    await start();
    const context = await browser.newContext();
    await context.addInitScript(() => {
      const blocked = {
        get(): never {
          throw new DOMException('Blocked', 'SecurityError');
        },
      };
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, blocked);
      Object.defineProperty(document, 'cookie', blocked);
    });
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await vi.waitFor(async () => expect(await context.cookies()).toHaveLength(1), WAIT);
    await context.clearCookies();
    await talk(shop);
    await shop.send('Still here');
    await shop.waitForMark('Still here', 'Sent');
    expect(await context.cookies()).toEqual([]);
  });

  it('takes headers and tokens from functions of the page, set before its script arrives', async () => {
    await start({ support: { customer: byHeader } });
    const context = await browser.newContext();
    await context.addInitScript((header) => {
      const observer = new MutationObserver(() => {
        const element = document.querySelector('support-chat');
        if (!element) return;
        observer.disconnect();
        Object.assign(element, { requestHeaders: () => ({ [header]: 'ann' }) });
      });
      observer.observe(document, { childList: true, subtree: true });
    }, CUSTOMER_HEADER);
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await talk(shop);
    const [thread] = await chat.store.listThreads('ann', { limit: 1 });
    expect(thread?.lastNumber).toBeGreaterThan(1);

    browser.expectProblems(/status of 401/);
    const token = chat.support.customerToken({ id: 'bob' }, { origin: chat.desk.origin });
    await shop.element.evaluate((element, given) => {
      Object.assign(element, { requestHeaders: () => ({}), tokenProvider: async () => given });
    }, token);
    await vi.waitFor(async () => expect(await shop.messages.count()).toBe(0), WAIT);
    await shop.send('Of Bob');
    await shop.waitForMark('Of Bob', 'Sent');
    expect(await chat.store.listThreads('bob', { limit: 9 })).toHaveLength(1);
  });

  it('keeps what is written before the session is there, and sends it then', async () => {
    await start();
    const context = await browser.newContext();
    let session = new Gate();
    await context.route('**/session', async (route) => {
      await session.pass();
      await route.continue();
    });
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await shop.send('At once');
    expect(await shop.input.inputValue()).toBe('At once');
    session.open();
    await shop.waitForMark('At once', 'Sent');
    expect(await shop.input.inputValue()).toBe('');

    session = new Gate();
    await shop.page.reload();
    await shop.openChat();
    await shop.input.fill('For later');
    session.open();
    await shop.message('At once').waitFor();
    expect(await shop.input.inputValue()).toBe('For later');
    await shop.page.reload();
    await shop.openChat();
    await shop.message('At once').waitFor();
    expect(await shop.input.inputValue()).toBe('For later');
    expect(await shop.messages.count()).toBe(1);
  });

  it('begins anew when another customer logs in, and sends nothing of the former one', async () => {
    await start({
      support: { customer: byCookie },
    });
    const context = await browser.newContext();
    await logIn(context, 'ann');
    browser.expectProblems(/status of 40[14]|ERR_INTERNET_DISCONNECTED/);
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await talk(shop);
    await context.setOffline(true);
    await shop.send('Of Ann');
    await shop.waitForMark('Of Ann', 'Sending');
    await logIn(context, 'bob');
    await context.setOffline(false);
    await vi.waitFor(async () => expect(await shop.messages.count()).toBe(0), WAIT);
    await shop.send('Of Bob');
    await shop.waitForMark('Of Bob', 'Sent');
    await chat.notice('Of Bob');
    expect(await shop.messages.count()).toBe(1);
    await logIn(context, 'ann');
    await shop.page.reload();
    await shop.openChat();
    await shop.waitForMark('Of Ann', 'Sent');
    // What is there is loaded beside what is sent.
    await shop.message('Good day').waitFor();
    expect(await shop.messages.count()).toBe(3);
    expect((await chat.notice('Of Ann')).message_id).toBeGreaterThan(
      (await chat.notice('Of Bob')).message_id,
    );
  });

  it('begins anew once, however late the server refuses what the former customer has sent', async () => {
    await start({ support: { customer: byCookie } });
    const context = await browser.newContext();
    await logIn(context, 'ann');
    browser.expectProblems(/status of 401/);
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await talk(shop);
    const gate = new Gate();
    await context.route('**/messages', async (route) => {
      if (route.request().method() === 'POST') await gate.pass();
      await route.continue();
    });
    await shop.send('Of Ann');
    await gate.reached;
    await logIn(context, 'bob');
    await shop.page.evaluate(() => dispatchEvent(new Event('online')));
    await vi.waitFor(async () => expect(await shop.messages.count()).toBe(0), WAIT);
    await shop.input.fill('Of Bob');
    await shop.panel.evaluate((panel) => panel.setAttribute('data-of', 'bob'));
    const sessions = shop.page.waitForResponse(/\/session$/);
    gate.open();
    await sessions;
    await shop.input.press('Enter');
    await shop.waitForMark('Of Bob', 'Sent');
    expect(await shop.panel.getAttribute('data-of')).toBe('bob');
    expect(await shop.messages.count()).toBe(1);
  });

  it('keeps the first message of a customer who was offline from the next one', async () => {
    await start({ support: { customer: byCookie } });
    const context = await browser.newContext();
    await logIn(context, 'ann');
    browser.expectProblems(/status of 401|net::ERR/);
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.openChat();
    await context.route('**/threads', (route) => route.abort());
    await shop.send('Of Ann');
    await shop.panel.getByText('No connection.').waitFor();
    await logIn(context, 'bob');
    await context.unroute('**/threads');
    await vi.waitFor(async () => expect(await shop.messages.count()).toBe(0), WAIT);
    await shop.send('Of Bob');
    await shop.waitForMark('Of Bob', 'Sent');
    expect(await shop.messages.count()).toBe(1);
    await logIn(context, 'ann');
    await shop.page.reload();
    await shop.openChat();
    await shop.waitForMark('Of Ann', 'Sent');
    expect(await chat.store.listThreads('bob', { limit: 9 })).toHaveLength(1);
    expect(await chat.store.listThreads('ann', { limit: 9 })).toHaveLength(1);
  });

  it('shows hostile texts, names and file names as they are, and runs nothing', async () => {
    const attack =
      '<img src=x onerror="document.title=\'run\'"><script>document.title="run"</script>';
    await start({ support: { customer: () => ({ id: 'ann', name: attack }) } });
    const shop = await WidgetPage.open(await browser.newContext(), `${chat.desk.origin}/shop`);
    await shop.openChat();
    await shop.send(attack);
    await shop.waitForMark('onerror', 'Sent');
    const notice = await chat.notice('onerror');
    const agent = chat.desk.chat.agent(attack);
    agent.reply(notice, `Answer ${attack}`);
    agent.reply(notice, 'A link', {
      entities: [{ type: 'text_link', offset: 2, length: 4, url: 'javascript:alert(1)' }],
    });
    await shop.message('Answer').waitFor();
    await shop.message('A link').waitFor();
    agent.sendFile('document', { fileName: `${attack}.svg`, replyTo: notice.message_id });
    await shop.log.locator('.file').waitFor();
    expect(await shop.log.locator('script, img[onerror], a[href^="javascript"]').count()).toBe(0);
    expect(await shop.message('Answer').locator('.author').textContent()).toContain('<img src=x');
    await shop.page.reload();
    await shop.openChat();
    await shop.message('Answer').waitFor();
    expect(await shop.page.title()).toBe('Shop');
  });

  it('is used with the keyboard alone, and gives the focus back', async () => {
    await start();
    const shop = await WidgetPage.open(await browser.newContext(), `${chat.desk.origin}/shop`);
    const { page, panel } = shop;
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Buy');
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe('Open chat');
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await focused(page)).toBe('Write a message…'), WAIT);
    await page.keyboard.type('Hello');
    await page.keyboard.press('Enter');
    await shop.waitForMark('Hello', 'Sent');
    chat.desk.chat.agent('Ada').reply(await chat.notice('Hello'), 'Good day');
    await shop.message('Good day').waitFor();
    const reach = async (name: string): Promise<void> => {
      for (let index = 0; index < 12 && (await focused(page)) !== name; index++) {
        await page.keyboard.press('Shift+Tab');
      }
      expect(await focused(page)).toBe(name);
    };
    await reach('Actions: Good day');
    await page.keyboard.press('Enter');
    await vi.waitFor(async () => expect(await focused(page)).toBe('👍'), WAIT);
    await page.keyboard.press('Escape');
    expect(await focused(page)).toBe('Actions: Good day');
    expect(await panel.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await panel.isVisible()).toBe(false);
    expect(await focused(page)).toBe('Open chat');
    expect(await shop.launcher.getAttribute('aria-expanded')).toBe('false');
  });

  it.each(['light', 'dark'] as const)(
    'has no serious problem of accessibility when it is %s',
    async (colorScheme) => {
      await start();
      const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
      const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
      expect(await seriousAccessibilityProblems(shop.page)).toEqual([]);
      await shop.openChat();
      await talk(shop);
      await shop.act('Good day', 'Reply');
      await shop.message('Hello').hover();
      await shop.message('Hello').getByRole('button', { name: 'Actions' }).click();
      await shop.attach({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.alloc(11_000_000) });
      await shop.panel.getByText('The file is too large').waitFor();
      expect(await seriousAccessibilityProblems(shop.page)).toEqual([]);
      await shop.panel.getByRole('button', { name: 'Conversations' }).click();
      expect(await seriousAccessibilityProblems(shop.page)).toEqual([]);
    },
  );

  it('runs from right to left in Arabic', async () => {
    await start();
    const shop = await WidgetPage.open(await patientContext(), `${chat.desk.origin}/shop`, {
      lang: 'ar',
    });
    await shop.launcher.click();
    await shop.panel.waitFor();
    const box = await shop.launcher.boundingBox();
    expect(box?.x).toBeLessThan(100);
    expect(await shop.input.getAttribute('placeholder')).toBe('اكتب رسالة…');
    await shop.send('Hello');
    const bubble = await shop.message('Hello').locator('.bubble').boundingBox();
    const panel = await shop.panel.boundingBox();
    expect((bubble?.x ?? 0) - (panel?.x ?? 0)).toBeLessThan(40);
  });

  it('fills the screen of a phone as a modal dialog that keeps the focus', async () => {
    await start();
    const viewport = { width: 360, height: 640 };
    const context = await browser.newContext({ viewport, hasTouch: true, isMobile: true });
    const shop = await WidgetPage.open(context, `${chat.desk.origin}/shop`);
    await shop.launcher.tap();
    await shop.panel.waitFor();
    await vi.waitFor(async () => {
      expect(await shop.panel.boundingBox()).toEqual({ x: 0, y: 0, ...viewport });
    }, WAIT);
    expect(await shop.panel.getAttribute('aria-modal')).toBe('true');
    expect(await shop.launcher.isVisible()).toBe(false);
    await shop.panel.getByRole('button', { name: 'Take a photo' }).waitFor();
    const names = new Set<string>();
    for (let index = 0; index < 12; index++) {
      await shop.page.keyboard.press('Tab');
      names.add(await focused(shop.page));
    }
    expect(names).not.toContain('Buy');
    expect(names).toContain('Close');
    const { scrollWidth, overflow } = await shop.page.evaluate(() => ({
      scrollWidth: document.documentElement.scrollWidth,
      overflow: document.documentElement.style.overflow,
    }));
    expect([scrollWidth, overflow]).toEqual([360, 'hidden']);
    await shop.panel.getByRole('button', { name: 'Close' }).tap();
    expect(await shop.page.evaluate(() => document.documentElement.style.overflow)).toBe('');
  });

  it('tells the page what happens, and does what the page says', async () => {
    await start();
    const shop = await WidgetPage.open(await browser.newContext(), `${chat.desk.origin}/shop`);
    await shop.element.evaluate((element: WidgetElement) => {
      const seen: string[] = [];
      for (const name of ['open', 'close', 'message', 'unread', 'error'] as const) {
        document.addEventListener(`support-chat:${name}`, () => seen.push(name));
      }
      Object.assign(window, { seen });
      element.open();
    });
    await shop.panel.waitFor();
    await talk(shop);
    await shop.element.evaluate((element: WidgetElement) => element.toggle());
    await shop.panel.waitFor({ state: 'hidden' });
    chat.desk.chat.agent('Ada').reply(await chat.notice('Hello'), 'One more');
    await shop.page.getByRole('button', { name: '1 unread message' }).waitFor();
    const seen = await shop.page.evaluate<string[]>('window.seen');
    expect(seen.filter((name) => name === 'open' || name === 'close')).toEqual(['open', 'close']);
    expect(seen).toEqual(expect.arrayContaining(['message', 'unread']));
    expect(seen).not.toContain('error');
    expect(await shop.page.title()).toBe('(1) Shop');
  });

  it('stands in the page where it is inline', async () => {
    await start();
    const shop = await WidgetPage.open(await patientContext(), `${chat.desk.origin}/shop`, {
      attributes: 'inline theme="dark" locale="de-DE"',
    });
    await shop.panel.waitFor();
    expect(await shop.launcher.isVisible()).toBe(false);
    expect(await shop.input.getAttribute('placeholder')).toBe('Nachricht schreiben…');
    await shop.send('Hallo');
    await shop.message('Hallo').getByText('Gesendet').waitFor({ state: 'attached' });
    await shop.input.press('Escape');
    expect(await shop.panel.isVisible()).toBe(true);
  });
});
