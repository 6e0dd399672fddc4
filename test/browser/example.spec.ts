import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousAccessibilityProblems } from '../support/accessibility.js';
import { TestBrowser } from '../support/browser.js';
import { RunningExample, WHILE_AWAY } from './running-example.js';
import { SupportChatPage } from './support-chat.page.js';
import { TelegramPage } from './telegram.page.js';

/** What the example plays by itself. */
const [QUESTION, ANSWER, THANKS] = [
  'Where is my parcel?',
  'It left our warehouse today.',
  'Thank you!',
] as const;

/** Both sides of a conversation. */
interface Sides {
  readonly shop: SupportChatPage;
  readonly telegram: TelegramPage;
}

function sidesOf(page: Page): Sides {
  const frame = (name: string) => page.frameLocator(`section[aria-labelledby="${name}"] iframe`);
  return { shop: new SupportChatPage(frame('app')), telegram: new TelegramPage(frame('desk')) };
}

async function open(page: Page, { url }: RunningExample): Promise<Sides> {
  await page.goto(url);
  return sidesOf(page);
}

describe('The page of the example', () => {
  let example: RunningExample;

  beforeAll(async () => {
    example = await RunningExample.start();
  });
  afterAll(() => example.kill());
  const browser = TestBrowser.use();

  it('shows a conversation both ways at once, and goes on with it', async () => {
    const page = await browser.newPage();
    const { shop, telegram } = await open(page, example);
    for (const text of [QUESTION, ANSWER, THANKS]) {
      await shop.message(text).waitFor();
      await telegram.message(text).waitFor();
    }

    await shop.write('Can it come on Friday?');
    await telegram.reply('Can it come on Friday?', 'Sure, I moved it.');
    await shop.message('Sure, I moved it.').waitFor();

    await page.reload();
    const again = sidesOf(page);
    for (const text of [QUESTION, 'Can it come on Friday?', 'Sure, I moved it.']) {
      await again.shop.message(text).waitFor();
      await again.telegram.message(text).waitFor();
    }
    expect(await again.shop.message(QUESTION).count()).toBe(1);
  });

  it('shows two tabs of a customer the same', async () => {
    const context = await browser.newContext();
    const first = await open(await context.newPage(), example);
    const second = await open(await context.newPage(), example);
    await second.shop.message(THANKS).waitFor();
    await first.shop.write('From the first tab');
    await second.shop.message('From the first tab').waitFor();
    await second.shop.write('From the second tab');
    await first.shop.message('From the second tab').waitFor();
    await second.telegram.reply('From the second tab', 'To both');
    await first.shop.message('To both').waitFor();
    await second.shop.message('To both').waitFor();
    expect(await first.shop.message('From the first tab').count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)(
    'has nothing serious against accessibility in %s colours',
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme });
      const { shop, telegram } = await open(page, example);
      await shop.message(THANKS).waitFor();
      await telegram.message(THANKS).waitFor();
      expect(await seriousAccessibilityProblems(page)).toEqual([]);
    },
  );

  it('fits on a phone', async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 720 } });
    const { shop } = await open(page, example);
    await shop.message(THANKS).waitFor();
    for (const frame of page.frames()) {
      const overflow = await frame.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
    }
  });

  it('lets nothing but its own scripts and styles run, and no other page frame it', async () => {
    for (const path of ['', 'shop.html', 'docs/testing.md']) {
      const response = await fetch(example.url + path);
      expect(response.status).toBe(200);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none';script-src 'self';style-src 'self';/);
      expect(policy).toContain(";frame-ancestors 'self'");
      expect(policy).not.toContain('unsafe');
    }
  });
});

describe('The page of an example of its own', () => {
  let example: RunningExample;

  afterEach(() => example.kill());
  const browser = TestBrowser.use();

  it('shows the conversation in a topic with MODE=topics, where agents just write', async () => {
    example = await RunningExample.start({ MODE: 'topics' });
    const { shop, telegram } = await open(await browser.newPage(), example);
    await shop.message(ANSWER).waitFor();
    await telegram.message(THANKS).waitFor();
    await telegram.write('You are welcome');
    await shop.message('You are welcome').waitFor();
    expect(await telegram.message(QUESTION).count()).toBe(1);
  }, 120_000);

  it('shows the conversation of a new process when the old one was killed', async () => {
    // The old session and the old thread were in the memory of the old process, and the old page may ask for both
    // before it is loaded anew.
    browser.expectProblems(WHILE_AWAY, /status of 40[14] .*\/support\//);
    example = await RunningExample.start();
    const page = await browser.newPage();
    const { shop } = await open(page, example);
    await shop.message(THANKS).waitFor();
    await example.kill();
    await example.restart();
    await page.reload();
    const again = sidesOf(page);
    await again.shop.message(THANKS).waitFor();
    await again.shop.write('Are you back?');
    await again.telegram.reply('Are you back?', 'Yes');
    await again.shop.message('Yes').waitFor();
    expect(await again.shop.message(THANKS).count()).toBe(1);
  }, 120_000);
});
