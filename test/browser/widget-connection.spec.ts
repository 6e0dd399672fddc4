import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BrowserContext } from 'playwright-core';
import { ChatDesk } from '../chat-widget/chat-desk.js';
import { TestBrowser } from '../support/browser.js';
import { ownBot } from '../support/own-bot.js';
import { freePort, RedisServer } from '../support/redis-server.js';
import { TravelClock } from '../support/travel.clock.js';
import { WidgetPage, type WidgetElement } from './widget-page.js';
import { ShopModule } from './widget-shop.js';

const WAIT = { timeout: 30_000 };
const PDF = Buffer.from('%PDF-1.4');
/** What browsers write to the console when a server is away. */
const AWAY = /Failed to load resource: net::ERR|status of 50[234]/;

describe('The widget', () => {
  const browser = TestBrowser.use();
  let chat: ChatDesk;
  let context: BrowserContext;
  afterEach(async () => {
    // Pages first: one that is open connects again and again.
    try {
      await browser.finish();
    } finally {
      await chat.stop();
    }
  });

  async function start(wanted: Parameters<typeof ChatDesk.start>[0] = {}): Promise<void> {
    chat = await ChatDesk.start({
      support: { anonymous: true },
      imports: [ShopModule],
      ...wanted,
      options: { rateLimit: { messages: 99, windowMs: 1_000 }, ...wanted.options },
    });
    context = await browser.newContext();
  }

  const open = (): Promise<WidgetPage> => WidgetPage.open(context, `${chat.desk.origin}/shop`);

  async function answer(to: string, text: string): Promise<void> {
    chat.desk.chat.agent('Ada').reply(await chat.notice(to), text);
  }

  it('shows what came while the page was away, each message once, and counts it', async () => {
    await start();
    const shop = await open();
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    const isRead = shop.page.waitForResponse(/\/read$/);
    await answer('Hello', 'First answer');
    await shop.message('First answer').waitFor();
    await isRead;
    await shop.page.goto('about:blank');
    await answer('Hello', 'Second answer');
    await answer('Hello', 'Third answer');
    await chat.desk.chat.waitForReaction(chat.desk.chat.messages.at(-1)?.message_id ?? 0, 20_000);
    await shop.page.goto(`${chat.desk.origin}/shop`);
    await shop.page.getByRole('button', { name: 'Open chat, 2 unread messages' }).waitFor();
    expect(await shop.page.title()).toBe('(2) Shop');
    expect(await shop.element.evaluate((element: WidgetElement) => element.unread)).toBe(2);
    await shop.openChat();
    await vi.waitFor(async () => expect(await shop.page.title()).toBe('Shop'), WAIT);
    expect(await shop.messages.count()).toBe(4);
    await shop.page.reload();
    await shop.launcher.waitFor();
    await shop.openChat();
    await shop.message('Third answer').waitFor();
    expect(await shop.page.title()).toBe('Shop');
  });

  it('keeps a draft, and messages that were written offline, over a reload', async () => {
    await start();
    browser.expectProblems(AWAY);
    const shop = await open();
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    await context.setOffline(true);
    await shop.send('Written offline');
    await shop.send('Written later');
    await shop.panel.getByText('No connection.').waitFor();
    await shop.waitForMark('Written offline', 'Sending');
    await shop.input.fill('A draft');
    // The page is still there, as with a service worker; the chat is not.
    await context.setOffline(false);
    await context.route('**/threads/*/messages', (route) => route.abort());
    await shop.page.reload();
    await context.unroute('**/threads/*/messages');
    await shop.openChat();
    await shop.waitForMark('Written offline', 'Sent');
    await shop.waitForMark('Written later', 'Sent');
    expect(await shop.input.inputValue()).toBe('A draft');
    await chat.notice('Written later');
    const written = chat.desk.notices.join('\n').match(/Written \w+/g);
    expect(written).toEqual(['Written offline', 'Written later']);
    expect(await shop.messages.count()).toBe(3);
    await answer('Hello', 'Welcome back');
    await shop.message('Welcome back').waitFor();
  });

  it('goes on by itself after the server was away', async () => {
    const redis = await RedisServer.start();
    const options = { redis: redis.url };
    const emulator = { bots: [ownBot()] };
    const port = await freePort();
    await start({ options, emulator, port });
    browser.expectProblems(AWAY);
    const shop = await open();
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    await chat.stop();
    await shop.panel.getByText('No connection.').waitFor();
    await shop.send('Are you there?');
    await shop.waitForMark('Are you there?', 'Sending');
    chat = await ChatDesk.start({
      support: { anonymous: true },
      imports: [ShopModule],
      options,
      emulator,
      port,
    });
    await shop.waitForMark('Are you there?', 'Sent');
    await vi.waitFor(
      async () => expect(await shop.panel.getByText('No connection.').count()).toBe(0),
      WAIT,
    );
    await answer('Are you there?', 'Here again');
    await shop.message('Here again').waitFor();
    expect(await shop.messages.count()).toBe(3);
    await chat.stop();
    await redis.stop();
  });

  it.each([
    ['begins a new thread with what was written', 'Are you there?'],
    ['is ready for a new thread', undefined],
  ])('%s when the server has lost the thread', async (_, written) => {
    const emulator = { bots: [ownBot()] };
    const port = await freePort();
    await start({ emulator, port });
    browser.expectProblems(AWAY, /status of 404/);
    const shop = await open();
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    await chat.stop();
    await shop.panel.getByText('No connection.').waitFor();
    if (written) await shop.send(written);
    chat = await ChatDesk.start({
      support: { anonymous: true },
      imports: [ShopModule],
      emulator,
      port,
    });
    await vi.waitFor(async () => {
      expect(await shop.message('Hello').count()).toBe(0);
      expect(await shop.panel.getByText('No connection.').count()).toBe(0);
    }, WAIT);
    if (!written) await shop.send('Anybody?');
    await shop.waitForMark(written ?? 'Anybody?', 'Sent');
    await answer(written ?? 'Anybody?', 'Here again');
    await shop.message('Here again').waitFor();
    expect(await shop.messages.count()).toBe(2);
  });

  it('is connected again without a thread', async () => {
    await start();
    browser.expectProblems(AWAY);
    const shop = await open();
    await shop.openChat();
    await context.setOffline(true);
    await shop.panel.getByText('No connection.').waitFor();
    await context.setOffline(false);
    await vi.waitFor(
      async () => expect(await shop.panel.getByText('No connection.').count()).toBe(0),
      WAIT,
    );
  });

  it('shows a message as failed, in its thread, when its file is lost', async () => {
    await start();
    browser.expectProblems(/status of 404/);
    const shop = await open();
    await shop.openChat();
    await shop.send('Hello');
    await shop.waitForMark('Hello', 'Sent');
    const path = '**/threads/*/messages';
    await context.route(path, (route) => {
      const sent = route.request().postDataJSON();
      return route.continue({ postData: JSON.stringify({ ...sent, attachments: ['lost'] }) });
    });
    await shop.send('With a file');
    await shop.message('With a file').getByText('That did not work.').waitFor();
    await context.unroute(path);
    await shop.message('With a file').getByRole('button', { name: 'Try again' }).click();
    await shop.waitForMark('With a file', 'Sent');
    expect(await shop.messages.count()).toBe(2);
  });

  it('uploads a file that was chosen offline, and one whose session has ended', async () => {
    await start();
    browser.expectProblems(AWAY, /status of 401/);
    const shop = await open();
    await shop.openChat();
    await shop.takesFiles();
    await context.setOffline(true);
    await shop.attach({ name: 'one.pdf', mimeType: 'application/pdf', buffer: PDF });
    await shop.panel.getByText('There is no connection.').waitFor();
    await context.setOffline(false);
    await shop.panel.getByText('There is no connection.').waitFor({ state: 'hidden' });
    await context.route('**/uploads?*', (route) => route.fulfill({ status: 401 }), { times: 1 });
    await shop.attach({ name: 'two.pdf', mimeType: 'application/pdf', buffer: PDF });
    await shop.send('Two files');
    await shop.waitForMark('Two files', 'Sent');
    expect(await shop.message('Two files').getByRole('link').count()).toBe(2);
  });

  it('renews the links to files of a page that stays open', async () => {
    await start();
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${chat.desk.origin}/shop`);
    const shop = new WidgetPage(page);
    await shop.openChat();
    await shop.attach({ name: 'one.pdf', mimeType: 'application/pdf', buffer: PDF });
    await shop.send('A file');
    await shop.waitForMark('A file', 'Sent');
    const link = shop.message('A file').getByRole('link');
    const before = await link.getAttribute('href');
    await page.clock.fastForward(40 * 60_000);
    await vi.waitFor(async () => expect(await link.getAttribute('href')).not.toBe(before), WAIT);
    const response = await page.request.get((await link.getAttribute('href')) ?? '');
    expect(await response.body()).toEqual(PDF);
  });

  it('is there in English while the words of another language do not come', async () => {
    await start();
    await context.route('**/widget.de.json', () => {
      // The server takes its time.
    });
    const shop = new WidgetPage(await context.newPage());
    await shop.page.goto(`${chat.desk.origin}/shop?lang=de`);
    await shop.launcher.waitFor();
    expect(await shop.launcher.getAttribute('aria-label')).toBe('Open chat');
  });

  it('shares one stream between tabs, and another tab takes over when one is closed', async () => {
    await start();
    const streams: string[] = [];
    context.on('request', (request) => {
      if (request.url().includes('/stream')) streams.push(request.url());
    });
    const first = await open();
    await first.openChat();
    await first.send('Hello');
    await first.waitForMark('Hello', 'Sent');
    const second = await open();
    await second.openChat();
    await second.message('Hello').waitFor();
    await answer('Hello', 'To both');
    await first.message('To both').waitFor();
    await second.message('To both').waitFor();
    await vi.waitFor(() => expect(streams).toHaveLength(1), WAIT);
    await second.send('From the second');
    await first.message('From the second').waitFor();
    await first.page.close();
    await answer('Hello', 'To one');
    await second.message('To one').waitFor();
    // It may have come with what the tab has caught up on, before its stream.
    await vi.waitFor(() => expect(streams).toHaveLength(2), WAIT);
    expect(await second.messages.count()).toBe(4);
  });

  it('takes over from a tab that has stopped', async () => {
    await start();
    const first = await open();
    await first.openChat();
    await first.send('Hello');
    await first.waitForMark('Hello', 'Sent');
    const page = await context.newPage();
    await page.clock.install();
    const streams: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/stream')) streams.push(request.url());
    });
    await page.goto(`${chat.desk.origin}/shop`);
    const second = new WidgetPage(page);
    await second.openChat();
    await second.message('Hello').waitFor();
    expect(streams).toHaveLength(0);
    await page.clock.fastForward(90_000);
    await vi.waitFor(() => expect(streams).toHaveLength(1), WAIT);
    await answer('Hello', 'To both');
    await first.message('To both').waitFor();
    await second.message('To both').waitFor();
  });

  it('has a stream in each tab where there are no locks', async () => {
    await start();
    await context.addInitScript(() => {
      Reflect.deleteProperty(Navigator.prototype, 'locks');
    });
    const first = await open();
    await first.openChat();
    await first.send('Hello');
    await first.waitForMark('Hello', 'Sent');
    const second = await open();
    await second.openChat();
    await answer('Hello', 'To both');
    await first.message('To both').waitFor();
    await second.message('To both').waitFor();
    expect(await second.messages.count()).toBe(2);
  });

  it('says how long to wait when a customer writes too much, and sends the rest then', async () => {
    const clock = new TravelClock(new Date().toISOString());
    const windowMs = 30_000;
    await start({ clock, support: { anonymous: true, rateLimit: { messages: 2, windowMs } } });
    browser.expectProblems(/status of 429/);
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${chat.desk.origin}/shop`);
    const shop = new WidgetPage(page);
    await shop.openChat();
    for (const text of ['One', 'Two', 'Three']) await shop.send(text);
    await shop.panel.getByText(/Please wait \d+ seconds?/).waitFor();
    clock.travel(windowMs);
    await page.clock.fastForward(windowMs);
    await shop.waitForMark('Three', 'Sent');
    await vi.waitFor(
      async () => expect(await shop.panel.getByText('Please wait').count()).toBe(0),
      WAIT,
    );
    await chat.notice('Three');
  });

  it('says what is wrong with a file before it is sent, and cancels an upload', async () => {
    await start({ support: { anonymous: true, uploads: { maxBytes: 1_000, types: ['image/*'] } } });
    const shop = await open();
    await shop.openChat();
    await shop.attach(
      { name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(2_000) },
      { name: 'a.exe', mimeType: 'application/x-msdownload', buffer: Buffer.alloc(10) },
    );
    await shop.panel.getByText('The file is too large').waitFor();
    await shop.panel.getByText('Files of this type are not accepted').waitFor();
    await shop.panel.getByRole('button', { name: 'Remove: large.png' }).click();
    await shop.panel.getByRole('button', { name: 'Remove: a.exe' }).click();
    expect(await shop.panel.getByRole('group', { name: 'Attach files' }).count()).toBe(0);
  });

  it('takes files that are pasted or dropped, and stops an upload that is cancelled', async () => {
    await start();
    const shop = await open();
    await shop.openChat();
    await shop.takesFiles();
    await context.route('**/uploads?*', () => {
      // The server takes its time.
    });
    const cancelled = shop.page.waitForEvent('requestfailed');
    for (const type of ['paste', 'drop']) {
      await shop.panel.evaluate((panel, name) => {
        const data = new DataTransfer();
        data.items.add(new File(['hello'], `${name}.png`, { type: 'image/png' }));
        const init = { bubbles: true, cancelable: true };
        const event =
          name === 'paste'
            ? new ClipboardEvent(name, { ...init, clipboardData: data })
            : new DragEvent(name, { ...init, dataTransfer: data });
        panel.dispatchEvent(event);
      }, type);
    }
    await shop.panel.getByRole('progressbar', { name: 'paste.png' }).waitFor();
    await shop.panel.getByRole('progressbar', { name: 'drop.png' }).waitFor();
    await shop.panel.getByRole('button', { name: 'Remove: paste.png' }).click();
    expect((await cancelled).url()).toContain('uploads?name=paste.png');
    expect(await shop.panel.getByText('paste.png').count()).toBe(0);
    expect(await shop.panel.getByText('drop.png').count()).toBe(1);
  });
});
