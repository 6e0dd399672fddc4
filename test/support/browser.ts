import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the Chromium of this run takes connections. */
    browserUrl: string;
  }
}

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The run's Chromium, for the specs of one `describe`. Each test opens pages of its own; it fails when one of
 * them has written an error to the console (as violations of a CSP are), has thrown, or has asked for
 * anything that is not on this machine.
 */
export class TestBrowser {
  #browser: Browser | undefined;
  #contexts: BrowserContext[] = [];
  #problems: string[] = [];
  #expected: RegExp[] = [];

  /**
   * Connects before the tests around it, closes the pages after each, and checks them. Call it after the
   * `afterEach` that ends the server of the pages: the last one runs first.
   */
  static use(): TestBrowser {
    const browser = new TestBrowser();
    beforeAll(() => browser.connect());
    afterEach(() => browser.finish());
    afterAll(() => browser.close());
    return browser;
  }

  /** What pages did wrong up to now in this test. */
  get problems(): readonly string[] {
    return this.#problems.filter((problem) => !this.#expected.some((like) => like.test(problem)));
  }

  async connect(): Promise<void> {
    this.#browser = await chromium.connect(inject('browserUrl'));
  }

  /** A page in a profile of its own: with its own cookies and storage. */
  async newPage(options: BrowserContextOptions = {}): Promise<Page> {
    return (await this.newContext(options)).newPage();
  }

  /** A profile of its own, for several tabs. */
  async newContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    if (!this.#browser) throw new Error('The browser is not connected yet');
    const context = await this.#browser.newContext({
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    this.#contexts.push(context);
    this.#watch(context);
    return context;
  }

  /** Problems of this test that are none, such as refused connections while the server is away. */
  expectProblems(...like: RegExp[]): void {
    this.#expected.push(...like);
  }

  /** Closes the pages of a test and fails when they had problems. */
  async finish(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    const { problems } = this;
    this.#problems = [];
    this.#expected = [];
    if (problems.length > 0) throw new Error(`In the browser:\n${problems.join('\n')}`);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
  }

  #watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      this.#problems.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (thrown) => {
      const error = thrown.error();
      this.#problems.push(`thrown: ${error.stack ?? String(error)}`);
    });
    context.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url());
      if (!/^(https?|wss?):$/.test(protocol) || LOOPBACK.test(hostname)) return;
      this.#problems.push(`request to another machine: ${request.url()}`);
    });
  }
}
