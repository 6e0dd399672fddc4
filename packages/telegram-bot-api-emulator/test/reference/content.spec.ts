import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatPermissions } from '@grammyjs/types';
import { ReferenceDesk, type ReferenceRow, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: what texts may be, and who may send what.
 * Sources are files of tdlib/telegram-bot-api; those that begin with "td" are of tdlib/td.
 * `send-message-method.spec.ts` and `telegram-html-parser.spec.ts` have more texts.
 */

const PHOTO = 'https://example.com/photo.jpg';
const EMPTY = refused(400, 'Bad Request: message text is empty');
const BLANK = refused(400, 'Bad Request: text must be non-empty');
const HEAVY_LINKS = `<a href="https://example.com/${'x'.repeat(1_000)}">y</a> `.repeat(10);

const TEXTS: ReferenceRow[] = [
  [
    'a missing text is empty',
    'Client.cpp:11391',
    ({ group: { id } }) => ['sendMessage', { chat_id: id }],
    EMPTY,
  ],
  [
    'a text of nothing is empty',
    'Client.cpp:11391',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: '' }],
    EMPTY,
  ],
  [
    'a text of spaces is blank',
    'td MessageEntity.cpp:4527-4570',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: ' \n\t ' }],
    BLANK,
  ],
  [
    'a text of tags is blank',
    'td MessageEntity.cpp:4527-4570',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: '<b> </b>', parse_mode: 'HTML' }],
    BLANK,
  ],
  [
    'a text has 4096 characters',
    'td MessageContent.cpp:4757',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: 'x'.repeat(4_097) }],
    refused(400, 'Bad Request: message is too long'),
  ],
  [
    'a caption has 1024 characters',
    'td MessageContent.cpp:5241',
    ({ group: { id } }) => ['sendPhoto', { chat_id: id, photo: PHOTO, caption: 'x'.repeat(1_025) }],
    refused(400, 'Bad Request: message caption is too long'),
  ],
  [
    'the source of a text has 32768 bytes',
    'Client.cpp:11391-11407',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: 'é'.repeat(16_385) }],
    refused(400, 'Bad Request: text is too long'),
  ],
  [
    'the source of a caption has 32768 bytes',
    'Client.cpp:11391-11407',
    ({ group: { id } }) => [
      'sendPhoto',
      { chat_id: id, photo: PHOTO, caption: 'é'.repeat(16_385) },
    ],
    refused(400, 'Bad Request: text is too long'),
  ],
  [
    'a text may have wrong markup',
    'td MessageEntity.cpp',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: '<b>', parse_mode: 'HTML' }],
    refused(
      400,
      'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ),
  ],
  [
    'a caption may have wrong markup',
    'td MessageEntity.cpp',
    ({ group: { id } }) => [
      'sendPhoto',
      { chat_id: id, photo: PHOTO, caption: '</b>', parse_mode: 'HTML' },
    ],
    refused(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 0"),
  ],
  [
    'there are three parse modes',
    'Client.cpp:11391-11407',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: 'x', parse_mode: 'BBCode' }],
    refused(400, 'Bad Request: unsupported parse_mode'),
  ],
  [
    'entities take about 9500 bytes',
    'levlam, telegram-bot-api#165',
    ({ group: { id } }) => ['sendMessage', { chat_id: id, text: HEAVY_LINKS, parse_mode: 'HTML' }],
    refused(400, 'Bad Request: ENTITIES_TOO_LONG'),
  ],
  [
    'the length of an edited text only the data centre looks at',
    'td MessagesManager.cpp:23365-23411',
    async (desk) => {
      const message_id = await desk.send(desk.group);
      const text = 'x'.repeat(4_097);
      return ['editMessageText', { chat_id: desk.group.id, message_id, text }];
    },
    refused(400, 'Bad Request: MESSAGE_TOO_LONG'),
  ],
  [
    'an edited text may be blank as well',
    'td MessageEntity.cpp:4527-4570',
    async (desk) => {
      const message_id = await desk.send(desk.group);
      return ['editMessageText', { chat_id: desk.group.id, message_id, text: ' ' }];
    },
    BLANK,
  ],
];

/** What the bot sends, what members need for it, and what Telegram calls it. */
type Sending = readonly [
  noun: string,
  permission: keyof ChatPermissions,
  method: string,
  params: object,
];

const SENDINGS: Sending[] = [
  ['text messages', 'can_send_messages', 'sendMessage', { text: 'hi' }],
  ['photos', 'can_send_photos', 'sendPhoto', { photo: PHOTO }],
  ['documents', 'can_send_documents', 'sendDocument', { document: 'https://example.com/a.pdf' }],
  ['videos', 'can_send_videos', 'sendVideo', { video: 'https://example.com/a.mp4' }],
  [
    'animations',
    'can_send_other_messages',
    'sendAnimation',
    { animation: 'https://example.com/a.gif' },
  ],
  ['music', 'can_send_audios', 'sendAudio', { audio: 'https://example.com/a.mp3' }],
  ['voice notes', 'can_send_voice_notes', 'sendVoice', { voice: 'https://example.com/a.ogg' }],
  [
    'video notes',
    'can_send_video_notes',
    'sendVideoNote',
    { video_note: 'https://example.com/a.mp4' },
  ],
  ['stickers', 'can_send_other_messages', 'sendSticker', { sticker: 'https://example.com/a.webp' }],
  ['polls', 'can_send_polls', 'sendPoll', { question: 'Which?', options: ['this', 'that'] }],
];

describe('Content of messages', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(TEXTS)('%s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('looks at no parse mode where there is no caption (Client.cpp, get_formatted_text)', async () => {
    const params = { chat_id: desk.group.id, photo: PHOTO, parse_mode: 'nope' };
    expect(await desk.result('sendPhoto', params)).not.toHaveProperty('caption');
  });
});

describe('Rights to send', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(SENDINGS)(
    'refuses a member that may not send %s, and no administrator (td MessageContent.cpp:6151-6345)',
    async (noun, permission, method, params) => {
      const { supergroup } = desk;
      supergroup.setPermissions({ [permission]: false });
      const call = { chat_id: supergroup.id, ...params };
      expect(await desk.call(method, call)).toMatchObject({ status: 200 });
      supergroup.setBotStatus('member');
      expect(await desk.call(method, call)).toEqual(
        refused(400, `Bad Request: not enough rights to send ${noun} to the chat`),
      );
      supergroup.setPermissions({ [permission]: true });
      expect(await desk.call(method, call)).toMatchObject({ status: 200 });
    },
  );

  it('answers a restricted bot the same (td MessageContent.cpp:6151-6345)', async () => {
    desk.group.setBotStatus('restricted');
    expect(await desk.call('sendMessage', { chat_id: desk.group.id, text: 'hi' })).toEqual(
      refused(400, 'Bad Request: not enough rights to send text messages to the chat'),
    );
  });

  it('wants an administrator to post in a channel (td MessagesManager.cpp)', async () => {
    desk.channel.setBotRights({ can_post_messages: false });
    expect(await desk.call('sendMessage', { chat_id: desk.channel.id, text: 'hi' })).toEqual(
      refused(400, 'Bad Request: need administrator rights in the channel chat'),
    );
  });
});
