import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { seriousAccessibilityProblems } from '../support/accessibility.js';
import { TestBrowser } from '../support/browser.js';
import { HttpServer } from '../support/http-server.js';

const PAGES: Readonly<Record<string, string>> = {
  '/good': '<title>Good</title><main><h1>Hello 👋</h1></main>',
  '/inline-script': '<title>Inline</title><script>document.title = "ran"</script>',
  '/inline-style': '<title>Inline</title><p style="color: red">Hello</p>',
  '/violating-frame': '<title>Frame</title><iframe src="/inline-script"></iframe>',
  '/elsewhere': '<title>Elsewhere</title><img src="http://shop.example/pixel.png" alt="">',
  '/unlabelled': '<title>Unlabelled</title><main><button></button></main>',
};

describe('The browser of the tests', () => {
  let server: HttpServer;

  beforeEach(async () => {
    server = await HttpServer.start((request, response) => {
      const isStrict = request.url?.startsWith('/inline');
      const policy = isStrict ? "default-src 'none'" : "default-src 'none'; img-src *; frame-src *";
      response.setHeader('Content-Type', 'text/html; charset=utf-8');
      response.setHeader('Content-Security-Policy', policy);
      response.end(`<!doctype html><html lang="en">${PAGES[request.url ?? ''] ?? ''}</html>`);
    });
  });
  afterEach(() => server.stop());
  const browser = TestBrowser.use();

  it('finds nothing wrong with a page that does nothing wrong', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/good`);
    expect(await page.textContent('h1')).toBe('Hello 👋');
    expect(await seriousAccessibilityProblems(page)).toEqual([]);
    expect(browser.problems).toEqual([]);
  });

  it.each([
    ['/inline-script', /console: .*Content Security Policy/],
    ['/inline-style', /console: .*Content Security Policy/],
    ['/violating-frame', /console: .*Content Security Policy/],
    ['/elsewhere', /request to another machine: http:\/\/shop\.example\/pixel\.png/],
  ])('reports what %s does wrong', async (path, problem) => {
    browser.expectProblems(/ERR_NAME_NOT_RESOLVED/);
    const page = await browser.newPage();
    await page.goto(server.origin + path);
    await vi.waitFor(
      () => expect(browser.problems).toEqual([expect.stringMatching(problem)]),
      20_000,
    );
    browser.expectProblems(problem);
  });

  it('reports an error that nobody catches', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/good`);
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('Thrown in the page');
      });
    });
    const problem = expect.stringMatching(/^thrown: Error: Thrown in the page/);
    await vi.waitFor(() => expect(browser.problems).toEqual([problem]), 20_000);
    browser.expectProblems(/Thrown in the page/);
  });

  it('reports a button without a name', async () => {
    const page = await browser.newPage();
    await page.goto(`${server.origin}/unlabelled`);
    const problems = await seriousAccessibilityProblems(page);
    expect(problems).toEqual([expect.stringContaining('button-name')]);
  });
});
