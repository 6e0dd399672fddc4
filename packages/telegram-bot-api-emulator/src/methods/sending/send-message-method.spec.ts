import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import { VirtualClock } from '../../time/virtual-clock.js';

describe('SendMessageMethod', () => {
  let telegram: BotApiEmulator;
  let clock: VirtualClock;
  let group: EmulatedChat;

  beforeEach(async () => {
    clock = new VirtualClock(1_750_000_000_500);
    telegram = await BotApiEmulator.start({ clock });
    group = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  async function send(params: object): Promise<Response> {
    return fetch(`${telegram.apiRoot}/bot${telegram.bot.token}/sendMessage`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ chat_id: group.id, text: 'hi', ...params }),
    });
  }

  async function answerTo(params: object): Promise<unknown> {
    const response = await send(params);
    return response.json();
  }

  async function errorOf(params: object): Promise<[number, unknown]> {
    const response = await send(params);
    const answer: unknown = await response.json();
    const isError = typeof answer === 'object' && answer !== null && 'description' in answer;
    return [response.status, isError ? answer.description : answer];
  }

  it('answers with the message as Telegram keeps it', async () => {
    const params = { text: ' <b>Hi</b>\t&amp; bye\r\n', parse_mode: 'html', ignored: [1] };
    expect(await answerTo(params)).toEqual({
      ok: true,
      result: {
        message_id: 1,
        from: {
          id: telegram.bot.id,
          is_bot: true,
          first_name: 'Support Desk',
          username: 'support_desk_bot',
        },
        chat: { id: group.id, title: 'Desk', type: 'group', all_members_are_administrators: true },
        date: 1_750_000_000,
        text: 'Hi & bye',
        entities: [{ type: 'bold', offset: 0, length: 2 }],
      },
    });
    expect(group.messages).toMatchObject([{ message_id: 1, text: 'Hi & bye' }]);
  });

  it.each([
    [{ text: 'x'.repeat(32_769) }, 400, 'Bad Request: text is too long'],
    [{ text: 'a\ud83d' }, 400, 'Bad Request: strings must be encoded in UTF-8'],
    [{ text: 'a\ud83d', parse_mode: 'HTML' }, 400, 'Bad Request: text must be encoded in UTF-8'],
    [{ parse_mode: null }, 400, 'Bad Request: unsupported parse_mode'],
    [
      { text: 'a < b', parse_mode: 'HTML' },
      400,
      'Bad Request: can\'t parse entities: Unsupported start tag "" at byte offset 2',
    ],
    [
      { entities: [{ type: 'bold', offset: 1 }] },
      400,
      'Bad Request: can\'t parse MessageEntity: Can\'t find field "length"',
    ],
    [
      { entities: [{ type: 'bold', offset: 1, length: 9 }] },
      400,
      'Bad Request: entity beginning at UTF-16 offset 1 ends after the end of the text at UTF-16 offset 10',
    ],
    [{ reply_parameters: {} }, 400, 'Bad Request: can\'t find field "message_id"'],
    [{ reply_parameters: '{' }, 400, "Bad Request: can't parse reply parameters JSON object"],
    [{ reply_parameters: null }, 400, 'Bad Request: object expected as reply parameters'],
    [{ link_preview_options: null }, 400, 'Bad Request: object expected as link preview options'],
    [{ chat_id: 'desk' }, 400, 'Bad Request: chat not found'],
    [{ chat_id: 7_000_000_001 }, 403, "Forbidden: the bot can't send messages to the bot"],
  ])('answers %j with %i %s', async (params, status, description) => {
    expect(await errorOf(params)).toEqual([status, description]);
    expect(group.messages).toEqual([]);
  });

  it('finds faults in the order in which Telegram looks for them', async () => {
    const flawed = [
      [{ link_preview_options: '{' }, "can't parse link preview options JSON object"],
      [{ text: '' }, 'message text is empty'],
      [{ text: `<b>${' '.repeat(32_768)}` }, 'text is too long'],
      [{ text: '<b>  </b>', parse_mode: 'nope' }, 'unsupported parse_mode'],
      [
        { text: '<b>', parse_mode: 'HTML' },
        'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
      ],
      [{ reply_parameters: '{' }, "can't parse reply parameters JSON object"],
      [{ reply_markup: '{' }, "can't parse reply keyboard markup JSON object"],
      [{ chat_id: 1 }, 'chat not found'],
      [{ reply_parameters: { message_id: 9 } }, 'message to be replied not found'],
      [{ text: ' ' }, 'text must be non-empty'],
    ] as const;
    const sound = {
      link_preview_options: {},
      parse_mode: 'none',
      reply_parameters: { message_id: 0 },
    };
    for (const [index, [, description]] of flawed.entries()) {
      const params = Object.assign(
        { ...sound },
        ...flawed
          .slice(index)
          .map(([flaw]) => flaw)
          .toReversed(),
      );
      expect(await errorOf(params)).toEqual([400, `Bad Request: ${description}`]);
    }
  });

  it('counts the length in code points', async () => {
    expect(await answerTo({ text: '😀'.repeat(4096) })).toMatchObject({ ok: true });
    const hidden = `<a href="https://example.com/${'x'.repeat(4000)}">${'y'.repeat(4096)}</a>`;
    expect(await answerTo({ text: hidden, parse_mode: 'HTML' })).toMatchObject({ ok: true });
  });

  it('sends the text "null" for null', async () => {
    expect(await answerTo({ text: null })).toMatchObject({ result: { text: 'null' } });
  });

  it('takes entities as JSON, also in a text, unless there is a parse mode', async () => {
    const entities = [
      { type: 'text_link', offset: 0, length: 1, url: 'example.com' },
      { type: 'italic', offset: '1', length: 1 },
      { type: 'pre', offset: 2, length: 1, language: 'js' },
      { type: 'mention', offset: 0, length: 1 },
      { type: 'nonsense', offset: 0, length: 1 },
    ];
    const kept = {
      result: {
        entities: [
          { type: 'text_link', offset: 0, length: 1, url: 'http://example.com/' },
          { type: 'italic', offset: 1, length: 1 },
          { type: 'pre', offset: 2, length: 1, language: 'js' },
        ],
      },
    };
    expect(await answerTo({ text: 'abc', entities })).toMatchObject(kept);
    expect(await answerTo({ text: 'abc', entities: JSON.stringify(entities) })).toMatchObject(kept);
    expect(await answerTo({ text: 'abc', entities, parse_mode: 'HTML' })).not.toHaveProperty(
      'result.entities',
    );
    expect(await answerTo({ text: 'abc', entities: 'nonsense' })).toMatchObject({ ok: true });
  });

  it('mentions a user it knows and nobody else', async () => {
    const ann = group.agent('Ann').user;
    const text = `<a href="tg://user?id=${ann.id}">Ann</a> <a href="tg://user?id=5">x</a>`;
    expect(await answerTo({ text, parse_mode: 'HTML' })).toMatchObject({
      result: { entities: [{ type: 'text_mention', offset: 0, length: 3, user: ann }] },
    });
  });

  it('keeps link preview options and an inline keyboard', async () => {
    const keyboard = { inline_keyboard: [[{ text: 'Open', url: 'https://example.com/' }]] };
    const preview = { is_disabled: true, show_above_text: false };
    expect(await answerTo({ link_preview_options: preview, reply_markup: keyboard })).toMatchObject(
      {
        result: { link_preview_options: { is_disabled: true }, reply_markup: keyboard },
      },
    );
    expect(await answerTo({ disable_web_page_preview: 'True' })).toMatchObject({
      result: { link_preview_options: { is_disabled: true } },
    });
    expect(await answerTo({ protect_content: true })).toMatchObject({
      result: { has_protected_content: true },
    });
    expect(await answerTo({ reply_markup: { force_reply: true } })).not.toHaveProperty(
      'result.reply_markup',
    );
  });

  describe('replies', () => {
    it('carries the message that is replied to, without what that one replied to', async () => {
      const first = group.agent('Ann').write('first /go');
      await answerTo({ reply_parameters: { message_id: first.message_id } });
      const answer = await answerTo({ reply_to_message_id: String(first.message_id + 1) });
      expect(answer).toMatchObject({
        result: { reply_to_message: { message_id: first.message_id + 1, text: 'hi' } },
      });
      expect(answer).not.toHaveProperty('result.reply_to_message.reply_to_message');
      expect(answer).not.toHaveProperty('result.message_thread_id');
    });

    it('quotes what the message says and refuses anything else', async () => {
      const { message_id } = group.agent('Ann').write('one two');
      expect(await answerTo({ reply_parameters: { message_id, quote: 'two' } })).toMatchObject({
        result: { quote: { text: 'two', position: 4, is_manual: true } },
      });
      expect(await errorOf({ reply_parameters: { message_id, quote: 'six' } })).toEqual([
        400,
        'Bad Request: QUOTE_TEXT_INVALID',
      ]);
    });

    it('shows a message of another chat as an external reply', async () => {
      const other = telegram.createSupergroup({ title: 'Other' });
      const { message_id } = other.agent('Ann').write('there');
      const reply = { message_id, chat_id: other.id };
      expect(await answerTo({ reply_parameters: reply })).toMatchObject({
        result: {
          external_reply: {
            origin: { type: 'user', sender_user: { first_name: 'Ann' } },
            chat: { id: other.id },
            message_id,
          },
        },
      });
    });

    it('names the thread in a supergroup, but not as a topic', async () => {
      const supergroup = telegram.createSupergroup({ title: 'S' });
      const first = supergroup.agent('Ann').write('first');
      const second = supergroup.agent('Ann').reply(first, 'second');
      const reply = { message_id: second.message_id };
      const answer = await answerTo({ chat_id: supergroup.id, reply_parameters: reply });
      expect(answer).toMatchObject({ result: { message_thread_id: first.message_id } });
      expect(answer).not.toHaveProperty('result.is_topic_message');
    });
  });

  describe('topics', () => {
    it.each(['group', 'supergroup'])('ignores the thread in a %s', async (kind) => {
      const chat = kind === 'group' ? group : telegram.createSupergroup({ title: 'S' });
      const answer = await answerTo({ chat_id: chat.id, message_thread_id: 77 });
      expect(answer).toMatchObject({ ok: true });
      expect(answer).not.toHaveProperty('result.message_thread_id');
    });

    it('knows General by no id and refuses what is no topic', async () => {
      const forum = telegram.createSupergroup({ title: 'F', isForum: true });
      forum.agent('Ann').write('no topic');
      const refused = [400, 'Bad Request: message thread not found'];
      const { id: personId } = telegram.createPrivateChat('Bob');
      expect(await errorOf({ chat_id: personId, message_thread_id: 77 })).toEqual(refused);
      expect(await errorOf({ chat_id: forum.id, message_thread_id: 1 })).toEqual(refused);
      expect(await errorOf({ chat_id: forum.id, message_thread_id: 9 })).toEqual(refused);
      const general = await answerTo({ chat_id: forum.id, message_thread_id: -5 });
      expect(general).toMatchObject({ ok: true });
      expect(general).not.toHaveProperty('result.message_thread_id');
    });

    it('goes to a topic, also by replying there', async () => {
      const forum = telegram.createSupergroup({ title: 'F', isForum: true });
      forum.agent('Ann').write('General');
      const topic = forum.agent('Ann').createTopic('T');
      const inside = forum.agent('Ann').write('inside', { message_thread_id: topic.id });
      const place = { message_thread_id: topic.id, is_topic_message: true };
      expect(await answerTo({ chat_id: forum.id, message_thread_id: topic.id })).toMatchObject({
        result: { ...place, reply_to_message: { message_id: topic.id } },
      });
      expect(
        await answerTo({ chat_id: forum.id, reply_to_message_id: inside.message_id }),
      ).toMatchObject({ result: { ...place, reply_to_message: { text: 'inside' } } });
    });
  });

  describe('chats', () => {
    it('looks at the text before it finds that the person blocked the bot', async () => {
      const chat = telegram.createPrivateChat('Ann', { blocked: true });
      expect(await errorOf({ chat_id: chat.id, text: ' ' })).toEqual([
        400,
        'Bad Request: text must be non-empty',
      ]);
    });

    it('takes ids as texts and the names of public supergroups', async () => {
      const desk = telegram.createSupergroup({ title: 'S', username: 'the_desk' });
      for (const id of [String(desk.id), '@the_desk', '@THE_DESK']) {
        expect(await answerTo({ chat_id: id })).toMatchObject({
          result: { chat: { id: desk.id } },
        });
      }
    });

    it('sends to the new id when a group has become a supergroup', async () => {
      const upgraded = group.upgrade();
      expect(await answerTo({})).toEqual({
        ok: false,
        error_code: 400,
        description: 'Bad Request: group chat was upgraded to a supergroup chat',
        parameters: { migrate_to_chat_id: upgraded.id },
      });
      expect(await answerTo({ chat_id: upgraded.id })).toMatchObject({
        result: { chat: { id: upgraded.id, type: 'supergroup' } },
      });
    });
  });

  describe('message ids', () => {
    it('counts in each supergroup, and in all other chats together', async () => {
      const [one, other] = [
        telegram.createSupergroup({ title: 'One' }),
        telegram.createSupergroup({ title: 'Other' }),
      ];
      const person = telegram.createPrivateChat('Ann');
      const ids: unknown[] = [];
      for (const { id } of [one, other, group, person, one, group]) {
        await answerTo({ chat_id: id });
        ids.push(telegram.calls.at(-1)?.response);
      }
      expect(ids).toMatchObject([1, 1, 1, 2, 2, 3].map((id) => ({ result: { message_id: id } })));
    });
  });

  describe('flood', () => {
    it('counts neither refused messages nor those of other chats', async () => {
      for (let sent = 0; sent < 20; sent++) await answerTo({ text: sent < 1 ? 'hi' : ' ' });
      expect(await answerTo({})).toMatchObject({ ok: true });
      const other = telegram.createGroup({ title: 'Other' });
      for (let sent = 0; sent < 20; sent++) {
        expect(await answerTo({ chat_id: other.id })).toMatchObject({ ok: true });
      }
      expect(await answerTo({})).toMatchObject({ ok: true });
    });

    it('limits nothing in private chats, unless the options say so', async () => {
      const { id } = telegram.createPrivateChat('Ann');
      for (let sent = 0; sent < 25; sent++) {
        expect(await answerTo({ chat_id: id })).toMatchObject({ ok: true });
      }
      await telegram.stop();
      const limits = { group: false, private: { messages: 1, windowMs: 5_000 } } as const;
      telegram = await BotApiEmulator.start({ clock, limits });
      const person = telegram.createPrivateChat('Ann');
      group = telegram.createGroup({ title: 'Desk' });
      for (let sent = 0; sent < 25; sent++) expect(await answerTo({})).toMatchObject({ ok: true });
      expect(await answerTo({ chat_id: person.id })).toMatchObject({ ok: true });
      expect(await errorOf({ chat_id: person.id })).toEqual([
        429,
        'Too Many Requests: retry after 5',
      ]);
    });
  });
});
