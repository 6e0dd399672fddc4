import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk, type ReferenceRow, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: of two faults of a sendMessage call, which
 * one is answered. Sources are files of tdlib/telegram-bot-api; those that begin with "td" are of
 * tdlib/td. A text cannot be empty and too long at once, nor have a wrong parse mode and be parsed;
 * access to write is decided with the chat.
 */

const TEXT_ORDER = 'Client.cpp:11391-11407';
const SEND_ORDER = 'Client.cpp:16117-16185';
const TD_ORDER = 'td MessagesManager.cpp:21595-21640';

const LONG_SOURCE = 'x'.repeat(32_769);
const LONG_TEXT = 'x'.repeat(4_097);
const NAMELESS = { inline_keyboard: [[{ text: ' ', callback_data: 'a' }]] };
const HEAVY_BUTTON = { inline_keyboard: [[{ text: 'a', callback_data: 'x'.repeat(65) }]] };
const HEAVY_LINKS = `<a href="https://example.com/${'x'.repeat(1_000)}">y</a> `.repeat(10);

const NO_RIGHT = 'Bad Request: not enough rights to send text messages to the chat';

/** Makes the bot a member who may not write. */
function muteIn({ forum }: ReferenceDesk): void {
  forum.setBotStatus('member');
  forum.setPermissions({ can_send_messages: false });
}

const PAIRS: ReferenceRow[] = [
  [
    'link_preview_options before an empty text',
    TEXT_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: '', link_preview_options: '{' }],
    refused(400, "Bad Request: can't parse link preview options JSON object"),
  ],
  [
    'link_preview_options before a long text',
    TEXT_ORDER,
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: LONG_SOURCE, link_preview_options: '{' },
    ],
    refused(400, "Bad Request: can't parse link preview options JSON object"),
  ],
  [
    'an empty text before the parse mode',
    TEXT_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: '', parse_mode: 'nope' }],
    refused(400, 'Bad Request: message text is empty'),
  ],
  [
    'a long text before the parse mode',
    TEXT_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: LONG_SOURCE, parse_mode: 'nope' }],
    refused(400, 'Bad Request: text is too long'),
  ],
  [
    'a long text before its markup',
    TEXT_ORDER,
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: `<b>${LONG_SOURCE}`, parse_mode: 'HTML' },
    ],
    refused(400, 'Bad Request: text is too long'),
  ],
  [
    'the parse mode before the markup of the text',
    TEXT_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: '<b>', parse_mode: 'nope' }],
    refused(400, 'Bad Request: unsupported parse_mode'),
  ],
  [
    'the markup of the text before reply_parameters',
    SEND_ORDER,
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: '</b>', parse_mode: 'HTML', reply_parameters: '{' },
    ],
    refused(400, "Bad Request: can't parse entities: Unexpected end tag at byte offset 0"),
  ],
  [
    'reply_parameters before reply_markup',
    SEND_ORDER,
    ({ group }) => [
      'sendMessage',
      { chat_id: group.id, text: 'hi', reply_parameters: '{', reply_markup: '{' },
    ],
    refused(400, "Bad Request: can't parse reply parameters JSON object"),
  ],
  [
    'reply_markup before the chat',
    SEND_ORDER,
    () => ['sendMessage', { chat_id: 1, text: 'hi', reply_markup: '{' }],
    refused(400, "Bad Request: can't parse reply keyboard markup JSON object"),
  ],
  [
    'the chat before the topic',
    SEND_ORDER,
    ({ forum }) => {
      forum.setBotStatus('kicked');
      return ['sendMessage', { chat_id: forum.id, text: 'hi', message_thread_id: 999 }];
    },
    refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
  ],
  [
    'the chat before the replied message',
    SEND_ORDER,
    () => ['sendMessage', { chat_id: 1, text: 'hi', reply_parameters: { message_id: 999 } }],
    refused(400, 'Bad Request: chat not found'),
  ],
  [
    'the topic before the replied message',
    SEND_ORDER,
    ({ forum }) => [
      'sendMessage',
      {
        chat_id: forum.id,
        text: 'hi',
        message_thread_id: 999,
        reply_parameters: { message_id: 999 },
      },
    ],
    refused(400, 'Bad Request: message thread not found'),
  ],
  [
    'the replied message before the content of the markup',
    TD_ORDER,
    ({ group }) => [
      'sendMessage',
      {
        chat_id: group.id,
        text: 'hi',
        reply_parameters: { message_id: 999 },
        reply_markup: NAMELESS,
      },
    ],
    refused(400, 'Bad Request: message to be replied not found'),
  ],
  [
    'the content of the markup before the length',
    TD_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: LONG_TEXT, reply_markup: NAMELESS }],
    refused(400, 'Bad Request: inline keyboard button text must be non-empty'),
  ],
  [
    'the content of the markup before a blank text',
    TD_ORDER,
    ({ group }) => ['sendMessage', { chat_id: group.id, text: ' ', reply_markup: NAMELESS }],
    refused(400, 'Bad Request: inline keyboard button text must be non-empty'),
  ],
  [
    'the length before the permission',
    TD_ORDER,
    (desk) => {
      muteIn(desk);
      return ['sendMessage', { chat_id: desk.forum.id, text: LONG_TEXT }];
    },
    refused(400, 'Bad Request: message is too long'),
  ],
  [
    'the permission before the closed topic, which only the data centre knows',
    TD_ORDER,
    async (desk) => {
      await desk.result('closeGeneralForumTopic', { chat_id: desk.forum.id });
      muteIn(desk);
      return ['sendMessage', { chat_id: desk.forum.id, text: 'hi' }];
    },
    refused(400, NO_RIGHT),
  ],
  [
    'the permission before the size of callback data, which only the data centre knows',
    TD_ORDER,
    (desk) => {
      muteIn(desk);
      return ['sendMessage', { chat_id: desk.forum.id, text: 'hi', reply_markup: HEAVY_BUTTON }];
    },
    refused(400, NO_RIGHT),
  ],
  [
    'the permission before the size of entities, which only the data centre knows',
    TD_ORDER,
    (desk) => {
      muteIn(desk);
      return ['sendMessage', { chat_id: desk.forum.id, text: HEAVY_LINKS, parse_mode: 'HTML' }];
    },
    refused(400, NO_RIGHT),
  ],
  [
    'the permission before a wrong quote, which only the data centre knows',
    TD_ORDER,
    async (desk) => {
      const message_id = await desk.send(desk.forum);
      muteIn(desk);
      const reply = { message_id, quote: 'nothing of the kind' };
      return ['sendMessage', { chat_id: desk.forum.id, text: 'hi', reply_parameters: reply }];
    },
    refused(400, NO_RIGHT),
  ],
  [
    'the permission before the flood',
    TD_ORDER,
    (desk) => {
      muteIn(desk);
      desk.forum.flood(60);
      return ['sendMessage', { chat_id: desk.forum.id, text: 'hi' }];
    },
    refused(400, NO_RIGHT),
  ],
  [
    'the length before the block, which only the data centre knows',
    TD_ORDER,
    ({ person }) => {
      person.setBotStatus('kicked');
      return ['sendMessage', { chat_id: person.id, text: LONG_TEXT }];
    },
    refused(400, 'Bad Request: message is too long'),
  ],
];

describe('The order of checks of sendMessage', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(PAIRS)('reports %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });
});
