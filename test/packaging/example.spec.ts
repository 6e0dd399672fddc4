import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { freePort } from '../support/redis-server.js';
import { RunningProgram, run } from '../support/run.js';

describe('The example desk', () => {
  const programs: RunningProgram[] = [];

  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop('SIGKILL')));
  });

  function start(env: Record<string, string>): RunningProgram {
    const program = new RunningProgram(['examples/support-desk/dist/main.js'], env);
    programs.push(program);
    return program;
  }

  async function send(url: string, text: string): Promise<{ thread: { id: string } }> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Support-Chat': '1' },
      body: JSON.stringify({ clientId: randomUUID(), text }),
    });
    expect(response.status).toBe(201);
    return JSON.parse(await response.text());
  }

  it('plays a conversation both ways on the embedded Telegram, and stays up', async () => {
    const port = String(await freePort());
    const program = start({ PORT: port });
    await vi.waitFor(() => expect(program.output).toContain('to go on with'), 20_000);
    expect(program.output).toContain(
      [
        'What Alice sees in the chat',
        '    Alice: Where is my parcel?',
        '    Ada: It left our warehouse today.',
        '    Alice: Thank you!',
      ].join('\n'),
    );
    expect(program.output).toContain(`Open http://localhost:${port}/ `);
    expect(program.isRunning).toBe(true);
    await program.stop('SIGINT');
    expect(program.output).toMatch(/\nClosing the support desk\.\n$/);
  });

  it('says how to use another port when its port is in use, and ends', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = Object(other.address());
    const starting = run('sh', ['-c', `PORT=${port} npm start --silent`]);
    const { cause } = Object(await starting.catch((error: unknown) => error));
    expect(cause).toMatchObject({
      code: 1,
      stdout: 'Starting the example.\n',
      stderr: `Port ${port} is in use. Choose another one: PORT=${port + 1} npm start\n`,
    });
    other.close();
  });

  it('plays the conversation in a forum topic with MODE=topics', async () => {
    const program = start({ PORT: String(await freePort()), MODE: 'topics' });
    await vi.waitFor(() => expect(program.output).toContain('to go on with'), 20_000);
    expect(program.output).toMatch(/The desk posts in the topic "Alice\b/);
    expect(program.output).toMatch(/Ada writes in the topic\n +It left our warehouse today\./);
    expect(program.output).toContain('    Ada: It left our warehouse today.');
    await program.stop('SIGINT');
  });

  it('runs with a bot of its own and Redis, as in production', async () => {
    const port = String(await freePort());
    const appUrl = `http://127.0.0.1:${port}`;
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000, bots: [ownBot()] });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const program = start({
      PORT: port,
      REDIS_URL: inject('redisUrl'),
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(chat.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_WEBHOOK_URL: appUrl,
    });
    await vi.waitFor(() => expect(program.output).toContain('runs with your bot'), 20_000);
    const threads = `${appUrl}/support/threads`;
    const { thread } = await send(threads, 'Anybody?');
    const notice = await chat.waitForMessage(({ text }) => text?.includes('Anybody?') === true);
    await emulator.waitForCall(({ method, status }) => method === 'setWebhook' && status === 200);
    const reply = chat.agent('Ada').reply(notice, 'Yes!');
    // With Redis, Telegram has its answer before the app has the reply.
    expect(await chat.waitForReaction(reply.message_id)).toEqual(['👍']);
    const answered = await (await fetch(`${threads}/${thread.id}/messages`)).json();
    expect(answered).toMatchObject({
      messages: [{ author: { name: 'Alice' } }, { author: { name: 'Ada' }, text: 'Yes!' }],
    });
    const page = await (await fetch(appUrl)).text();
    expect(page).toContain('/shop.html');
    expect(page).not.toContain('/desk');
    expect(program.output).not.toContain(emulator.bot.token.split(':')[1]);
    await emulator.stop();
  });
});
