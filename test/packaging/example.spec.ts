import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { freePort } from '../support/redis-server.js';
import { RunningProgram, run } from '../support/run.js';

describe('The example desk', () => {
  const programs: RunningProgram[] = [];

  beforeAll(async () => {
    await run('npx', ['vite', 'build', '--logLevel', 'warn', 'examples/support-desk']);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(programs.splice(0).map((program) => program.stop('SIGKILL')));
  });

  function start(env: Record<string, string>): RunningProgram {
    const program = new RunningProgram(['examples/support-desk/dist/main.js'], env);
    programs.push(program);
    return program;
  }

  async function post(url: string, body: object): Promise<unknown> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(201);
    return response.json();
  }

  it('plays a conversation both ways on the embedded Telegram, and stays up', async () => {
    const port = String(await freePort());
    const program = start({ PORT: port });
    await vi.waitFor(() => expect(program.output).toContain('to run it for real'), 20_000);
    expect(program.output).toContain(
      [
        'What Alice sees in the app',
        '    Alice: Where is my parcel?',
        '    Ada (support): It left our warehouse today.',
        '    Alice: Thank you!',
      ].join('\n'),
    );
    const appUrl = `http://127.0.0.1:${port}`;
    await post(`${appUrl}/threads`, { customer: 'Bob', subject: 'Hello', text: 'Anybody?' });
    await vi.waitFor(async () => {
      const chat = await (await fetch(`${appUrl}/agent/chat`)).json();
      expect(chat).toContainEqual(expect.stringContaining('Anybody?'));
    });
    await post(`${appUrl}/agent/reply`, { text: 'You are welcome' });
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
      stdout: 'Bundling the example desk\nStarting it\n',
      stderr: `Port ${port} is in use. Choose another one: PORT=${port + 1} npm start\n`,
    });
    other.close();
  });

  it('plays the conversation in a forum topic with MODE=topics', async () => {
    const program = start({ PORT: String(await freePort()), MODE: 'topics' });
    await vi.waitFor(() => expect(program.output).toContain('to run it for real'), 20_000);
    expect(program.output).toContain('The desk posts in the topic "Alice: Late parcel"');
    expect(program.output).toMatch(/Ada writes in the topic\n +It left our warehouse today\./);
    expect(program.output).toContain('    Ada (support): It left our warehouse today.');
    await program.stop('SIGINT');
  });

  it('runs with a bot of its own and Redis, as in production', async () => {
    const port = String(await freePort());
    const appUrl = `http://127.0.0.1:${port}`;
    const emulator = await BotApiEmulator.start({ bots: [ownBot()] });
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
    const thread = Object(
      await post(`${appUrl}/threads`, { customer: 'Bob', subject: 'Hello', text: 'Anybody?' }),
    );
    const notice = await chat.waitForMessage(({ text }) => text?.includes('Anybody?') === true);
    await emulator.waitForCall(({ method, status }) => method === 'setWebhook' && status === 200);
    const reply = chat.agent('Ada').reply(notice, 'Yes!');
    // With Redis, Telegram has its answer before the app has the reply.
    expect(await chat.waitForReaction(reply.message_id, 10_000)).toEqual(['👍']);
    const answered = await (await fetch(`${appUrl}/threads/${thread.id}`)).json();
    expect(answered).toMatchObject({
      entries: [{ author: 'Bob' }, { author: 'Ada (support)', text: 'Yes!' }],
    });
    expect(program.output).not.toContain(emulator.bot.token.split(':')[1]);
    await emulator.stop();
  });
});
