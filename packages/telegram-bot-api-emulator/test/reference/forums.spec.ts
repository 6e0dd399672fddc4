import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceCall,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: the forum methods. Sources are files of
 * tdlib/telegram-bot-api; those that begin with "td" are of tdlib/td.
 */

const METHODS = 'Client.cpp:14955-15096';
const CREATE = 'td ForumTopicManager.cpp:515-592';
const CHANGE = 'td ForumTopicManager.cpp:959-1040';
const DELETE = 'td ForumTopicManager.cpp:1018-1052';

/** The id of the icon ✅. */
const DONE = '5237699328843200968';
const MTPROTO_EDIT = 'MTProto documentation, messages.editForumTopic';

const NO_FORUM = refused(400, 'Bad Request: the chat is not a forum');
const NO_SUPERGROUP_FORUM = refused(400, 'Bad Request: the chat is not a supergroup forum');
const NOT_MODIFIED = refused(400, 'Bad Request: TOPIC_NOT_MODIFIED');
const INVALID_ID = refused(400, 'Bad Request: invalid forum topic identifier specified');
const UNKNOWN = refused(400, 'Bad Request: TOPIC_ID_INVALID');

/** A topic that somebody else has created, once the bot has lost a right. */
function withoutRight(
  { forum }: ReferenceDesk,
  right: 'can_manage_topics' | 'can_delete_messages',
): number {
  const { id } = forum.agent('Boss', { status: 'administrator' }).createTopic('Theirs');
  forum.setBotRights({ [right]: false });
  return id;
}

const topicCall = (
  method: string,
  { forum }: ReferenceDesk,
  topic: unknown,
  more: object = {},
): ReferenceCall => [method, { chat_id: forum.id, message_thread_id: topic, ...more }];

const REFUSALS: ReferenceRow[] = [
  [
    'createForumTopic in a supergroup without topics',
    CREATE,
    ({ supergroup }) => ['createForumTopic', { chat_id: supergroup.id, name: 'T' }],
    NO_FORUM,
  ],
  [
    'createForumTopic in a group',
    CREATE,
    ({ group }) => ['createForumTopic', { chat_id: group.id, name: 'T' }],
    NO_FORUM,
  ],
  [
    'createForumTopic in a private chat without the topic mode',
    CREATE,
    ({ person }) => ['createForumTopic', { chat_id: person.id, name: 'T' }],
    NO_FORUM,
  ],
  [
    'createForumTopic without the right',
    CREATE,
    (desk) => {
      withoutRight(desk, 'can_manage_topics');
      return ['createForumTopic', { chat_id: desk.forum.id, name: '' }];
    },
    refused(400, 'Bad Request: not enough rights to create a topic'),
  ],
  [
    'createForumTopic with a blank name, before the colour',
    CREATE,
    ({ forum }) => ['createForumTopic', { chat_id: forum.id, name: ' \n ', icon_color: -1 }],
    refused(400, 'Bad Request: name must be non-empty'),
  ],
  [
    'createForumTopic with a colour that is none',
    CREATE,
    ({ forum }) => ['createForumTopic', { chat_id: forum.id, name: 'T', icon_color: 0x1000000 }],
    refused(400, 'Bad Request: invalid icon color specified'),
  ],
  [
    'createForumTopic with an icon that is not one of getForumTopicIconStickers',
    MTPROTO_EDIT,
    ({ forum }) => [
      'createForumTopic',
      { chat_id: forum.id, name: 'T', icon_custom_emoji_id: '5368324170671202286' },
    ],
    refused(400, 'Bad Request: DOCUMENT_INVALID'),
  ],
  [
    'editForumTopic with an icon that is not one of getForumTopicIconStickers',
    MTPROTO_EDIT,
    async (desk) =>
      topicCall('editForumTopic', desk, await desk.createTopic(), {
        name: 'New',
        icon_custom_emoji_id: '5368324170671202286',
      }),
    refused(400, 'Bad Request: DOCUMENT_INVALID'),
  ],
  [
    'editForumTopic of the icon of General, be it to none',
    MTPROTO_EDIT,
    (desk) => topicCall('editForumTopic', desk, 1, { icon_custom_emoji_id: '' }),
    refused(400, 'Bad Request: GENERAL_MODIFY_ICON_FORBIDDEN'),
  ],
  [
    'editForumTopic in a supergroup without topics',
    CREATE,
    ({ supergroup }) => ['editForumTopic', { chat_id: supergroup.id, message_thread_id: 5 }],
    NO_FORUM,
  ],
  [
    'editForumTopic without a topic',
    CREATE,
    (desk) => topicCall('editForumTopic', desk, 0),
    INVALID_ID,
  ],
  [
    'editForumTopic without the right',
    CREATE,
    (desk) =>
      topicCall('editForumTopic', desk, withoutRight(desk, 'can_manage_topics'), { name: 'New' }),
    refused(400, 'Bad Request: not enough rights to edit the topic'),
  ],
  [
    'editForumTopic with the name that the topic has',
    CREATE,
    async (desk) => topicCall('editForumTopic', desk, await desk.createTopic('T'), { name: ' T ' }),
    NOT_MODIFIED,
  ],
  [
    'editForumTopic with the icon that the topic has',
    CREATE,
    async (desk) =>
      topicCall('editForumTopic', desk, await desk.createTopic(), { icon_custom_emoji_id: '' }),
    NOT_MODIFIED,
  ],
  [
    'editForumTopic of a topic that is not there',
    CREATE,
    (desk) => topicCall('editForumTopic', desk, 999, { name: 'New' }),
    UNKNOWN,
  ],
  [
    'closeForumTopic of a closed one',
    'claude-code-telegram#108',
    async (desk) => {
      const call = topicCall('closeForumTopic', desk, await desk.createTopic());
      await desk.result(...call);
      return call;
    },
    NOT_MODIFIED,
  ],
  [
    'reopenForumTopic of an open one',
    'claude-code-telegram#108',
    async (desk) => topicCall('reopenForumTopic', desk, await desk.createTopic()),
    NOT_MODIFIED,
  ],
  [
    'closeForumTopic without a topic',
    CHANGE,
    (desk) => topicCall('closeForumTopic', desk, ''),
    INVALID_ID,
  ],
  [
    'closeForumTopic without the right',
    CHANGE,
    (desk) => topicCall('closeForumTopic', desk, withoutRight(desk, 'can_manage_topics')),
    refused(400, 'Bad Request: not enough rights to close or open the topic'),
  ],
  [
    'reopenForumTopic without the right',
    CHANGE,
    (desk) => topicCall('reopenForumTopic', desk, withoutRight(desk, 'can_manage_topics')),
    refused(400, 'Bad Request: not enough rights to close or open the topic'),
  ],
  [
    'closeForumTopic of a topic that is not there',
    'MTProto documentation',
    (desk) => topicCall('closeForumTopic', desk, 999),
    UNKNOWN,
  ],
  [
    'reopenForumTopic of a topic that is not there',
    'MTProto documentation',
    (desk) => topicCall('reopenForumTopic', desk, 999),
    UNKNOWN,
  ],
  [
    'closeForumTopic of a topic that was deleted',
    'MTProto documentation',
    async (desk) => {
      const topic = await desk.createTopic();
      await desk.result(...topicCall('deleteForumTopic', desk, topic));
      return topicCall('closeForumTopic', desk, topic);
    },
    UNKNOWN,
  ],
  [
    'closeForumTopic in a supergroup without topics',
    CHANGE,
    ({ supergroup }) => ['closeForumTopic', { chat_id: supergroup.id, message_thread_id: 5 }],
    NO_FORUM,
  ],
  [
    'deleteForumTopic without the right',
    DELETE,
    (desk) => topicCall('deleteForumTopic', desk, withoutRight(desk, 'can_delete_messages')),
    refused(400, 'Bad Request: not enough rights to delete the topic'),
  ],
  [
    'deleteForumTopic without a topic',
    DELETE,
    (desk) => topicCall('deleteForumTopic', desk, 0),
    INVALID_ID,
  ],
  [
    'deleteForumTopic of a topic that is not there',
    DELETE,
    (desk) => topicCall('deleteForumTopic', desk, 999),
    UNKNOWN,
  ],
];

describe('Forum methods', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  /** The service messages of the forum with `field`. */
  const posted = (field: 'forum_topic_created' | 'forum_topic_edited'): unknown[] =>
    desk.forum.messages.flatMap((message) => message[field] ?? []);

  const general = (method: string, params: object = {}): Promise<unknown> =>
    desk.call(`${method}GeneralForumTopic`, { chat_id: desk.forum.id, ...params });

  it.each(REFUSALS)('refuses %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it.each([
    'createForumTopic',
    'editForumTopic',
    'closeForumTopic',
    'reopenForumTopic',
    'deleteForumTopic',
    'editGeneralForumTopic',
    'closeGeneralForumTopic',
    'reopenGeneralForumTopic',
    'hideGeneralForumTopic',
    'unhideGeneralForumTopic',
  ])('needs access to write for %s, before all else (Client.cpp:14955-15096)', async (method) => {
    desk.forum.setBotStatus('kicked');
    expect(await desk.call(...topicCall(method, desk, 0))).toEqual(
      refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
    );
  });

  describe('createForumTopic', () => {
    it(`answers with id, name, colour and icon (${METHODS})`, async () => {
      const { id: chat_id } = desk.forum;
      const icon = { icon_color: 0xffd67e, icon_custom_emoji_id: DONE };
      const plain = await desk.call('createForumTopic', { chat_id, name: 'One' });
      const decorated = await desk.call('createForumTopic', { chat_id, name: 'Two', ...icon });
      const [one, two] = desk.forum.topics.map(({ id }) => id);
      expect([plain, decorated]).toEqual([
        accepted({ message_thread_id: one, name: 'One', icon_color: 0x6fb9f0 }),
        accepted({ message_thread_id: two, name: 'Two', ...icon }),
      ]);
    });

    it(`cleans, trims and cuts the name at 128 characters (${CREATE})`, async () => {
      await desk.createTopic(` a\nb ${'😀'.repeat(200)}`);
      expect(desk.forum.topics[0]?.name).toBe(`a b ${'😀'.repeat(124)}`);
    });

    it.each([
      ['spaces of all kinds on one', ' a \u2003\t\n\u00a0 b\r ', 'a b'],
      ['direction overrides and separators', '\u202ea\u2028b\u202d', 'ab'],
      ['emoji tags as a space', '🏴\u{e0067}\u{e007f}x', '🏴 x'],
      ['only emoji', '🦖🦖', '🦖🦖'],
      [
        'no more than 128 characters, counted before double spaces go',
        `a  ${'b'.repeat(200)}`,
        `a ${'b'.repeat(125)}`,
      ],
    ])('keeps %s (td misc.cpp:24-52, 163-253)', async (_what, name, kept) => {
      await desk.createTopic(name);
      expect(desk.forum.topics[0]?.name).toBe(kept);
    });

    it.each(['\u200b\u200e\u202e\ufeff\u00a0', '\u3000\u2800', '\r\n'])(
      'finds no name in %j, where there is nothing to see (td misc.cpp:209-250)',
      async (name) => {
        expect(await desk.call('createForumTopic', { chat_id: desk.forum.id, name })).toEqual(
          refused(400, 'Bad Request: name must be non-empty'),
        );
      },
    );

    it('takes an icon that is no number for none (Client.cpp:14955-14969)', async () => {
      const params = { chat_id: desk.forum.id, name: 'T', icon_custom_emoji_id: 'x' };
      const topic = await desk.result('createForumTopic', params);
      expect(topic).not.toHaveProperty('icon_custom_emoji_id');
    });

    it(`makes two topics of one name (${CREATE})`, async () => {
      const [one, other] = [await desk.createTopic('Same'), await desk.createTopic('Same')];
      expect(other).not.toBe(one);
      expect(desk.forum.topics.map(({ name }) => name)).toEqual(['Same', 'Same']);
    });
  });

  it('getForumTopicIconStickers lists custom emoji, which topics then take (Client.cpp:14949-14953)', async () => {
    const stickers = await desk.result('getForumTopicIconStickers');
    expect(stickers).toContainEqual({
      width: 512,
      height: 512,
      emoji: '✅',
      set_name: 'Topics',
      is_animated: true,
      is_video: false,
      type: 'custom_emoji',
      custom_emoji_id: DONE,
      file_id: expect.any(String),
      file_unique_id: expect.any(String),
      file_size: expect.any(Number),
    });
    expect(await desk.result('getForumTopicIconStickers')).toEqual(stickers);
  });

  describe('editForumTopic', () => {
    it(`is done when it asks for nothing, whatever the topic (${CREATE})`, async () => {
      const topic = await desk.createTopic();
      for (const id of [topic, 999]) {
        expect(await desk.call(...topicCall('editForumTopic', desk, id))).toEqual(accepted(true));
        expect(await desk.call(...topicCall('editForumTopic', desk, id, { name: '' }))).toEqual(
          accepted(true),
        );
      }
      expect(posted('forum_topic_edited')).toEqual([]);
    });

    it(`changes name and icon (${CREATE})`, async () => {
      const change = { name: 'New', icon_custom_emoji_id: DONE };
      const call = topicCall('editForumTopic', desk, await desk.createTopic(), change);
      expect(await desk.call(...call)).toEqual(accepted(true));
      expect(posted('forum_topic_edited')).toEqual([change]);
      expect(await desk.call(...call)).toEqual(NOT_MODIFIED);
    });
  });

  it(`lets a mere member change the topic it created (${CHANGE})`, async () => {
    const topic = await desk.createTopic();
    desk.forum.setBotStatus('member');
    const answers = [
      await desk.call(...topicCall('editForumTopic', desk, topic, { name: 'New' })),
      await desk.call(...topicCall('closeForumTopic', desk, topic)),
      await desk.call(...topicCall('reopenForumTopic', desk, topic)),
    ];
    expect(answers).toEqual(Array.from({ length: 3 }, () => accepted(true)));
  });

  it(`lets the data centre refuse the deletion of the topic it created (documentation, ${DELETE})`, async () => {
    const topic = await desk.createTopic();
    desk.forum.setBotRights({ can_delete_messages: false });
    expect(await desk.call(...topicCall('deleteForumTopic', desk, topic))).toEqual(
      refused(400, 'Bad Request: CHAT_ADMIN_REQUIRED'),
    );
    expect(desk.forum.topics).toMatchObject([{ id: topic }]);
    desk.forum.setBotRights({ can_delete_messages: true });
    await desk.result(...topicCall('deleteForumTopic', desk, topic));
  });

  it(`says nothing of a topic that is deleted, by whomever (${DELETE})`, async () => {
    const [one, other] = [await desk.createTopic('One'), await desk.createTopic('Other')];
    await desk.call('deleteWebhook', { drop_pending_updates: true });
    await desk.result(...topicCall('deleteForumTopic', desk, one));
    desk.forum.agent('Boss', { status: 'administrator' }).deleteTopic(other);
    expect([desk.forum.messages, desk.telegram.bot.pendingUpdates]).toEqual([[], 0]);
  });

  describe('in a private chat with topics', () => {
    beforeEach(async () => {
      await desk.stop();
      desk = await ReferenceDesk.start({ bots: [{ hasTopicsEnabled: true }] });
    });

    it.each([
      'closeForumTopic',
      'reopenForumTopic',
      'closeGeneralForumTopic',
      'reopenGeneralForumTopic',
      'hideGeneralForumTopic',
      'unhideGeneralForumTopic',
    ])('%s does not work (Client.cpp:14955-15096)', async (method) => {
      const chat_id = desk.person.id;
      await desk.result('createForumTopic', { chat_id, name: 'Mine' });
      const message_thread_id = desk.person.topics[0]?.id;
      expect(await desk.call(method, { chat_id, message_thread_id })).toEqual(NO_SUPERGROUP_FORUM);
    });
  });

  describe('General', () => {
    it(`is edited, closed, reopened, hidden and shown as topic 1 (${METHODS})`, async () => {
      expect(await general('edit', { name: 'Lobby' })).toEqual(accepted(true));
      expect(await general('edit', { name: 'Lobby' })).toEqual(NOT_MODIFIED);
      expect(await general('edit')).toEqual(accepted(true));
      expect(await general('close')).toEqual(accepted(true));
      expect(await general('close')).toEqual(NOT_MODIFIED);
      expect(await general('reopen')).toEqual(accepted(true));
      expect(await general('hide')).toEqual(accepted(true));
      expect(desk.forum.generalTopic).toEqual({ name: 'Lobby', isClosed: true, isHidden: true });
      expect(await general('unhide')).toEqual(accepted(true));
      expect(desk.forum.messages.map(({ message_thread_id }) => message_thread_id)).toEqual(
        Array.from({ length: 5 }, () => undefined),
      );
    });

    it.each([
      ['edit', 'edit the topic'],
      ['close', 'close or open the topic'],
      ['reopen', 'close or open the topic'],
      ['hide', 'close or open the topic'],
      ['unhide', 'close or open the topic'],
    ])('needs a right to %s (td ForumTopicManager.cpp:959-1040)', async (method, deed) => {
      desk.forum.setBotRights({ can_manage_topics: false });
      expect(await general(method, { name: 'Lobby' })).toEqual(
        refused(400, `Bad Request: not enough rights to ${deed}`),
      );
    });
  });
});
