import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { html } from '../../src/index.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

const PASSWORD = 'pass word/of@redis';
const WEBHOOK_SECRET = 'webhookSecret_webhookSecret_webhookSecret';

describe('The log', () => {
  let desk: TestDesk;
  let server: Server | undefined;
  afterEach(async () => {
    await desk.stop();
    server?.close();
    server = undefined;
  });

  async function start(options: TestDeskOptions['options']): Promise<void> {
    desk = await TestDesk.start({
      options: { webhookSecret: WEBHOOK_SECRET, requestTimeoutMs: 1_000, ...options },
    });
  }

  function log(): string {
    return desk.log.lines.map(({ text }) => text).join('\n');
  }

  /** A server that knows no command and repeats its arguments in the error, as Redis does. */
  async function ignorantRedis(): Promise<number> {
    const repeated = `'${PASSWORD}' 'redis://:${encodeURIComponent(PASSWORD)}@h' '${WEBHOOK_SECRET}'`;
    const listening = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const { length } = chunk.toString().match(/^\*\d+/gm) ?? [];
        const answer = `-ERR unknown command 'auth', with args beginning with: ${repeated}\r\n`;
        socket.write(answer.repeat(length));
      });
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- It listens at a port.
    return (listening.address() as AddressInfo).port;
  }

  it('contains no password when Redis repeats it in an error', async () => {
    const port = await ignorantRedis();
    await start({ redis: { host: '127.0.0.1', port, password: PASSWORD } });
    const message = { threadId: 't1', text: 'Help' };
    expect(await desk.telegram.notifyNewThread(message)).toMatchObject({ accepted: false });
    await desk.telegram.sendMessage('Hello');
    await vi.waitFor(() => expect(log()).toContain('unknown command'), 20_000);
    for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), WEBHOOK_SECRET]) {
      expect(log()).not.toContain(secret);
    }
  });

  it('contains no secret when Telegram repeats it in any answer', async () => {
    await start({});
    const { token } = desk.emulator.bot;
    const secrets = [token, encodeURIComponent(token), WEBHOOK_SECRET, 'https://u:pw-of-url@h'];
    const description = `Bad Request: message is too long ${secrets.join(' ')}\nforged\u202e`;
    const refused = { kind: 'error', errorCode: 400, description } as const;
    const before = desk.log.lines.length;
    for (const method of [
      'setWebhook',
      'getWebhookInfo',
      'deleteWebhook',
      'sendMessage',
    ] as const) {
      desk.emulator.failNext(method, refused);
    }
    await desk.telegram.registerWebhook(desk.webhookUrl);
    await desk.telegram.getWebhookInfo();
    await desk.telegram.unregisterWebhook();
    await desk.telegram.registerWebhook(`${desk.webhookUrl}?again`);
    await desk.telegram.sendMessage('Hello');
    desk.emulator.failNext('sendMessage', refused);
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    await vi.waitFor(
      async () => expect(await desk.telegram.deadLetters.list()).toHaveLength(1),
      20_000,
    );
    const [letter] = await desk.telegram.deadLetters.list();
    const shown = `${desk.log.lines
      .slice(before)
      .map(({ text }) => text)
      .join('\n')}${letter?.reason}`;
    expect(shown.match(/\[secret\]/g)?.length).toBeGreaterThan(6);
    for (const secret of [...secrets, token.split(':')[1], 'pw-of-url']) {
      expect(shown).not.toContain(secret);
    }
    expect(letter?.reason).not.toMatch(/[\n\u202e]/);
    expect(shown).not.toMatch(/^forged/m);
  });

  it('contains no secret when a template throws it', async () => {
    let token = '';
    const userMessage = (): never => {
      throw new Error(`https://api.telegram.org/bot${token}/x ${WEBHOOK_SECRET}`);
    };
    await start({ templates: { userMessage, newThread: ({ text }) => html`${text}` } });
    ({ token } = desk.emulator.bot);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    await desk.chat.waitForMessage(() => true);
    expect(log()).toContain('The template "userMessage" cannot be used');
    expect(log()).not.toContain(token.split(':')[1]);
    expect(log()).not.toContain(WEBHOOK_SECRET);
  });
});
