// `npm run screenshots`: writes the pictures of the documentation to docs/images that show what agents see at a desk.
import { PictureBrowser, pathOf } from './picture-browser.mjs';
import { PicturedDesk } from './pictured-desk.mjs';
import { SCENES } from './scenes-of-desks.mjs';

const VIEWPORT = { width: 640, height: 1400 };
const MARGIN_PX = 10;

/** From the top, and on one color, of which a picture has fewer bytes than of a gradient. */
const STYLE = `
  .conversation { background: var(--chat-to) !important; }
  .messages::before { margin: 0 !important; }
  .unread-line, .is-left-out { display: none !important; }
`;

const wanted = process.argv.slice(2);
const browser = await PictureBrowser.launch();
try {
  for (const [name, scene] of Object.entries(SCENES)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    await takeScene(name, scene);
    console.log(name);
  }
} finally {
  await browser.close();
}

async function takeScene(name, { play, language = 'en-GB', ...setUp }) {
  const desk = await PicturedDesk.start(setUp);
  try {
    const { as, last, withHeader = false } = await play(desk);
    await desk.settle();
    const key = String(desk.chat.id);
    const actors = JSON.stringify([[key, JSON.stringify({ person: as.user.id })]]);
    const page = await browser.open(
      desk.pageUrl,
      new Date(desk.now),
      { locale: language, viewport: VIEWPORT, bypassCSP: true },
      { 'telegram-bot-api-emulator.actors': actors },
    );
    await page
      .getByRole('article')
      .nth(last - 1)
      .waitFor();
    await page.addStyleTag({ content: STYLE });
    const clip = await page.evaluate(areaOf, { last, withHeader, margin: MARGIN_PX });
    await page.screenshot({ path: pathOf(name), clip, animations: 'disabled' });
    await page.context().close();
  } finally {
    await desk.stop();
  }
}

/** In the page: leaves out all but the last messages, and finds where these are. */
async function areaOf({ last, withHeader, margin }) {
  await document.fonts.ready;
  const rows = [...document.querySelector('.messages').children];
  const first = [...document.querySelectorAll('.message')].at(-last);
  for (const row of rows.slice(0, rows.indexOf(first))) row.classList.add('is-left-out');
  const top = withHeader ? 0 : first.getBoundingClientRect().top - margin;
  const bottom = rows.at(-1).getBoundingClientRect().bottom + margin;
  return { x: 0, y: top, width: innerWidth, height: bottom - top };
}
