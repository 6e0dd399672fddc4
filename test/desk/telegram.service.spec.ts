import { afterEach, describe, expect, it, vi } from 'vitest';
import { BotApiError, TelegramArgumentError, type NewThread } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { VirtualClock } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';

/** What the desk's handlers take. */
const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'channel_post',
  'message_reaction',
  'callback_query',
  'my_chat_member',
] as const;

describe('TelegramService', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  describe('sendMessage', () => {
    it('posts HTML in the admin chat and returns the id of the message', async () => {
      desk = await TestDesk.start();
      const messageId = await desk.telegram.sendMessage('<b>Hello</b> there');
      expect(desk.chat.messages).toMatchObject([
        { message_id: messageId, text: 'Hello there', entities: [{ type: 'bold', length: 5 }] },
      ]);
      expect(desk.emulator.callsOf('sendMessage')[0]?.params).toEqual({
        chat_id: desk.chat.id,
        text: '<b>Hello</b> there',
        parse_mode: 'HTML',
      });
    });

    it('replies to a message of the chat', async () => {
      desk = await TestDesk.start();
      const first = await desk.telegram.sendMessage('one');
      await desk.telegram.sendMessage('two', { replyToMessageId: first ?? 0 });
      expect(desk.emulator.callsOf('sendMessage')[1]?.params).toMatchObject({
        reply_parameters: { message_id: first },
      });
      expect(desk.chat.messages[1]?.reply_to_message?.message_id).toBe(first);
    });

    it('posts in a topic', async () => {
      desk = await TestDesk.start();
      await desk.telegram.sendMessage('one', { messageThreadId: 12 });
      expect(desk.emulator.callsOf('sendMessage')[0]?.params).toMatchObject({
        message_thread_id: 12,
      });
    });

    it.each([
      ['Telegram refuses it', '<b>not closed', "Can't find end tag"],
      ['it is empty', '', 'message text is empty'],
    ])('returns null and says why when %s', async (_name, text, reason) => {
      desk = await TestDesk.start();
      expect(await desk.telegram.sendMessage(text)).toBeNull();
      expect(desk.log.with('error', reason)).toHaveLength(1);
    });

    it('does not throw, whatever it is passed', async () => {
      desk = await TestDesk.start();
      const call: unknown = Reflect.apply(desk.telegram['sendMessage'], desk.telegram, ['x', null]);
      expect(await call).toBe(1);
      const odd: unknown = Reflect.apply(desk.telegram['sendMessage'], desk.telegram, [1n]);
      expect(await odd).toBeNull();
    });

    it('returns null when Telegram cannot be reached', async () => {
      desk = await TestDesk.start();
      desk.emulator.failNext('sendMessage', { kind: 'cut', perform: false });
      expect(await desk.telegram.sendMessage('Hello')).toBeNull();
    });
  });

  describe('registerWebhook', () => {
    const url = 'https://app.example.com/telegram/webhook';

    it('registers the URL, the secret and the kinds of update it wants', async () => {
      desk = await TestDesk.start({ webhook: false });
      const secret = new BotToken(desk.emulator.bot.token).derive('webhook-secret').reveal();
      expect(await desk.telegram.registerWebhook(url)).toBe(true);
      expect(desk.emulator.callsOf('setWebhook').map(({ params }) => params)).toEqual([
        { url, secret_token: secret, allowed_updates: ALLOWED_UPDATES },
      ]);
      expect(await desk.telegram.api.call('getWebhookInfo')).toMatchObject({
        url,
        allowed_updates: ALLOWED_UPDATES,
      });
    });

    it('registers the secret of the options', async () => {
      desk = await TestDesk.start({ webhook: false, options: { webhookSecret: 'my-secret' } });
      await desk.telegram.registerWebhook(url);
      expect(desk.emulator.callsOf('setWebhook')[0]?.params).toMatchObject({
        secret_token: 'my-secret',
      });
    });

    it('changes nothing when all is right already', async () => {
      desk = await TestDesk.start({ webhook: false });
      expect(await desk.telegram.registerWebhook(url)).toBe(true);
      expect(await desk.telegram.registerWebhook(url)).toBe(true);
      expect(desk.emulator.callsOf('setWebhook')).toHaveLength(1);
    });

    it('registers again when the URL or the kinds of update are others', async () => {
      const clock = new VirtualClock();
      desk = await TestDesk.start({ webhook: false, clock });
      await desk.telegram.api.call('setWebhook', { url, allowed_updates: ['callback_query'] });
      const other = 'https://other.example.com/telegram/webhook';
      for (const wanted of [url, other]) {
        // Telegram takes one setWebhook a second.
        clock.advance(1_000);
        expect(await desk.telegram.registerWebhook(wanted)).toBe(true);
      }
      expect(await desk.telegram.api.call('getWebhookInfo')).toMatchObject({
        url: other,
        allowed_updates: ALLOWED_UPDATES,
      });
    });

    it('registers again when Telegram has another secret', async () => {
      const clock = new VirtualClock();
      desk = await TestDesk.start({ webhook: false, clock });
      const { api } = desk.telegram;
      const wrong = {
        url: desk.webhookUrl,
        secret_token: 'x',
        allowed_updates: ALLOWED_UPDATES,
      };
      await api.call('setWebhook', wrong);
      desk.chat.agent('Ada').write('Anyone?');
      await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(401), 20_000);
      // Telegram takes one setWebhook a second.
      clock.advance(1_000);
      expect(await desk.telegram.registerWebhook(desk.webhookUrl)).toBe(true);
      await desk.emulator.idle();
      expect(desk.emulator.deliveries.at(-1)?.status).toBe(200);
    });

    it('says what came of the last delivery when that was not taken', async () => {
      desk = await TestDesk.start({ webhook: false });
      await desk.telegram.registerWebhook(`${desk.origin}/nowhere`);
      desk.chat.agent('Ada').write('Anyone?');
      await vi.waitFor(() => expect(desk.emulator.deliveries[0]?.status).toBe(404), 20_000);
      await vi.waitFor(async () => {
        await desk.telegram.registerWebhook(`${desk.origin}/nowhere`);
        expect(desk.log.with('warn', '404 Not Found')[0]?.text).toContain('global prefix');
      }, 20_000);
    });

    it.each([
      ['Telegram refuses the URL', 'https://127.0.0.1:1', 'bad webhook'],
      ['the URL is none', 'not a url', 'is no URL'],
    ])('returns false and says why when %s', async (_name, bad, reason) => {
      desk = await TestDesk.start({ webhook: false, emulator: { requireHttps: true } });
      expect(await desk.telegram.registerWebhook(bad)).toBe(false);
      expect(desk.log.with('error', reason)).toHaveLength(1);
    });

    it('returns false when neither a URL is passed nor webhookUrl is set', async () => {
      desk = await TestDesk.start({ webhook: false });
      expect(await desk.telegram.registerWebhook()).toBe(false);
      expect(desk.log.with('error', 'set the option webhookUrl')).toHaveLength(1);
    });

    it('happens by itself after boot when webhookUrl is set, until Telegram answers', async () => {
      const clock = new VirtualClock();
      desk = await TestDesk.start({
        clock,
        webhook: false,
        options: { webhookUrl: 'https://app.example.com/' },
      });
      await desk.emulator.waitForCall(({ method }) => method === 'setWebhook');
      expect(desk.emulator.callsOf('setWebhook')[0]?.params).toMatchObject({ url });
    });

    it('does not append the path to a webhookUrl that ends in it', async () => {
      desk = await TestDesk.start({ webhook: false, options: { webhookUrl: url } });
      await desk.emulator.waitForCall(({ method }) => method === 'setWebhook');
      expect(desk.emulator.callsOf('setWebhook')[0]?.params).toMatchObject({ url });
      await vi.waitFor(
        () => expect(desk.log.with('log', `registered at ${url}`)).toHaveLength(1),
        20_000,
      );
    });

    it('is tried again in the background while Telegram is away', async () => {
      const clock = new VirtualClock();
      desk = await TestDesk.start({ clock, webhook: false });
      desk.emulator.failNext('getWebhookInfo', { kind: 'html', status: 502 }, 2);
      const second = await TestDesk.start({
        clock,
        webhook: false,
        options: {
          webhookUrl: 'https://app.example.com',
          apiRoot: desk.emulator.apiRoot,
          botToken: desk.emulator.bot.token,
        },
      });
      for (const [i, delayMs] of [2_000, 10_000].entries()) {
        await vi.waitFor(
          () => expect(second.log.with('error', 'HTTP 502')).toHaveLength(i + 1),
          20_000,
        );
        await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
        clock.advance(delayMs);
      }
      await desk.emulator.waitForCall(({ method }) => method === 'setWebhook');
      await second.stop();
    });
  });

  describe('notifyNewThread and notifyUserMessage', () => {
    const valid = { threadId: 't1', text: 'Hello' };

    it.each<[string, object, string[]]>([
      ['no thread id', { text: 'x' }, ['threadId']],
      ['an empty thread id', { ...valid, threadId: '' }, ['threadId']],
      ['a thread id that is a number', { ...valid, threadId: 7 }, ['threadId']],
      ['a thread id that is too long', { ...valid, threadId: 'x'.repeat(257) }, ['threadId']],
      ['a thread id that is no valid Unicode', { ...valid, threadId: '\ud83d' }, ['threadId']],
      ['no text', { threadId: 't1' }, ['text']],
      ['an empty text', { ...valid, text: '' }, ['text']],
      ['a text that is an object', { ...valid, text: {} }, ['text']],
      ['a customer that is a string', { ...valid, customer: 'Alice' }, ['customer']],
      ['a name that is a number', { ...valid, customer: { name: 5 } }, ['customer.name']],
      ['an empty message id', { ...valid, messageId: '' }, ['messageId']],
      ['several wrong fields', { threadId: '', text: '' }, ['threadId', 'text']],
    ])('throw a TelegramArgumentError that names the field, for %s', async (_name, bad, fields) => {
      desk = await TestDesk.start({ webhook: false });
      for (const method of ['notifyNewThread', 'notifyUserMessage'] as const) {
        const call = Reflect.apply(desk.telegram[method], desk.telegram, [bad]);
        await expect(call).rejects.toBeInstanceOf(TelegramArgumentError);
        await expect(call).rejects.toMatchObject({ code: 'TELEGRAM_ARGUMENT', method, fields });
      }
    });

    it.each(['javascript:alert(1)', '/threads/1', 'not a url', `https://x/${'x'.repeat(2_048)}`])(
      'refuse the URL %.40s',
      async (url) => {
        desk = await TestDesk.start({ webhook: false });
        const thread: NewThread = { ...valid, url };
        await expect(desk.telegram.notifyNewThread(thread)).rejects.toMatchObject({
          fields: ['url'],
        });
      },
    );

    it.each([null, undefined, 'Hello', 5])('refuse %s as an argument', async (bad) => {
      desk = await TestDesk.start({ webhook: false });
      const { telegram } = desk;
      const call: unknown = Reflect.apply(telegram['notifyNewThread'], telegram, [bad]);
      await expect(call).rejects.toBeInstanceOf(TelegramArgumentError);
    });

    it('take null, which a database gives, for what is not there', async () => {
      desk = await TestDesk.start({ webhook: false });
      const nulls = JSON.parse(
        '{"subject":null,"url":null,"messageId":null,"customer":{"name":null,"id":"c1"}}',
      );
      await desk.telegram.notifyNewThread({ ...valid, ...nulls });
      await desk.chat.waitForMessage(() => true);
      expect(desk.notices).toEqual(['🆕 New thread\n👤 #c1\n\nHello']);
    });

    it('distinguishes message ids of threads that would make them alike', async () => {
      desk = await TestDesk.start({ webhook: false });
      await desk.telegram.notifyUserMessage({ threadId: 'a:b', messageId: 'c', text: 'one' });
      await desk.telegram.notifyUserMessage({ threadId: 'a', messageId: 'b:c', text: 'two' });
      await desk.chat.waitForMessage(({ text }) => text?.endsWith('two') === true);
      expect(desk.notices).toHaveLength(2);
    });

    it('name no value of the customer in the error', async () => {
      desk = await TestDesk.start({ webhook: false });
      const call = desk.telegram.notifyUserMessage({ ...valid, threadId: '', text: 'my secret' });
      await expect(call).rejects.not.toThrow('my secret');
    });

    it('resolve before Telegram has answered', async () => {
      desk = await TestDesk.start({ webhook: false, options: { requestTimeoutMs: 200 } });
      desk.emulator.failNext('sendMessage', { kind: 'hang' });
      expect(await desk.telegram.notifyUserMessage(valid)).toMatchObject({ accepted: true });
      expect(desk.chat.messages).toEqual([]);
    });

    it('say unavailable when the app is shutting down', async () => {
      desk = await TestDesk.start({ webhook: false });
      const { telegram } = desk;
      await desk.app.close();
      expect(await telegram.notifyUserMessage({ ...valid, messageId: 'm1' })).toEqual({
        accepted: false,
        reason: 'unavailable',
        id: 'm1',
      });
    });
  });

  it('gives the whole Bot API, which throws', async () => {
    desk = await TestDesk.start({ webhook: false });
    expect(desk.telegram.enabled).toBe(true);
    const chat = await desk.telegram.api.call('getChat', { chat_id: desk.chat.id });
    expect(chat).toMatchObject({ title: 'Support' });
    const refused = desk.telegram.api.call('getChat', { chat_id: 1 });
    await expect(refused).rejects.toBeInstanceOf(BotApiError);
  });
});
