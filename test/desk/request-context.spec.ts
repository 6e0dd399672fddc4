import { AsyncLocalStorage } from 'node:async_hooks';
import { Body, Controller, Headers, Injectable, Post, type INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import {
  html,
  OnDeadLetter,
  OnThreadReply,
  TelegramModule,
  TelegramService,
  type ThreadReply,
  UserMessage,
  type UserMessageNotice,
} from '../../src/index.js';
import { TelegramTestDesk } from '../../src/testing/index.js';
import { adapterNames, createApp } from '../support/http-adapters.js';
import { LogCapture } from '../support/log-capture.js';
import { ownBot } from '../support/own-bot.js';

/** Whose request it is, as an app with several tenants knows it. */
const requests = new AsyncLocalStorage<{ readonly tenant: string }>();

/** What of the app was called, and whose request it saw. */
const seen: Array<readonly [what: string, tenant: string]> = [];

function note(what: string): void {
  seen.push([what, requests.getStore()?.tenant ?? 'none']);
}

@Injectable()
class Replies {
  @OnThreadReply()
  take({ text }: ThreadReply): void {
    note(`handler: ${text}`);
    if (text === 'bad') throw new Error('It is bad');
  }

  @OnDeadLetter()
  mourn(): void {
    note('dead letter');
  }
}

@Controller()
class Customers {
  readonly #telegram: TelegramService;

  constructor(telegram: TelegramService) {
    this.#telegram = telegram;
  }

  @Post('messages')
  async write(
    @Body() { threadId, text }: UserMessage,
    @Headers('tenant') tenant: string,
  ): Promise<string> {
    await this.#telegram.notifyUserMessage({ threadId, text: `${tenant}: ${text}` });
    return requests.getStore()?.tenant ?? 'none';
  }

  @Post('retries')
  async retry(): Promise<string> {
    const [letter] = await this.#telegram.deadLetters.list();
    if (letter) await this.#telegram.deadLetters.retry(letter.id);
    return requests.getStore()?.tenant ?? 'none';
  }
}

const stores = ['memory', 'Redis'] as const;
const cases = stores.flatMap((store) => adapterNames.map((adapter) => ({ store, adapter })));

describe.each(cases)('With $store, on $adapter, the context of a request', ({ store, adapter }) => {
  let desk: TelegramTestDesk;
  let app: INestApplication;

  const start = async (): Promise<void> => {
    seen.splice(0);
    desk = await TelegramTestDesk.start({
      emulator: { bots: [ownBot()] },
      options: store === 'Redis' ? { redis: inject('redisUrl') } : {},
    });
    const testing = await Test.createTestingModule({
      imports: [
        TelegramModule.forRoot({
          replies: { attempts: 2 },
          templates: {
            userMessage: ({ text }: UserMessageNotice) => {
              note('template');
              return html`${text}`;
            },
          },
        }),
        desk.module,
      ],
      controllers: [Customers],
      providers: [Replies],
    })
      .setLogger(new LogCapture())
      .compile();
    app = createApp(testing, adapter);
    app.use((request: { headers: Record<string, string> }, _response: unknown, next: () => void) =>
      requests.run({ tenant: request.headers['tenant'] ?? 'webhook' }, next),
    );
    await desk.connect(app);
  };
  afterEach(() => desk.stop());

  const post = async (path: string, tenant: string, body: object = {}): Promise<string> => {
    const response = await fetch(`${await app.getUrl()}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', tenant },
      body: JSON.stringify(body),
    });
    return response.text();
  };
  const times = (what: string) => seen.filter(([name]) => name === what).length;
  const soon = (isThere: () => void | Promise<void>) => vi.waitFor(isThere, { timeout: 20_000 });

  it('reaches no handler, no template and no other request', async () => {
    await start();
    const tenants = ['a', 'b', 'c', 'd'];
    const answers = tenants.map((tenant) =>
      post('messages', tenant, { threadId: `thread of ${tenant}`, text: 'Hello' }),
    );
    expect(await Promise.all(answers)).toEqual(tenants);
    const notice = await desk.chat.waitForMessage(
      ({ text }) => text?.includes('a: Hello') === true,
    );
    const ada = desk.chat.agent('Ada');
    ada.reply(notice, 'good');
    ada.reply(notice, 'bad');
    await soon(() => expect(times('dead letter')).toBe(1));
    // Those who hear of it do so before it is stored.
    const { deadLetters } = app.get(TelegramService);
    await soon(async () => expect(await deadLetters.list()).toHaveLength(1));
    expect(await post('retries', 'e')).toBe('e');
    await soon(() => expect(times('dead letter')).toBe(2));
    expect(times('handler: bad')).toBe(4);
    await soon(() => expect(times('template')).toBeGreaterThanOrEqual(tenants.length));
    expect(seen.filter(([, tenant]) => tenant !== 'none')).toEqual([]);
  }, 60_000);
});
