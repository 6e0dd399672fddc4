import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from './bot-api-emulator.js';
import type { EmulatedChat } from './chats/emulated-chat.js';

const JSON_TYPE = { 'Content-Type': 'application/json' };

describe('BotApiEmulator', () => {
  let telegram: BotApiEmulator;
  let chat: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    chat = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  function url(path: string): string {
    return `${telegram.apiRoot}/bot${telegram.bot.token}/${path}`;
  }

  async function answerOf(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(url(path), init);
    return response.json();
  }

  it('has a bot with a token that looks like one of Telegram', () => {
    expect(telegram.bot.token).toMatch(/^7000000001:[A-Za-z0-9_-]{35}$/);
    expect(telegram.bot).toMatchObject({ id: 7_000_000_001, username: 'support_desk_bot' });
  });

  it('waits as long as its option says, where a call says nothing else', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 30 });
    const group = telegram.createGroup({ title: 'Desk' });
    const question = group.agent('Ada').write('Help');
    for (const wait of [
      telegram.waitForCall(() => false),
      group.waitForMessage(() => false),
      group.waitForTopic(() => false),
      group.waitForReaction(question.message_id),
      group.waitForDeletion(question.message_id),
      group.agent('Ada').waitForEphemeralMessage(() => false),
    ]) {
      await expect(wait).rejects.toThrow('within 30 ms');
    }
    await expect(telegram.waitForCall(() => false, 1)).rejects.toThrow('within 1 ms');
  });

  it('takes bot, port and limits from its options', async () => {
    const port = Number(new URL(telegram.apiRoot).port);
    await telegram.stop();
    telegram = await BotApiEmulator.start({
      port,
      bots: [
        { token: '123:abc', username: 'a_bot', firstName: 'A', canReadAllGroupMessages: true },
      ],
    });
    expect(telegram.apiRoot).toBe(`http://127.0.0.1:${port}`);
    expect(await answerOf('getMe')).toMatchObject({
      ok: true,
      result: { id: 123, first_name: 'A', username: 'a_bot', can_read_all_group_messages: true },
    });
  });

  it('refuses a token that is none', async () => {
    await expect(BotApiEmulator.start({ bots: [{ token: 'secret' }] })).rejects.toThrow(
      "A token begins with the bot's id and a colon",
    );
  });

  describe('transport', () => {
    it.each([
      ['JSON', { headers: JSON_TYPE, body: (id: number) => `{"chat_id":${id},"text":"hi"}` }],
      [
        'JSON of texts',
        { headers: JSON_TYPE, body: (id: number) => `{"text":"hi","chat_id":"${id}"}` },
      ],
      [
        'form data',
        { body: (id: number) => new URLSearchParams({ chat_id: String(id), text: 'hi' }) },
      ],
      ['multipart', { body: (id: number) => formOf({ chat_id: String(id), text: 'hi' }) }],
    ])('takes parameters as %s', async (_encoding, { body, ...init }) => {
      const answer = await answerOf('sendMessage', {
        ...init,
        method: 'POST',
        body: body(chat.id),
      });
      expect(answer).toMatchObject({ ok: true, result: { text: 'hi', chat: { id: chat.id } } });
    });

    it('takes parameters from the query string, before those of the body', async () => {
      const answer = await answerOf(`SENDMESSAGE?chat_id=${chat.id}&text=a+b`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: '{"text":"c"}',
      });
      expect(answer).toMatchObject({ ok: true, result: { text: 'a b' } });
    });

    it('takes the method from the parameters where the path has none', async () => {
      expect(await answerOf('?method=getMe')).toMatchObject({ ok: true, result: { is_bot: true } });
    });

    it('ignores a body of an unknown type', async () => {
      const answer = await answerOf('sendMessage', {
        method: 'POST',
        headers: { 'Content-Type': 'text/plain' },
        body: `{"chat_id":${chat.id},"text":"hi"}`,
      });
      expect(answer).toMatchObject({ description: 'Bad Request: message text is empty' });
    });

    it('reads nothing after a byte order mark', async () => {
      const body = `\ufeff{"chat_id":${chat.id},"text":"hi"}`;
      const answer = await answerOf('sendMessage', { method: 'POST', headers: JSON_TYPE, body });
      expect(answer).toMatchObject({ description: 'Bad Request: message text is empty' });
    });

    it('refuses a text that is no UTF-8', async () => {
      const body = Buffer.concat([
        Buffer.from(`{"chat_id":${chat.id},"text":"`),
        Buffer.from([0x61, 0xff]),
        Buffer.from('"}'),
      ]);
      const answer = await answerOf('sendMessage', { method: 'POST', headers: JSON_TYPE, body });
      expect(answer).toMatchObject({
        description: 'Bad Request: strings must be encoded in UTF-8',
      });
    });

    it.each([
      ['PUT', 501],
      ['DELETE', 501],
      ['OPTIONS', 501],
      ['HEAD', 501],
    ])('answers %s with %i and nothing else', async (method, status) => {
      const response = await fetch(url('getMe'), { method });
      expect([response.status, await response.text()]).toEqual([status, '']);
    });

    it('answers parameters of more than 1 MiB with 413 and nothing else', async () => {
      const response = await fetch(url('sendMessage'), {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ chat_id: chat.id, text: 'x'.repeat(1 << 20) }),
      });
      expect([response.status, await response.text()]).toEqual([413, '']);
    });

    it('answers headers of more than 256 KiB with 431 and nothing else', async () => {
      const big = { headers: { 'X-Big': 'x'.repeat(260_000) } };
      const tooBig = { headers: { 'X-Big': 'x'.repeat(263_000) } };
      expect((await fetch(url('getMe'), big)).status).toBe(200);
      const response = await fetch(url('getMe'), tooBig);
      expect([response.status, await response.text()]).toEqual([431, '']);
    });

    it.each([
      ['/', 404, 'Not Found'],
      ['/bot', 404, 'Not Found'],
      ['/bot1:a', 404, 'Not Found'],
      ['/file/bot1:a/x', 404, 'Not Found'],
      ['/bot1:a/getMe', 401, 'Unauthorized'],
      ['/botabc/getMe', 401, 'Unauthorized: invalid token specified'],
      ['/bot0:abc/getMe', 401, 'Unauthorized: invalid token specified'],
      [`/bot1:${'a'.repeat(80)}/getMe`, 401, 'Unauthorized: invalid token specified'],
      ['/bot/getMe', 401, 'Unauthorized: invalid token specified'],
    ])('answers %s with %i %s', async (path, status, description) => {
      const response = await fetch(telegram.apiRoot + path);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ ok: false, error_code: status, description });
    });

    it('answers a method that it does not know with 404', async () => {
      expect(await answerOf('sendTelepathy')).toEqual({
        ok: false,
        error_code: 404,
        description: 'Not Found: method not found',
      });
    });

    it('takes a token that is escaped in the path', async () => {
      const path = `/bot${telegram.bot.token.replace(':', '%3A')}/getMe`;
      const response = await fetch(telegram.apiRoot + path);
      expect(response.status).toBe(200);
    });
  });

  describe('record', () => {
    it('keeps calls as they came and as they were answered', async () => {
      const before = Date.now();
      await answerOf('sendmessage', {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ chat_id: chat.id, text: 'hi', reply_parameters: { message_id: 9 } }),
      });
      expect(telegram.callsOf('sendMessage')).toEqual([
        {
          method: 'sendmessage',
          params: { chat_id: chat.id, text: 'hi', reply_parameters: { message_id: 9 } },
          files: {},
          botId: telegram.bot.id,
          isWebhookReply: false,
          problems: [],
          contentType: 'application/json',
          status: 400,
          response: {
            ok: false,
            error_code: 400,
            description: 'Bad Request: message to be replied not found',
          },
          at: expect.any(Number),
        },
      ]);
      const [at = 0] = telegram.calls.map((call) => call.at);
      expect(at).toBeGreaterThanOrEqual(before);
      expect(at).toBeLessThanOrEqual(Date.now());
      expect(JSON.stringify(telegram.calls)).not.toContain(telegram.bot.token);
    });

    it('waits for a call that is still to come', async () => {
      const waiting = telegram.waitForCall((call) => call.method === 'getMe');
      await answerOf('getMe');
      expect(await waiting).toMatchObject({ method: 'getMe' });
    });

    it('lists the calls when the one that was waited for does not come', async () => {
      await answerOf('getMe');
      await expect(telegram.waitForCall(() => false, 1)).rejects.toThrow(
        'No such call came within 1 ms. Calls: getMe 200',
      );
    });
  });

  describe('getChat', () => {
    it.each([
      ['a group', () => telegram.createGroup({ title: 'G' }), { type: 'group', title: 'G' }],
      [
        'a public forum',
        () => telegram.createSupergroup({ title: 'S', username: 'desk', isForum: true }),
        {
          type: 'supergroup',
          username: 'desk',
          active_usernames: ['desk'],
          is_forum: true,
          permissions: { can_send_messages: true },
        },
      ],
      [
        'a private chat',
        () => telegram.createPrivateChat('Ann', { id: 77, username: 'ann' }),
        { id: 77, type: 'private', first_name: 'Ann', username: 'ann' },
      ],
    ])('describes %s', async (_kind, create, expected) => {
      const answer = await answerOf(`getChat?chat_id=${create().id}`);
      expect(answer).toMatchObject({ ok: true, result: { accent_color_id: 0, ...expected } });
    });

    it.each([
      ['kicked', 'desk', 403],
      ['left', undefined, 403],
      ['left', 'desk', 200],
    ] as const)(
      'of a supergroup that it %s, named %s, is answered with %i',
      async (botStatus, username, status) => {
        const { id } = telegram.createSupergroup({ title: 'S', botStatus, username });
        const response = await fetch(url(`getChat?chat_id=${id}`));
        expect(response.status).toBe(status);
      },
    );

    it('finds a public supergroup by its name', async () => {
      const { id } = telegram.createSupergroup({ title: 'S', username: 'Desk' });
      expect(await answerOf('getChat?chat_id=@dESK')).toMatchObject({ result: { id } });
    });
  });

  describe('getChatMember', () => {
    it('says what the bot and the people are', async () => {
      const ann = chat.agent('Ann').user;
      const bob = chat.agent('Bob', { status: 'administrator' }).user;
      const stranger = telegram.createPrivateChat('Stranger');
      const statusOf = async (userId: number): Promise<unknown> =>
        answerOf(`getChatMember?chat_id=${chat.id}&user_id=${userId}`);

      expect(await statusOf(telegram.bot.id)).toMatchObject({
        result: { status: 'administrator' },
      });
      expect(await statusOf(ann.id)).toMatchObject({ result: { status: 'member', user: ann } });
      expect(await statusOf(bob.id)).toMatchObject({
        result: { status: 'administrator', can_delete_messages: true },
      });
      expect(await statusOf(stranger.id)).toMatchObject({ result: { status: 'left' } });
      expect(await statusOf(1)).toMatchObject({ description: 'Bad Request: member not found' });
      expect(await statusOf(0)).toMatchObject({
        description: 'Bad Request: invalid user_id specified',
      });
    });

    it('answers with the bot itself where it may not ask about others', async () => {
      chat.setBotStatus('kicked');
      const ask = (userId: number): Promise<unknown> =>
        answerOf(`getChatMember?chat_id=${chat.id}&user_id=${userId}`);
      expect(await ask(telegram.bot.id)).toMatchObject({ result: { status: 'kicked' } });
      expect(await ask(chat.agent('Ann').user.id)).toMatchObject({
        description: 'Forbidden: bot was kicked from the group chat',
      });
    });
  });

  it('stops with calls and waiting still open', async () => {
    telegram.failNext('getMe', { kind: 'hang' });
    const call = fetch(url('getMe'));
    await telegram.waitForCall(() => true);
    const waiting = chat.waitForMessage(() => true);
    await telegram.stop();
    await expect(call).rejects.toThrow('fetch failed');
    await expect(waiting).rejects.toThrow('The emulator was stopped');
  });
});

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}
