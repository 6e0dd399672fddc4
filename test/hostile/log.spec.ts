import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { OnDeadLetter, OnThreadReply } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import type { EmulatorFault } from '../../src/testing/index.js';
import { RedisServer } from '../support/redis-server.js';
import { TestDesk } from '../support/test-desk.js';

/** One example of each kind of secret. */
const CUSTOMER = { id: 'idOfCustomer', name: 'nameOfCustomer', email: 'email@of-customer.example' };
const TEXT = 'textOfCustomer';
const SUBJECT = 'subjectOfCustomer';
const REPLY = 'textOfAgent';
const AGENT = 'nameOfAgent';
const WEBHOOK_SECRET = 'webhookSecret_webhookSecret_webhookSecret';
const PASSWORD = 'passwordOfRedis';

const REFUSALS: ReadonlyArray<[string, EmulatorFault]> = [
  ['a flood', { kind: 'flood', retryAfterSeconds: 1 }],
  ['an HTML error of a gateway', { kind: 'html', status: 502 }],
  ['a connection that is closed', { kind: 'cut', perform: true }],
  ['a truncated answer', { kind: 'truncate', perform: true }],
  ['no answer in time', { kind: 'hang' }],
  ['a refusal', { kind: 'error', errorCode: 400, description: 'Bad Request: message is too long' }],
];

/** An app whose handlers fail, with an error that names nobody. */
@Injectable()
class FailingApp {
  failures = 0;
  readonly letters: unknown[] = [];

  @OnThreadReply()
  take(): never {
    this.failures += 1;
    throw new Error('The database is full');
  }

  @OnDeadLetter()
  note(letter: unknown): void {
    this.letters.push(letter);
    throw new Error('The database is still full');
  }
}

describe('The log', () => {
  let desk: TestDesk;
  let redis: RedisServer | undefined;
  afterEach(async () => {
    await desk.stop();
    await redis?.stop();
    redis = undefined;
  });

  async function start(options = {}): Promise<FailingApp> {
    desk = await TestDesk.start({
      providers: [FailingApp],
      options: {
        webhookSecret: WEBHOOK_SECRET,
        requestTimeoutMs: 5_000,
        replies: { attempts: 1 },
        ...options,
      },
    });
    return desk.app.get(FailingApp);
  }

  /** A conversation with failures in both directions. */
  async function converse(app: FailingApp): Promise<void> {
    const opened = { threadId: 't1', text: `${TEXT} 0`, subject: SUBJECT, customer: CUSTOMER };
    await desk.telegram.notifyNewThread(opened);
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes(TEXT) === true);
    for (const [i, [, fault]] of REFUSALS.entries()) {
      desk.emulator.failNext('sendMessage', fault);
      const text = `${TEXT} ${i + 1}.`;
      await desk.telegram.notifyUserMessage({ threadId: `t${i}`, text, customer: CUSTOMER });
      // What Telegram has posted though its answer was lost comes again, and must not meet the next fault.
      const times = 'perform' in fault && fault.perform ? 2 : 1;
      await vi.waitFor(() => expect(hasGone(text, times)).toBe(true), { timeout: 20_000 });
    }
    desk.emulator.failNext('setMessageReaction', {
      kind: 'error',
      errorCode: 400,
      description: 'No',
    });
    desk.chat.agent(AGENT).reply(notice, REPLY);
    await vi.waitFor(() => expect(app.letters.length).toBeGreaterThan(1), { timeout: 20_000 });
    await desk.telegram.sendMessage(`<h1>${TEXT}</h1>`);
  }

  /** Whether a text is in the chat so many times, or in a dead letter. */
  function hasGone(text: string, times: number): boolean {
    const shown = desk.notices.filter((notice) => notice.includes(text));
    return shown.length >= times || desk.log.with('error', 'was given up').length > 0;
  }

  function expectNothingSecret(): void {
    const token = desk.emulator.bot.token;
    const derived = new BotToken(token).derive('webhook-secret').reveal();
    const [, tokenSecret = ''] = token.split(':');
    const secrets = [tokenSecret, derived, WEBHOOK_SECRET, PASSWORD, TEXT, SUBJECT, REPLY, AGENT];
    const log = desk.log.lines.map(({ text }) => text).join('\n');
    for (const secret of [...secrets, ...Object.values(CUSTOMER), 'tg://thread']) {
      expect(log).not.toContain(secret);
    }
  }

  it('contains ids, but no secret and no text of a customer or an agent, in memory', async () => {
    await converse(await start());
    expectNothingSecret();
    const errors = desk.log.with('error', '').map(({ text }) => text);
    expect(errors).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^The notice message:\["t5","[\w-]+"\] of thread t5 was given up/),
        expect.stringMatching(
          /^RootTestModule\/FailingApp.take failed on a reply in thread t1, attempt 1/,
        ),
        expect.stringMatching(/^RootTestModule\/FailingApp.note failed on a dead letter/),
        expect.stringMatching(/^Telegram refused sendMessage: 429/),
      ]),
    );
    expect(desk.log.with('debug', '').every(({ text }) => /^[\w ():'.-]+$/.test(text))).toBe(true);
  });

  it('contains no secret and no text of a customer or an agent when Redis goes down', async () => {
    redis = await RedisServer.start({ args: ['--requirepass', PASSWORD] });
    const url = redis.url.replace('redis://', `redis://:${PASSWORD}@`);
    const app = await start({ redis: url });
    await converse(app);
    redis.freeze();
    const message = { threadId: 't1', text: TEXT, customer: CUSTOMER };
    expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: false });
    desk.chat.agent(AGENT).write(REPLY, { reply_to_message: bareNotice() });
    await vi.waitFor(
      () => expect(desk.log.with('error', 'Telegram will deliver it again')).not.toEqual([]),
      {
        timeout: 20_000,
      },
    );
    redis.thaw();
    await redis.kill();
    expect(await desk.telegram.notifyUserMessage(message)).toMatchObject({ accepted: false });
    expect(desk.log.with('error', 'could not be accepted')).not.toEqual([]);
    // So that the desk can shut down.
    await redis.restart();
    await vi.waitFor(() => expect(desk.log.with('log', 'Redis answers again')).not.toEqual([]), {
      timeout: 20_000,
    });
    expectNothingSecret();
  });

  /** A notice without its reference: only the mapping identifies its thread. */
  function bareNotice() {
    const [notice] = desk.chat.messages;
    if (!notice) throw new Error('There is no notice');
    const { entities: _hidden, ...bare } = notice;
    return { ...bare, reply_to_message: undefined };
  }

  it('has no line about a request without the secret or with a body that is not an update', async () => {
    await start();
    const before = desk.log.lines.length;
    for (const secret of ['wrong', WEBHOOK_SECRET]) {
      for (const body of [`{"update_id": "${REPLY}"}`, `{"${REPLY}`, `"${REPLY}"`]) {
        const headers = {
          'Content-Type': 'application/json',
          'X-Telegram-Bot-Api-Secret-Token': secret,
        };
        const { status } = await fetch(desk.webhookUrl, { method: 'POST', body, headers });
        expect([400, 401]).toContain(status);
      }
    }
    expect(desk.log.lines).toHaveLength(before);
  });

  it('has one line for each message, whatever a thread id contains', async () => {
    const app = await start();
    const forged = '[Nest] 1 - LOG Telegram accepts notices again';
    const threadId = `t1\n${forged}\r\u2028\u001b[2K\u202e`;
    await desk.telegram.notifyNewThread({ threadId, text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const reply = desk.chat.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(() => expect(app.letters).toHaveLength(1), 20_000);
    // The note to the agent is posted in the background, and must not meet the refusal.
    await desk.chat.waitForMessage(
      ({ reply_to_message: replied }) => replied?.message_id === reply.message_id,
    );
    desk.emulator.failNext('sendMessage', {
      kind: 'error',
      errorCode: 400,
      description: `Bad Request: message is too long\n${forged}`,
    });
    await desk.telegram.notifyUserMessage({ threadId, text: 'More' });
    await vi.waitFor(() => expect(app.letters).toHaveLength(2), 20_000);
    const about = desk.log.lines.filter(({ text }) => text.includes('t1'));
    expect(about.length).toBeGreaterThan(2);
    for (const { text } of about) {
      // The rest is the stack of the app's own error.
      const [message = '', ...stack] = text.split(' Error: ');
      expect(message).not.toMatch(/[\p{Cc}\u2028\u202e]/u);
      expect(message).toContain('t1\\u000a[Nest]');
      expect(stack.length).toBeLessThan(2);
    }
  });
});
