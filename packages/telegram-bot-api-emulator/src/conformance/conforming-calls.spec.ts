import { describe, expect, it } from 'vitest';
import { ConformanceChecker } from './conformance-checker.js';

const entities = [
  { type: 'bold', offset: 0, length: 5 },
  { type: 'text_link', offset: 0, length: 1, url: 'https://example.com/?a=1' },
  { type: 'text_mention', offset: 6, length: 3, user: { id: 5, is_bot: false, first_name: 'Ann' } },
  { type: 'pre', offset: 10, length: 4, language: 'python' },
  { type: 'custom_emoji', offset: 15, length: 2, custom_emoji_id: '5368324170671202286' },
];

const keyboard = {
  inline_keyboard: [
    [{ text: 'Take it', callback_data: 'take:42' }],
    [
      { text: 'Open', url: 'https://example.com' },
      { text: 'Share', switch_inline_query: '' },
      { text: 'App', web_app: { url: 'https://example.com/app' }, style: 'primary' },
    ],
    [{ text: 'Copy', copy_text: { text: 'ABC-42' } }],
  ],
};

const rights = {
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: false,
  can_restrict_members: false,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_send_welcome_messages: false,
};

const article = {
  type: 'article',
  id: '1',
  title: 'Opening hours',
  thumbnail_url: 'https://example.com/clock.png',
  input_message_content: { message_text: 'We are open <b>all day</b>.', parse_mode: 'HTML' },
};

/** Calls as clients write them in JSON. */
const CALLS: Array<[string, Record<string, unknown>]> = [
  ['getMe', {}],
  ['logOut', {}],
  ['getUpdates', { offset: 870_000_002, limit: 100, timeout: 30, allowed_updates: [] }],
  [
    'setWebhook',
    {
      url: 'https://example.com/telegram',
      secret_token: 'a-secret_token',
      max_connections: 40,
      allowed_updates: ['message', 'edited_message', 'message_reaction', 'callback_query'],
      drop_pending_updates: true,
    },
  ],
  ['setWebhook', { url: '' }],
  ['deleteWebhook', {}],
  ['getChat', { chat_id: '@support_desk' }],
  ['getChatMember', { chat_id: -1_001_234_567_890, user_id: 5_100_000_001 }],
  ['sendMessage', { chat_id: -100_123, text: 'Hello', reply_markup: { remove_keyboard: true } }],
  [
    'sendMessage',
    {
      chat_id: 5_100_000_001,
      message_thread_id: 12,
      text: 'Hello Ann\ncode 👍',
      entities,
      link_preview_options: {
        is_disabled: false,
        url: 'https://example.com',
        show_above_text: true,
      },
      disable_notification: true,
      protect_content: false,
      message_effect_id: '5104841245755180586',
      reply_parameters: {
        message_id: 41,
        chat_id: '@support_desk',
        allow_sending_without_reply: true,
        quote: 'Help',
        quote_position: 0,
      },
      reply_markup: keyboard,
    },
  ],
  [
    'sendMessage',
    {
      chat_id: 1,
      text: 'Choose',
      parse_mode: 'markdownv2',
      reply_markup: {
        keyboard: [['Yes', { text: 'No' }], [{ text: 'My number', request_contact: true }]],
        resize_keyboard: true,
        one_time_keyboard: true,
      },
    },
  ],
  ['forwardMessage', { chat_id: 1, from_chat_id: '@support_desk', message_id: 7 }],
  ['copyMessages', { chat_id: 1, from_chat_id: -100_123, message_ids: [7, 8, 9] }],
  ['sendPhoto', { chat_id: 1, photo: 'AgACAgIAAxkBAAI', caption: '<b>x</b>', parse_mode: 'HTML' }],
  ['sendDocument', { chat_id: 1, document: 'https://example.com/a.pdf', caption_entities: [] }],
  [
    'sendMediaGroup',
    {
      chat_id: 1,
      media: [
        { type: 'photo', media: 'AgACAgIAAxkBAAI', caption: 'Both', has_spoiler: true },
        { type: 'video', media: 'https://example.com/a.mp4', width: 640, height: 480, duration: 5 },
      ],
    },
  ],
  ['sendLocation', { chat_id: 1, latitude: 52.52, longitude: -13.405, live_period: 900 }],
  ['sendContact', { chat_id: 1, phone_number: '+491701234567', first_name: 'Ann' }],
  [
    'sendPoll',
    {
      chat_id: 1,
      question: 'Was this helpful?',
      options: [{ text: 'Yes' }, { text: 'No', text_parse_mode: 'HTML' }],
      is_anonymous: false,
      type: 'regular',
      open_period: 600,
    },
  ],
  ['sendDice', { chat_id: 1, emoji: '🎲' }],
  ['sendChatAction', { chat_id: 1, action: 'typing', message_thread_id: 12 }],
  [
    'setMessageReaction',
    { chat_id: 1, message_id: 7, reaction: [{ type: 'emoji', emoji: '👍' }], is_big: false },
  ],
  ['setMessageReaction', { chat_id: 1, message_id: 7, reaction: [{ type: 'emoji', emoji: '❤️' }] }],
  ['getFile', { file_id: 'AgACAgIAAxkBAAI' }],
  [
    'restrictChatMember',
    {
      chat_id: -100_123,
      user_id: 5,
      permissions: { can_send_messages: false, can_send_photos: false },
      until_date: 1_790_000_000,
    },
  ],
  ['promoteChatMember', { chat_id: -100_123, user_id: 5, can_manage_topics: true }],
  ['banChatMember', { chat_id: -100_123, user_id: 5, revoke_messages: true }],
  ['createChatInviteLink', { chat_id: -100_123, name: 'Guests', creates_join_request: true }],
  ['createForumTopic', { chat_id: -100_123, name: 'Ann', icon_color: 7_322_096 }],
  [
    'createForumTopic',
    {
      chat_id: 1,
      name: 'Ann',
      icon_color: 16_478_047,
      icon_custom_emoji_id: '5237699328843200968',
    },
  ],
  ['getForumTopicIconStickers', {}],
  ['closeForumTopic', { chat_id: -100_123, message_thread_id: 12 }],
  ['reopenForumTopic', { chat_id: '@support_desk', message_thread_id: 12 }],
  ['deleteForumTopic', { chat_id: -100_123, message_thread_id: 12 }],
  ['unpinAllForumTopicMessages', { chat_id: -100_123, message_thread_id: 12 }],
  ['editGeneralForumTopic', { chat_id: -100_123, name: 'Lobby' }],
  ['closeGeneralForumTopic', { chat_id: -100_123 }],
  ['editForumTopic', { chat_id: -100_123, message_thread_id: 12, icon_custom_emoji_id: '' }],
  ['answerCallbackQuery', { callback_query_id: '42', text: 'Taken', show_alert: true }],
  [
    'setMyCommands',
    {
      commands: [{ command: 'start', description: 'Start' }],
      scope: { type: 'chat_member', chat_id: '@support_desk', user_id: 5 },
      language_code: 'de',
    },
  ],
  ['deleteMyCommands', { scope: { type: 'default' }, language_code: '' }],
  [
    'setChatMenuButton',
    { menu_button: { type: 'web_app', text: 'Desk', web_app: { url: 'https://example.com' } } },
  ],
  ['setMyDefaultAdministratorRights', { rights, for_channels: false }],
  [
    'editMessageText',
    { chat_id: 1, message_id: 7, text: 'Edited', reply_markup: { inline_keyboard: [] } },
  ],
  ['editMessageMedia', { inline_message_id: 'A', media: { type: 'audio', media: 'CQACAgIAAxkB' } }],
  ['editMessageReplyMarkup', { chat_id: 1, message_id: 7, reply_markup: keyboard }],
  ['deleteMessages', { chat_id: 1, message_ids: [7] }],
  ['answerInlineQuery', { inline_query_id: '42', results: [article], cache_time: 0 }],
  [
    'sendInvoice',
    {
      chat_id: 1,
      title: 'Help',
      description: 'An hour of it',
      payload: 'hour',
      currency: 'XTR',
      prices: [{ label: 'Hour', amount: 100 }],
    },
  ],
  [
    'sendRichMessage',
    {
      chat_id: 1,
      rich_message: {
        blocks: [
          { type: 'heading', size: 2, text: 'Hours' },
          { type: 'paragraph', text: ['We are open ', { type: 'bold', text: ['all', ' day'] }] },
        ],
      },
    },
  ],
  [
    'editStory',
    {
      business_connection_id: 'A',
      story_id: 1,
      content: { type: 'photo', photo: 'attach://story' },
      areas: [
        {
          position: {
            x_percentage: 50,
            y_percentage: 50.5,
            width_percentage: 10,
            height_percentage: 10,
            rotation_angle: 0,
            corner_radius_percentage: 0,
          },
          type: { type: 'link', url: 'https://example.com' },
        },
      ],
    },
  ],
];

/** The files that a call refers to. */
function filesOf(params: object): ReadonlySet<string> {
  const attached = JSON.stringify(params).matchAll(/attach:\/\/(\w+)/g);
  return new Set(Array.from(attached, ([, name = '']) => name));
}

describe('ConformanceChecker', () => {
  const checker = new ConformanceChecker();

  it.each(CALLS)('finds no problem with %s %j', (method, params) => {
    const call = { method, params, isJson: true, files: filesOf(params) };
    expect(checker.check(call)).toEqual([]);
  });

  it.each(CALLS)(
    'finds no problem with texts, as a form holds them, for %s %j',
    (method, params) => {
      const texts = Object.entries(params).map(([name, value]) => {
        return [name, typeof value === 'string' ? value : JSON.stringify(value)];
      });
      const call = { method, params: Object.fromEntries(texts), files: filesOf(params) };
      expect(checker.check({ ...call, isJson: false })).toEqual([]);
    },
  );

  it('takes objects and arrays as JSON in texts of a JSON body, too', () => {
    const params = {
      chat_id: 1,
      text: 'Hello',
      entities: JSON.stringify(entities),
      reply_markup: JSON.stringify(keyboard),
    };
    const call = { method: 'sendMessage', params, isJson: true, files: new Set<string>() };
    expect(checker.check(call)).toEqual([]);
  });
});
