import type { MessageEntity } from '@grammyjs/types';
import request from 'supertest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BotToken } from '../../src/secrets/bot-token.js';
import type { Message } from '../../src/testing/index.js';
import { ThreadReferenceSigner } from '../../src/threads/thread-reference-signer.js';
import { TestDesk } from '../support/test-desk.js';

const LINK = 'tg://thread?r=';

describe('A forged reply reaches no thread', () => {
  let desk: TestDesk;
  let nextId = 800_000_000;
  afterEach(() => desk.stop());

  /** A desk with one notice of the thread `t1`, and another bot. */
  async function startWithNotice(): Promise<Message> {
    desk = await TestDesk.start({ emulator: { bots: [{}, { username: 'evil_bot' }] } });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    return desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
  }

  function signer(token = desk.emulator.bot.token): ThreadReferenceSigner {
    return new ThreadReferenceSigner(new BotToken(token).derive('thread-reference'));
  }

  /** Posts an update that Telegram would never send, with the right secret. */
  async function forge(kind: string, message: object): Promise<void> {
    const secret = new BotToken(desk.emulator.bot.token).derive('webhook-secret').reveal();
    await request(desk.webhookUrl.replace('/telegram/webhook', ''))
      .post('/telegram/webhook')
      .set('X-Telegram-Bot-Api-Secret-Token', secret)
      .send({ update_id: (nextId += 1), [kind]: message })
      .expect(200);
  }

  /** An agent's reply to a message, with the changes of the test. */
  function replyTo(notice: object, change: object = {}): object {
    return {
      message_id: (nextId += 1),
      date: 1_750_000_000,
      chat: desk.chat.messages[0]?.chat,
      from: { id: 5, is_bot: false, first_name: 'Eve' },
      text: 'Into your thread',
      reply_to_message: notice,
      ...change,
    };
  }

  /** All replies that the app has received, the last one a genuine reply to the notice. */
  async function takenWith(notice: Message): Promise<string[]> {
    await vi.waitFor(() => expect(desk.emulator.bot.pendingUpdates).toBe(0), 20_000);
    desk.chat.agent('Ada').reply(notice, 'Genuine');
    const taken = () => desk.replies.replies.map(({ threadId, text }) => `${threadId}: ${text}`);
    await vi.waitFor(() => expect(taken()).toContain('t1: Genuine'), 20_000);
    return taken();
  }

  describe('when the reference contains', () => {
    const other = '6000000001:AAHotherotherotherotherotherotherot';

    /** Forged references, made from genuine ones. */
    const forgeries: Array<[string, () => MessageEntity[]]> = [
      ['the signature of another thread', () => [link(spliced('t1', 't2'))]],
      ['the signature of a longer id', () => [link(spliced('t1x', 't1'))]],
      ["another bot's signature", () => [{ ...link(''), url: signer(other).link('t1') }]],
      ['no signature', () => [link(Buffer.from('t1').toString('base64url'))]],
      ['only zeros', () => [link(Buffer.alloc(18).toString('base64url'))]],
      ['no data', () => [link('')]],
      ['additional data', () => [{ ...link(''), url: `${signer().link('t1')}@x` }]],
      ['a space', () => [{ ...link(''), url: signer().link('t1').replace('r=', 'r= ') }]],
      ['invalid base64', () => [link('💣'.repeat(30))]],
      [
        'another link',
        () => [{ ...link(''), url: signer().link('t1').replace('thread', 'other') }],
      ],
      [
        'a link that is plain text',
        () => [{ type: 'url', offset: 0, length: signer().link('t1').length }],
      ],
      ...Array.from({ length: 16 }, (_, length): [string, () => MessageEntity[]] => [
        `${length} bytes of the signature`,
        () => [link(bytesOf('t1').toSpliced(length, 16 - length))],
      ]),
    ];

    it.each(forgeries)('%s', async (_name, entities) => {
      const notice = await startWithNotice();
      const forged = {
        ...notice,
        message_id: 9_999,
        text: signer().link('t1'),
        entities: entities(),
      };
      await forge('message', replyTo(forged));
      // The agent is notified that it was not delivered, so the desk has received it.
      await desk.chat.waitForMessage(({ text }) => text?.includes('Not delivered') === true);
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('any flipped bit', async () => {
      const notice = await startWithNotice();
      const genuine = bytesOf('t1');
      const entities = genuine.flatMap((_byte, index) =>
        Array.from({ length: 8 }, (_, bit) =>
          link(genuine.map((byte, i) => (i === index ? byte ^ (1 << bit) : byte))),
        ),
      );
      expect(entities).toHaveLength(18 * 8);
      await forge('message', replyTo({ ...notice, message_id: 9_999, entities }));
      await desk.chat.waitForMessage(({ text }) => text?.includes('Not delivered') === true);
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    function bytesOf(threadId: string): number[] {
      return [...Buffer.from(signer().link(threadId).slice(LINK.length), 'base64url')];
    }

    /** The id of one thread with the signature of another. */
    function spliced(id: string, signed: string): number[] {
      return [...bytesOf(signed).slice(0, 16), ...Buffer.from(id)];
    }

    function link(data: string | number[]): MessageEntity {
      const text = typeof data === 'string' ? data : Buffer.from(data).toString('base64url');
      return { type: 'text_link', offset: 0, length: 1, url: LINK + text };
    }
  });

  describe('when the message that it answers is a copy of a notice', () => {
    it('forwarded within the admin chat', async () => {
      const notice = await startWithNotice();
      const eve = desk.chat.agent('Eve');
      eve.reply(eve.forward(notice), 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('forwarded to another chat of the bot', async () => {
      const notice = await startWithNotice();
      const elsewhere = desk.emulator.createSupergroup({ title: 'Elsewhere' });
      const eve = elsewhere.agent('Eve');
      eve.reply(eve.forward(notice), 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('that the bot itself has copied to another chat', async () => {
      const notice = await startWithNotice();
      const elsewhere = desk.emulator.createSupergroup({ title: 'Elsewhere' });
      const { message_id: id } = await desk.telegram.api.call('copyMessage', {
        chat_id: elsewhere.id,
        from_chat_id: desk.chat.id,
        message_id: notice.message_id,
      });
      // The copy has the notice's id, its words and its reference.
      expect(id).toBe(notice.message_id);
      elsewhere.agent('Eve').reply(id, 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('posted by another bot, with the reference', async () => {
      const notice = await startWithNotice();
      const { emulator, chat } = desk;
      const [, evil] = emulator.bots;
      chat.setBotStatus('administrator', evil);
      const { text, entities } = notice;
      await fetch(`${emulator.apiRoot}/bot${evil?.token}/sendMessage`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ chat_id: chat.id, text, entities }),
      });
      const copy = chat.messages.at(-1);
      expect(copy).toMatchObject({ from: { id: evil?.id }, entities });
      chat.agent('Eve').reply(copy ?? 0, 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('posted by a person, with the reference', async () => {
      const notice = await startWithNotice();
      const eve = desk.chat.agent('Eve');
      const { text = '', entities = [] } = notice;
      eve.reply(eve.write(text, { entities }), 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('posted in the linked channel, which Telegram forwards to the admin chat', async () => {
      const notice = await startWithNotice();
      const channel = desk.emulator.createChannel({ title: 'News' });
      channel.linkTo(desk.chat);
      const { text = '', entities = [] } = notice;
      channel.agent('Boss', { status: 'administrator' }).write(text, { entities });
      const copy = desk.chat.messages.at(-1);
      expect(copy).toMatchObject({ is_automatic_forward: true });
      desk.chat.agent('Eve').reply(copy ?? 0, 'Into your thread');
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('quoted in the text of a customer who knows the reference of another thread', async () => {
      const notice = await startWithNotice();
      const text = `\u200b<a href="${signer().link('t1')}">\u200b</a> ${signer().link('t1')}`;
      await desk.telegram.notifyUserMessage({ threadId: 't2', text });
      const forged = await desk.chat.waitForMessage((shown) => shown.text?.includes('r=') === true);
      const links = forged.entities?.filter(({ type }) => type === 'text_link');
      expect(links).toEqual([expect.objectContaining({ offset: 0, url: signer().link('t2') })]);
      expect(notice.message_id).not.toBe(forged.message_id);
      desk.chat.agent('Ada').reply(forged, 'Hello');
      await vi.waitFor(
        () => expect(desk.replies.replies).toMatchObject([{ threadId: 't2' }]),
        20_000,
      );
    });
  });

  describe('when the update is', () => {
    const elsewhere = { id: -1_009_999_999_999, type: 'supergroup', title: 'Elsewhere' };

    it.each<[string, string, (notice: Message) => object]>([
      ['a reply in another chat', 'message', (notice) => replyTo(notice, { chat: elsewhere })],
      [
        'a reply to the message of the same id in another chat',
        'message',
        (notice) => replyTo({ ...notice, chat: elsewhere }),
      ],
      [
        'a quote of the notice from elsewhere',
        'message',
        (notice) =>
          replyTo(notice, {
            reply_to_message: undefined,
            quote: { text: 'Help', position: 0 },
            external_reply: { ...notice, origin: { type: 'chat', sender_chat: notice.chat } },
          }),
      ],
      [
        'a quote of the notice in a topic, whose first message is of the bot',
        'message',
        (notice) =>
          replyTo(notice, { is_topic_message: true, message_thread_id: notice.message_id }),
      ],
      ['an edited reply', 'edited_message', (notice) => replyTo(notice, { edit_date: 1 })],
      ['a post in a channel', 'channel_post', (notice) => replyTo(notice)],
      ['an edited post', 'edited_channel_post', (notice) => replyTo(notice)],
      ['a business message', 'business_message', (notice) => replyTo(notice)],
      [
        'from a bot',
        'message',
        (notice) => replyTo(notice, { from: { id: 9, is_bot: true, first_name: 'Robot' } }),
      ],
      [
        'from a sender without is_bot',
        'message',
        (notice) => replyTo(notice, { from: { id: 9, first_name: 'Robot' } }),
      ],
      ['from no sender', 'message', (notice) => replyTo(notice, { from: undefined })],
      [
        'from an anonymous administrator of another chat',
        'message',
        (notice) =>
          replyTo(notice, {
            from: { id: 1_087_968_824, is_bot: true, first_name: 'Group' },
            sender_chat: elsewhere,
          }),
      ],
      [
        'a post that Telegram has forwarded',
        'message',
        (notice) =>
          replyTo(notice, {
            from: { id: 777_000, is_bot: false, first_name: 'Telegram' },
            is_automatic_forward: true,
          }),
      ],
      [
        'a reply in the chat that an unrelated supergroup claims to have become',
        'message',
        (notice) => replyTo(notice, { migrate_to_chat_id: elsewhere.id }),
      ],
    ])('%s', async (_name, kind, message) => {
      const notice = await startWithNotice();
      await forge(kind, message(notice));
      await forge('message', replyTo({ ...notice, chat: elsewhere }, { chat: elsewhere }));
      expect(await takenWith(notice)).toEqual(['t1: Genuine']);
    });

    it('an edit of a reply that the app has received already', async () => {
      const notice = await startWithNotice();
      const ada = desk.chat.agent('Ada');
      const reply = ada.reply(notice, 'First');
      await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(1), 20_000);
      ada.edit(reply, 'Second');
      ada.reply(notice, 'Third');
      await vi.waitFor(() => expect(desk.replies.replies).toHaveLength(2), 20_000);
      expect(desk.replies.replies.map(({ text }) => text)).toEqual(['First', 'Third']);
    });
  });
});
