import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk, type ReferenceRow, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: the length of texts, what becomes of them,
 * entities and links. Sources are files of tdlib/td.
 * Limits of names, commands, albums and photos stand with what they belong to.
 */

const PHOTO = 'https://example.com/a.jpg';
const link = (url: string): object[] => [{ type: 'text_link', offset: 0, length: 1, url }];

const ENTITIES: ReferenceRow[] = [
  [
    'an entity lacks a field',
    'Client.cpp, get_text_entity',
    ({ group: { id } }) => [
      'sendMessage',
      { chat_id: id, text: 'abc', entities: [{ type: 'bold', offset: 0 }] },
    ],
    refused(400, 'Bad Request: can\'t parse MessageEntity: Can\'t find field "length"'),
  ],
  [
    'an entity is no object',
    'Client.cpp, get_text_entity',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: 'abc', entities: ['bold'] }],
    refused(400, "Bad Request: can't parse MessageEntity: expected an Object"),
  ],
  [
    'an entity begins after the end',
    'MessageEntity.cpp',
    ({ group: { id } }) => [
      'sendMessage',
      { chat_id: id, text: '😀', entities: [{ type: 'bold', offset: 3, length: 1 }] },
    ],
    refused(400, 'Bad Request: entity begins after the end of the text at UTF-16 offset 3'),
  ],
  [
    'an entity ends after the end',
    'MessageEntity.cpp',
    ({ group: { id } }) => [
      'sendMessage',
      { chat_id: id, text: '😀', entities: [{ type: 'bold', offset: 0, length: 3 }] },
    ],
    refused(
      400,
      'Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 3',
    ),
  ],
];

describe('Limits of texts', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  const send = (params: object): Promise<unknown> =>
    desk.result('sendMessage', { chat_id: desk.group.id, ...params });

  describe('length', () => {
    it.each(['x', 'é', '😀'])(
      'counts code points: 4096 of %s are a text, 1024 a caption (MessageContent.cpp:4757, 5241)',
      async (character) => {
        const { id: chat_id } = desk.group;
        const text = character.repeat(4_096);
        expect(await send({ text })).toMatchObject({ text });
        expect(await desk.call('sendMessage', { chat_id, text: text + character })).toEqual(
          refused(400, 'Bad Request: message is too long'),
        );
        const caption = character.repeat(1_024);
        expect(await desk.result('sendPhoto', { chat_id, photo: PHOTO, caption })).toMatchObject({
          caption,
        });
        const long = { chat_id, photo: PHOTO, caption: caption + character };
        expect(await desk.call('sendPhoto', long)).toEqual(
          refused(400, 'Bad Request: message caption is too long'),
        );
      },
    );

    it('counts after the markup is gone (MessageContent.cpp:4757)', async () => {
      const text = `<b>${'x'.repeat(4_096)}</b>`;
      expect(await send({ text, parse_mode: 'HTML' })).toMatchObject({ text: 'x'.repeat(4_096) });
    });

    it('measures entities in UTF-16 all the same', async () => {
      expect(await send({ text: '😀<b>é</b>', parse_mode: 'HTML' })).toMatchObject({
        entities: [{ type: 'bold', offset: 2, length: 1 }],
      });
    });
  });

  it.each([
    ['a tab', 'a\tb', 'a b'],
    ['control characters', 'a\u0000\u0001\u001fb', 'a   b'],
    ['carriage returns', 'a\r\nb', 'a\nb'],
    ['line and paragraph separators', 'a\u2028\u2029b', 'ab'],
    ['direction overrides', 'a\u202a\u202eb', 'ab'],
    ['combining lines', 'a\u0333\u033f\u030ab', 'ab'],
    ['spaces and new lines at the ends', ' \n a b \n ', 'a b'],
  ])('rewrites %s (MessageEntity.cpp:4179-4245, 4527-4570)', async (_what, text, kept) => {
    expect(await send({ text })).toMatchObject({ text: kept });
  });

  describe('entities', () => {
    it('are 100, and further ones are dropped without a word (TelegramBots#854)', async () => {
      const entities = Array.from({ length: 120 }, (_, index) => ({
        type: 'bold',
        offset: 2 * index,
        length: 1,
      }));
      expect(await send({ text: 'x '.repeat(120), entities })).toMatchObject({
        entities: entities.slice(0, 100),
      });
    });

    it.each(ENTITIES)('may be wrong: %s (%s)', async (_fact, _source, arrange, answer) => {
      const [method, params] = await arrange(desk);
      expect(await desk.call(method, params)).toEqual(answer);
    });

    it('are not looked at where there is a parse mode', async () => {
      const entities = [{ type: 'bold', offset: 99, length: 1 }];
      const result = await send({ text: '<i>abc</i>', entities, parse_mode: 'HTML' });
      expect(result).toMatchObject({ entities: [{ type: 'italic', offset: 0, length: 3 }] });
    });

    it('never quarrel: they are normalised instead', async () => {
      const text = '<i>a<b>b</b></i><b>c</b><code>d<i>e</i></code>';
      expect(await send({ text, parse_mode: 'HTML' })).toMatchObject({
        text: 'abcde',
        entities: [
          { type: 'italic', offset: 0, length: 1 },
          { type: 'bold', offset: 1, length: 2 },
          { type: 'italic', offset: 1, length: 1 },
          { type: 'code', offset: 3, length: 2 },
        ],
      });
    });
  });

  describe('links', () => {
    it.each([
      ['tg://Thread?v=Ab%20C', 'tg://thread?v=Ab%20C'],
      ['TG://thread?V=1', 'tg://thread?V=1'],
      ['HTTP://Example.COM/Path', 'http://example.com/Path'],
      ['example.com', 'http://example.com/'],
    ])('makes of %s %s (LinkManager.cpp, check_link_impl)', async (url, kept) => {
      expect(await send({ text: 'abc', entities: link(url) })).toMatchObject({
        entities: [{ type: 'text_link', offset: 0, length: 1, url: kept }],
      });
    });

    it.each([
      'tg://ann@thread?v=1',
      'tg://thread:80?v=1',
      'tg://http://x',
      'nowhere',
      'ftp://a.com',
    ])('keeps the text of %s without the link (LinkManager.cpp, check_link_impl)', async (url) => {
      const result = await send({ text: 'abc', entities: link(url) });
      expect(result).toMatchObject({ text: 'abc' });
      expect(result).not.toHaveProperty('entities');
    });

    it('may hide behind a character that shows nothing, and comes back with a reply (MessageEntity.cpp:4270)', async () => {
      const text = '<a href="tg://Thread?v=Ab">\u200b</a>Hello';
      const message_id = await desk.send(desk.group, { text, parse_mode: 'HTML' });
      const entities = [{ type: 'text_link', offset: 0, length: 1, url: 'tg://thread?v=Ab' }];
      expect(desk.group.messages.at(-1)).toMatchObject({ text: '\u200bHello', entities });
      desk.group.agent('Bob').reply(message_id, 'hi');
      expect(desk.group.messages.at(-1)).toMatchObject({ reply_to_message: { entities } });
    });
  });

  describe('link_preview_options', () => {
    it.each<[options: object | undefined, legacy: unknown, kept: object | undefined]>([
      [{ is_disabled: true }, undefined, { is_disabled: true }],
      [{ url: 'https://a.com' }, undefined, { url: 'https://a.com' }],
      [{ prefer_small_media: true }, undefined, { prefer_small_media: true }],
      [{ prefer_large_media: true }, undefined, { prefer_large_media: true }],
      [{ show_above_text: true }, undefined, { show_above_text: true }],
      [undefined, true, { is_disabled: true }],
      [{ show_above_text: true }, true, { show_above_text: true }],
      [{ is_disabled: false }, true, undefined],
    ])('makes of %j and disable_web_page_preview %j %j', async (options, legacy, kept) => {
      await send({
        text: 'a.com',
        link_preview_options: options,
        disable_web_page_preview: legacy,
      });
      expect(desk.group.messages[0]?.link_preview_options).toEqual(kept);
    });
  });
});
