// `npm run screenshots`: writes the pictures of the documentation to docs/images, of the conversation that the example plays.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PictureBrowser, pathOf } from './picture-browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const PORT = '3999';
const CLOCK = './scripts/clock-of-pictures.mjs';

/** A minute after what the example plays by itself. */
const NOW = new Date('2026-01-15T10:25:00Z');

const browser = await PictureBrowser.launch();
try {
  await withExample(takeConversation);
} finally {
  await browser.close();
}

/** Both sides, light and dark, and the widget on a phone. */
async function takeConversation(url, passMinute) {
  const page = await browser.open(url, NOW, { viewport: { width: 1280, height: 760 } });
  const telegram = page.frameLocator('iframe').last();
  const card = telegram.getByRole('article').first();
  await card.getByText('edited').waitFor();
  passMinute();
  await page.reload();
  await page.frameLocator('iframe').first().getByText('Thank you!').waitFor();
  await telegram.getByRole('article').nth(2).waitFor();
  await card.getByText('1 minute ago').waitFor();
  await page.screenshot({ path: pathOf('conversation-light'), animations: 'disabled' });
  await card.screenshot({ path: pathOf('card'), animations: 'disabled' });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: pathOf('conversation-dark'), animations: 'disabled' });
  await page.close();

  const phone = await browser.open(`${url}shop.html`, NOW, {
    viewport: { width: 390, height: 600 },
  });
  await phone.getByText('Thank you!').waitFor();
  await phone.screenshot({ path: pathOf('widget-phone'), animations: 'disabled' });
  await phone.close();
}

/** Runs the example while the pictures are taken. */
async function withExample(take) {
  const args = ['--import', CLOCK, 'examples/support-desk/start.mjs'];
  const example = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, PORT },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(example, 'exit');
  try {
    for await (const line of createInterface({ input: example.stdout })) {
      if (line.startsWith('Open http')) break;
    }
    await take(`http://localhost:${PORT}/`, () => example.send('a minute passes'));
  } finally {
    example.kill('SIGKILL');
    await exited;
  }
}
