// The browser that takes the pictures of the documentation.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const images = fileURLToPath(new URL('../docs/images', import.meta.url));

/** Chromium, whose pictures are the same each time. */
export class PictureBrowser {
  #browser;

  constructor(browser) {
    this.#browser = browser;
  }

  static async launch() {
    if (execFileSync('fc-list', [':charset=1f44d']).length === 0) {
      console.error(
        'The pictures need a font with emoji (Debian: apt-get install fonts-noto-color-emoji)',
      );
      process.exit(1);
    }
    const browser = await chromium.launch({
      executablePath: findChromium(),
      chromiumSandbox: process.getuid?.() !== 0,
    });
    return new PictureBrowser(browser);
  }

  /** @param now The time in the page. */
  async open(url, now, options, storage = {}) {
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      colorScheme: 'light',
      ...options,
    });
    await context.clock.setFixedTime(now);
    await context.addInitScript((entries) => {
      for (const [key, value] of entries) sessionStorage.setItem(key, value);
    }, Object.entries(storage));
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  close() {
    return this.#browser.close();
  }
}

/** Where a picture is written. */
export function pathOf(name) {
  return join(images, `${name}.png`);
}

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const path = process.env.CHROMIUM_PATH ?? paths.find((candidate) => existsSync(candidate));
  if (path) return path;
  throw new Error('The pictures need Chromium: set CHROMIUM_PATH, or put chromium on the PATH');
}
