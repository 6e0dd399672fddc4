import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../free-port.mjs';

/** The machine may be busy. */
const WAIT_MS = 60_000;

/**
 * Starts the built app, has a conversation both ways through a Telegram of its own, and asks its health check.
 *
 * @throws When anything of that does not happen, with what the app wrote.
 */
export async function converse({ folder, main, env, redisUrl }) {
  const { BotApiEmulator } = await import('telegram-bot-api-emulator');
  const emulator = await BotApiEmulator.start();
  const chat = emulator.createSupergroup({ title: 'Support' });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const app = spawn('node', [main], {
    cwd: folder,
    env: {
      ...env,
      PORT: String(port),
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_WEBHOOK_URL: url,
      ...(redisUrl && { REDIS_URL: redisUrl }),
    },
  });
  const exited = once(app, 'exit');
  let output = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk) => (output += chunk));
  try {
    await until(async () => (await fetch(url)).ok, app);
    await emulator.waitForCall(
      ({ method, status }) => method === 'setWebhook' && status === 200,
      WAIT_MS,
    );
    const order = `${url}/orders/42`;
    const headers = { 'Content-Type': 'application/json' };
    const body = JSON.stringify({ text: 'Where is my parcel?' });
    await fetch(order, { method: 'POST', headers, body });
    const notice = await chat.waitForMessage(
      ({ text }) => text?.includes('parcel') === true,
      WAIT_MS,
    );
    chat.agent('Ada').reply(notice, 'On its way');
    await until(async () => (await (await fetch(order)).text()) === '["On its way"]', app);
    const health = await fetch(`${url}/ready`);
    const { details } = await health.json();
    if (details.telegram.status !== 'up') throw new Error(`health: ${JSON.stringify(details)}`);
    emulator.assertConformant();
  } catch (error) {
    throw Object.assign(new Error(`run: ${error.message}`), { output });
  } finally {
    app.kill('SIGKILL');
    await exited;
    await emulator.stop();
  }
}

async function until(isTrue, app) {
  const endsAt = performance.now() + WAIT_MS;
  for (;;) {
    if (app.exitCode !== null) throw new Error('the app has ended');
    if (await isTrue().catch(() => false)) return;
    if (performance.now() > endsAt) throw new Error('the app did not answer as it should');
    await delay(100);
  }
}
