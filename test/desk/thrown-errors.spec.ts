import { BadRequestException, Injectable } from '@nestjs/common';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { type DeadLetter, OnDeadLetter, OnThreadReply } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk } from '../support/test-desk.js';

const FORMER = 'formerSecret_formerSecret_formerSecret';
const CURRENT = 'currentSecret_currentSecret_currentSecret';

/** Throws what the test says. */
@Injectable()
class Shop {
  thrown: (token: string) => unknown = () => undefined;
  token = '';
  readonly letters: DeadLetter[] = [];

  @OnThreadReply()
  take(): Promise<void> {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- JavaScript lets code throw anything.
    return Promise.reject(this.thrown(this.token));
  }

  @OnDeadLetter()
  hear(letter: DeadLetter): Promise<void> {
    this.letters.push(letter);
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- The same.
    return Promise.reject(this.thrown(this.token));
  }
}

interface Seen {
  /** The notice to the agent, with how Telegram parsed it. */
  readonly notice: string;
  readonly entities: readonly string[];
  readonly reason: string;
  readonly log: string;
}

describe('What a handler throws', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function see(
    thrown: (token: string) => unknown,
    { exposeErrors, redis }: { exposeErrors?: boolean; redis?: string } = {},
  ): Promise<Seen> {
    desk = await TestDesk.start({
      providers: [Shop],
      emulator: { bots: [ownBot()] },
      options: {
        webhookSecret: [CURRENT, FORMER],
        replies: { attempts: 1, ...(exposeErrors !== undefined && { exposeErrors }) },
        ...(redis && { redis }),
      },
    });
    const shop = desk.app.get(Shop);
    shop.thrown = thrown;
    shop.token = desk.emulator.bot.token;
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const first = await desk.chat.waitForMessage(() => true);
    const reply = desk.chat.agent('Ada').reply(first, 'Hello');
    const message = await desk.chat.waitForMessage(
      ({ reply_to_message: about }) => about?.message_id === reply.message_id,
    );
    await vi.waitFor(
      () => expect(desk.log.with('error', 'Shop.hear failed')).toHaveLength(1),
      20_000,
    );
    // Those who hear of it do so before it is stored.
    const letters = () => desk.telegram.deadLetters.list();
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), 20_000);
    const [letter] = await letters();
    expect(shop.letters).toMatchObject([{ reason: letter?.reason }]);
    return {
      notice: message.text ?? '',
      entities: (message.entities ?? []).map(({ type }) => type),
      reason: letter?.reason ?? '',
      log: desk.log.lines.map(({ text }) => text).join('\n'),
    };
  }

  class SilentError extends Error {}
  class Unreadable {
    get message(): string {
      throw new Error('no message');
    }
  }
  const circular: Record<string, unknown> = { code: 5 };
  circular['self'] = circular;

  it.each<[string, () => unknown, string]>([
    ['an error', () => new Error('The shop is closed'), 'The shop is closed'],
    ['a text', () => 'The shop is closed', 'The shop is closed'],
    [
      'an object with a message',
      () => ({ message: 'The shop is closed', code: 7 }),
      'The shop is closed',
    ],
    [
      'an AggregateError with words of its own',
      () => new AggregateError([new Error('one')], 'All shops are closed'),
      'All shops are closed',
    ],
    [
      'an AggregateError without words',
      () => new AggregateError([new Error('The shop is closed'), { message: 'So is the other' }]),
      'The shop is closed; So is the other',
    ],
    [
      'an error with a list of messages',
      () => ({ message: ['name is empty', 'text is empty'] }),
      'name is empty; text is empty',
    ],
    [
      'an exception of Nest',
      () => new BadRequestException({ message: 'No stock', stock: 0 }),
      'No stock',
    ],
    ['an error without words', () => new SilentError(''), 'Error'],
    ['an object without words', () => new Unreadable(), 'Unreadable'],
    ['a class instead of an error', () => BadRequestException, 'BadRequestException'],
    ['a number', () => 404, '404'],
    ['nothing', () => undefined, 'no reason was given'],
    ['null', () => null, 'no reason was given'],
    ['an object in a circle', () => circular, 'no reason was given'],
  ])('is shown to the agent when it is %s', async (_name, thrown, words) => {
    const { notice, reason, log } = await see(thrown);
    expect(notice).toContain(`did not reach the customer: ${words}\n`);
    expect(reason).toBe(words);
    expect(log).toContain(
      `A reply in thread t1 became a dead letter, and its agent is notified: ${words}`,
    );
    expect(log + notice).not.toContain('[object Object]');
  });

  it('is shown by its message alone', async () => {
    const config = {
      headers: { authorization: 'Bearer ofTheApp' },
      url: 'https://api.example.com',
    };
    const { notice, reason, log } = await see(() =>
      Object.assign(new Error('Request failed with status code 500', { cause: new Error('why') }), {
        config,
        response: { data: 'customerData' },
      }),
    );
    expect(reason).toBe('Request failed with status code 500');
    for (const secret of [
      'ofTheApp',
      'api.example.com',
      'customerData',
      'why',
      'thrown-errors.spec',
    ]) {
      expect(notice + reason).not.toContain(secret);
    }
    expect(log).not.toContain('ofTheApp');
    // Where it was thrown is for the log.
    expect(log).toContain('thrown-errors.spec');
  });

  it('is hidden from the agent with exposeErrors: false, and kept in the log and the dead letter', async () => {
    const { notice, reason, log } = await see(() => new Error('The shop is closed'), {
      exposeErrors: false,
    });
    expect(notice).toContain('did not reach the customer: the app could not process it\n');
    expect(notice).not.toContain('shop');
    expect(reason).toBe('The shop is closed');
    expect(log).toContain('The shop is closed');
  });

  it('is shortened when it is long', async () => {
    const { notice, reason, log } = await see(() => new Error('closed '.repeat(100_000)));
    expect(notice.length).toBeLessThan(400);
    expect(notice).toContain('closed closed');
    expect(reason.length).toBeLessThanOrEqual(500);
    expect(log.length).toBeLessThan(20_000);
  });

  it('is made harmless in the chat and in the log when it holds control characters or mentions', async () => {
    const forged = '\n[Nest] 1 - LOG all is well\r\n    at forged (/app/x.js:1:1)';
    const { notice, entities, reason, log } = await see(
      () =>
        new Error(`@everyone /start tg://user?id=1 <b>bold</b> \u202eright\u0000\u200b${forged}`),
    );
    // The hidden reference to the thread.
    expect(entities).toEqual(['text_link']);
    expect(notice).toContain('<b>bold</b>');
    for (const text of [notice.replace(/^\u200b|\n(?=Press Retry)/gu, ''), reason]) {
      expect(text).not.toMatch(/[\p{Cc}\u200b\u202e]|@everyone|\/start|tg:\/\//u);
    }
    expect(log).not.toMatch(/\p{Cs}|\0|\u202e|^\[Nest\]|^ +at forged/mu);
  });

  describe.each(['memory', 'Redis'])('with dead letters in %s,', (place) => {
    it.each<[string, (token: string) => unknown]>([
      ['an error', (text) => new Error(text)],
      ['a text', (text) => text],
      ['an object', (message) => ({ message, url: message })],
      ['an AggregateError', (text) => new AggregateError([new Error(text)])],
      ['an error that has a cause', (text) => new Error(text, { cause: new Error(text) })],
      ['an error whose name says it', (text) => Object.assign(new Error(''), { name: text })],
      [
        'an error whose stack says it',
        (text) => Object.assign(new Error('no'), { stack: `Error: no\n    at get (${text})` }),
      ],
    ])('shows no secret in %s', async (_name, thrown) => {
      const derived = (token: string) => new BotToken(token).derive('thread-reference').reveal();
      const { notice, reason, log } = await see(
        (token) =>
          thrown(
            [
              `https://api.telegram.org/file/bot${token}/photos/file_1.jpg`,
              encodeURIComponent(token),
              encodeURIComponent(token).replace('%3A', '%3a'),
              `GET /bot${token.slice(0, 24)}… failed`,
              `${token.slice(0, -3)}\u200b${token.slice(-3)}`,
              `redis://app:pass-word@10.0.0.1:6379/0 postgres://u:p@ss/w@db`,
              `${CURRENT} ${FORMER} ${derived(token)}`,
            ].join(' '),
          ),
        place === 'Redis' ? { redis: inject('redisUrl') } : {},
      );
      const { token } = desk.emulator.bot;
      const [, secretPart = ''] = token.split(':');
      const secrets = [secretPart, 'pass-word', 'p@ss', 'ss/w', CURRENT, FORMER, derived(token)];
      for (const secret of secrets) expect(notice + reason + log).not.toContain(secret);
      expect(notice + reason + log).not.toContain(token.slice(0, 20));
    });
  });
});
