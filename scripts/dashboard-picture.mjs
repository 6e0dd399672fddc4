// `npm run screenshots`: writes docs/images/dashboard.png. Grafana does not draw it: this script draws the panels of
// docs/grafana/telegram-support.json, each with the answers of a real Prometheus that has scraped a desk with an emulated Telegram.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { drawPanel, pageOf } from './dashboard-panels.mjs';
import { MeasuredDesk } from './measured-desk.mjs';
import { PictureBrowser, pathOf } from './picture-browser.mjs';
import { Prometheus } from './prometheus-server.mjs';

/** How long the desk is measured, and of how much time a point of a curve is the average. */
const SECONDS = Number(process.env.DASHBOARD_SECONDS ?? 180);
const RATE_SECONDS = 15;
const STEP_SECONDS = 3;

const VIEWPORT = { width: 1058, height: 800 };

const file = fileURLToPath(new URL('../docs/grafana/telegram-support.json', import.meta.url));
const dashboard = JSON.parse(await readFile(file, 'utf8'));
const desk = await MeasuredDesk.start();
const prometheus = await Prometheus.start(desk.metricsPort);
try {
  const fromSeconds = Date.now() / 1000;
  await desk.play(SECONDS);
  const range = { from: fromSeconds, to: Date.now() / 1000, step: STEP_SECONDS };
  const panels = await Promise.all(dashboard.panels.map((panel) => answered(panel, range)));
  await take(pageOf(dashboard, panels.map((panel) => drawPanel(panel, range)).join('')));
} finally {
  await prometheus.stop();
  await desk.stop();
}

/** A panel with the series that its queries find. */
async function answered(panel, range) {
  const answers = await Promise.all(
    panel.targets.map(async ({ expr, instant, legendFormat }) => {
      const query = filled(expr);
      const found = await (instant ? prometheus.at(query, range.to) : prometheus.in(query, range));
      return found.map((series) => ({ ...series, name: nameOf(series.metric, legendFormat) }));
    }),
  );
  return { ...panel, series: answers.flat() };
}

/** What Grafana puts in place of its variables. */
function filled(query) {
  return query
    .replaceAll('$__rate_interval', `${RATE_SECONDS}s`)
    .replaceAll('$__range', `${SECONDS}s`)
    .replaceAll(/\$(bot|desk)\b/g, '.*');
}

function nameOf(metric, legend) {
  return legend.replaceAll(/\{\{(\w+)\}\}/g, (_all, label) => metric[label] ?? '').trim();
}

async function take(html) {
  const browser = await PictureBrowser.launch();
  try {
    const page = await browser.open('about:blank', new Date(), {
      viewport: VIEWPORT,
      colorScheme: 'dark',
    });
    await page.setContent(html);
    await page.screenshot({ path: pathOf('dashboard'), fullPage: true });
  } finally {
    await browser.close();
  }
}
