import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accepted,
  type ReferenceCall,
  ReferenceDesk,
  type ReferenceRow,
  refused,
} from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: editing, deleting, copying, forwarding and
 * reacting. Sources are files of tdlib/telegram-bot-api; those that begin with "td" are of
 * tdlib/td. Where none is named, the text was seen on the wire.
 */

const WIRE = 'on the wire';
const DAYS_2 = 48 * 60 * 60 * 1000;

const NOT_MODIFIED = refused(
  400,
  'Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
);
const NO_EDIT = refused(400, "Bad Request: message can't be edited");
const NO_DELETION = refused(400, "Bad Request: message can't be deleted");
const NO_DELETION_FOR_ALL = refused(400, "Bad Request: message can't be deleted for everyone");
const NO_ID = refused(400, 'Bad Request: message identifier is not specified');
const NO_IDS = refused(400, 'Bad Request: message identifiers are not specified');

const KEYBOARD = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };

/** What makes a message one that cannot be edited. */
const REPLY_KEYBOARDS: ReadonlyArray<readonly [string, object]> = [
  ['a reply keyboard', { keyboard: [['Yes']] }],
  ['the end of one', { remove_keyboard: true }],
  ['the wish for a reply', { force_reply: true }],
];

const EDITS: ReferenceRow[] = [
  [
    'of a message that is not there',
    WIRE,
    ({ group }) => ['editMessageText', { chat_id: group.id, message_id: 999, text: 'new' }],
    refused(400, 'Bad Request: message to edit not found'),
  ],
  [
    'of a message with id 0 in a chat',
    'Client.cpp, check_message',
    ({ group }) => ['editMessageText', { chat_id: group.id, text: 'new' }],
    refused(400, 'Bad Request: message to edit not found'),
  ],
  [
    'without chat and message',
    'Client.cpp, get_inline_message_id',
    () => ['editMessageText', { text: 'new' }],
    NO_ID,
  ],
  [
    'of the message of somebody else',
    WIRE,
    ({ group }) => {
      const { message_id } = group.agent('Bob').write('theirs');
      return ['editMessageText', { chat_id: group.id, message_id, text: 'new' }];
    },
    NO_EDIT,
  ],
  [
    'of a forwarded message',
    WIRE,
    async (desk) => {
      const { message_id } = desk.group.agent('Bob').write('theirs');
      const { id } = desk.group;
      await desk.result('forwardMessage', { chat_id: id, from_chat_id: id, message_id });
      return [
        'editMessageText',
        { chat_id: id, message_id: desk.group.messages.at(-1)?.message_id, text: 'new' },
      ];
    },
    NO_EDIT,
  ],
  [
    'of the text of a photo',
    WIRE,
    async (desk) => {
      await desk.result('sendPhoto', {
        chat_id: desk.group.id,
        photo: 'https://example.com/a.jpg',
      });
      const message_id = desk.group.messages.at(-1)?.message_id;
      return ['editMessageText', { chat_id: desk.group.id, message_id, text: 'new' }];
    },
    refused(400, 'Bad Request: there is no text in the message to edit'),
  ],
  [
    'of the caption of a text',
    WIRE,
    async (desk) => {
      const message_id = await desk.send(desk.group);
      return ['editMessageCaption', { chat_id: desk.group.id, message_id, caption: 'new' }];
    },
    refused(400, 'Bad Request: there is no caption in the message to edit'),
  ],
  [
    'that changes nothing in the text',
    WIRE,
    async (desk) => {
      const message_id = await desk.send(desk.group, { reply_markup: KEYBOARD });
      const params = { text: ' hi ', reply_markup: KEYBOARD };
      return ['editMessageText', { chat_id: desk.group.id, message_id, ...params }];
    },
    NOT_MODIFIED,
  ],
  [
    'that changes nothing in the keyboard',
    WIRE,
    async (desk) => {
      const message_id = await desk.send(desk.group);
      return ['editMessageReplyMarkup', { chat_id: desk.group.id, message_id }];
    },
    NOT_MODIFIED,
  ],
];

const DELETIONS: ReferenceRow[] = [
  [
    'of a message that is not there',
    WIRE,
    ({ group }) => ['deleteMessage', { chat_id: group.id, message_id: 999 }],
    refused(400, 'Bad Request: message to delete not found'),
  ],
  [
    'without a message, before the chat',
    'Client.cpp, process_delete_message_query',
    () => ['deleteMessage', { chat_id: 1 }],
    NO_ID,
  ],
  [
    'of the message of somebody else, without the right',
    WIRE,
    ({ supergroup }) => {
      supergroup.setBotRights({ can_delete_messages: false });
      const { message_id } = supergroup.agent('Bob').write('theirs');
      return ['deleteMessage', { chat_id: supergroup.id, message_id }];
    },
    NO_DELETION,
  ],
  [
    'of its own message in a supergroup after 48 hours, without the right',
    WIRE,
    async (desk) => {
      desk.supergroup.setBotRights({ can_delete_messages: false });
      const message_id = await desk.send(desk.supergroup);
      desk.clock.advance(DAYS_2 + 1);
      return ['deleteMessage', { chat_id: desk.supergroup.id, message_id }];
    },
    NO_DELETION,
  ],
  [
    'of any message in a supergroup after 48 hours, with the right, too',
    'td MessagesManager.cpp:8346-8349',
    async (desk) => {
      const message_id = await desk.send(desk.supergroup);
      desk.clock.advance(DAYS_2);
      return ['deleteMessage', { chat_id: desk.supergroup.id, message_id }];
    },
    NO_DELETION,
  ],
  [
    'of the service message of its own change of a topic, without the right',
    'td MessagesManager.cpp:8361-8371',
    async (desk) => {
      const message_thread_id = await desk.createTopic();
      await desk.result('closeForumTopic', { chat_id: desk.forum.id, message_thread_id });
      desk.forum.setBotRights({ can_delete_messages: false });
      const message_id = desk.forum.messages.at(-1)?.message_id;
      return ['deleteMessage', { chat_id: desk.forum.id, message_id }];
    },
    NO_DELETION,
  ],
  [
    'of the message that created a topic',
    'td MessagesManager.cpp:8355-8359',
    async (desk) => [
      'deleteMessage',
      { chat_id: desk.forum.id, message_id: await desk.createTopic() },
    ],
    NO_DELETION,
  ],
  [
    'of the message that created a supergroup',
    WIRE,
    ({ group }) => {
      const upgraded = group.upgrade();
      const message_id = upgraded.messages[0]?.message_id;
      return ['deleteMessage', { chat_id: upgraded.id, message_id }];
    },
    NO_DELETION,
  ],
  [
    'in a private chat after 48 hours',
    WIRE,
    async (desk) => {
      const message_id = await desk.send(desk.person);
      desk.clock.advance(DAYS_2 + 1);
      return ['deleteMessage', { chat_id: desk.person.id, message_id }];
    },
    NO_DELETION_FOR_ALL,
  ],
  [
    'in a group after 48 hours',
    WIRE,
    async (desk) => {
      const message_id = await desk.send(desk.group);
      desk.clock.advance(DAYS_2 + 1);
      return ['deleteMessage', { chat_id: desk.group.id, message_id }];
    },
    NO_DELETION_FOR_ALL,
  ],
  ['of no messages', WIRE, ({ group }) => ['deleteMessages', { chat_id: group.id }], NO_IDS],
  [
    'of an empty list of messages, before the chat',
    'Client.cpp, process_delete_messages_query',
    () => ['deleteMessages', { chat_id: 1, message_ids: [] }],
    NO_IDS,
  ],
  [
    'of more than 100 messages',
    WIRE,
    ({ group }) => [
      'deleteMessages',
      { chat_id: group.id, message_ids: Array.from({ length: 101 }, (_, index) => index + 1) },
    ],
    refused(400, 'Bad Request: too many message identifiers specified'),
  ],
];

const transfer = (
  method: string,
  { group, supergroup }: ReferenceDesk,
  params: object,
): ReferenceCall => [method, { chat_id: group.id, from_chat_id: supergroup.id, ...params }];

const TRANSFERS: ReferenceRow[] = [
  [
    'copyMessage of a message that is not there',
    WIRE,
    (desk) => transfer('copyMessage', desk, { message_id: 999 }),
    refused(400, 'Bad Request: message to copy not found'),
  ],
  [
    'copyMessage without a message',
    'Client.cpp, check_message',
    (desk) => transfer('copyMessage', desk, {}),
    refused(400, 'Bad Request: message to copy not found'),
  ],
  [
    'forwardMessage of a message that is not there',
    WIRE,
    (desk) => transfer('forwardMessage', desk, { message_id: 999 }),
    refused(400, 'Bad Request: message to forward not found'),
  ],
  [
    'copyMessage of a service message',
    WIRE,
    (desk) => {
      desk.supergroup.join('Zoe');
      const message_id = desk.supergroup.messages.at(-1)?.message_id;
      return transfer('copyMessage', desk, { message_id });
    },
    refused(400, "Bad Request: the message can't be copied"),
  ],
  [
    'forwardMessage of a service message',
    WIRE,
    (desk) => {
      desk.supergroup.join('Zoe');
      const message_id = desk.supergroup.messages.at(-1)?.message_id;
      return transfer('forwardMessage', desk, { message_id });
    },
    refused(400, "Bad Request: the message can't be forwarded"),
  ],
  [
    'forwardMessage of protected content',
    'Client.cpp:8233',
    async (desk) => {
      const message_id = await desk.send(desk.supergroup, { protect_content: true });
      return transfer('forwardMessage', desk, { message_id });
    },
    refused(400, "Bad Request: message has protected content and can't be forwarded"),
  ],
  [
    'copyMessages when all are gone',
    WIRE,
    (desk) => transfer('copyMessages', desk, { message_ids: [998, 999] }),
    refused(400, 'Bad Request: there are no messages to forward'),
  ],
  [
    'forwardMessages when all are gone',
    WIRE,
    (desk) => transfer('forwardMessages', desk, { message_ids: [998, 999] }),
    refused(400, 'Bad Request: there are no messages to forward'),
  ],
  [
    'forwardMessages in another order',
    WIRE,
    (desk) => transfer('forwardMessages', desk, { message_ids: [2, 1] }),
    refused(400, 'Bad Request: message identifiers must be in a strictly increasing order'),
  ],
  [
    'copyMessages with one twice',
    WIRE,
    (desk) => transfer('copyMessages', desk, { message_ids: [1, 1] }),
    refused(400, 'Bad Request: message identifiers must be in a strictly increasing order'),
  ],
  [
    'forwardMessages without messages',
    WIRE,
    (desk) => transfer('forwardMessages', desk, {}),
    NO_IDS,
  ],
];

async function reaction(desk: ReferenceDesk, types: unknown): Promise<ReferenceCall> {
  const message_id = await desk.send(desk.group);
  return ['setMessageReaction', { chat_id: desk.group.id, message_id, reaction: types }];
}

const thumb = (emoji = '👍'): object => ({ type: 'emoji', emoji });

const REACTIONS: ReferenceRow[] = [
  [
    'on a message that is not there',
    WIRE,
    ({ group }) => [
      'setMessageReaction',
      { chat_id: group.id, message_id: 999, reaction: [thumb()] },
    ],
    refused(400, 'Bad Request: message to react not found'),
  ],
  [
    'with an emoji that is none of the list',
    'data centre',
    (desk) => reaction(desk, [thumb('🧦')]),
    refused(400, 'Bad Request: REACTION_INVALID'),
  ],
  [
    'with two emoji, of which bots have one',
    'data centre',
    (desk) => reaction(desk, [thumb('👍'), thumb('👎')]),
    refused(400, 'Bad Request: REACTIONS_TOO_MANY'),
  ],
  [
    'of an unknown type, before all else',
    'Client.cpp, get_reaction_types',
    () => ['setMessageReaction', { reaction: [{ type: 'sticker' }] }],
    refused(400, "Bad Request: can't parse ReactionType: invalid reaction type specified"),
  ],
];

describe('Editing, deleting, copying, forwarding and pinning', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(EDITS)('refuses an edit %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it.each(REPLY_KEYBOARDS)('refuses an edit of what brought %s', async (_what, reply_markup) => {
    const message_id = await desk.send(desk.group, { reply_markup });
    const params = { chat_id: desk.group.id, message_id, text: 'new' };
    expect(await desk.call('editMessageText', params)).toEqual(NO_EDIT);
  });

  it('edits what the bot wrote long ago', async () => {
    const message_id = await desk.send(desk.group);
    desk.clock.advance(100 * DAYS_2);
    const params = { chat_id: desk.group.id, message_id, text: 'new' };
    expect(await desk.result('editMessageText', params)).toMatchObject({ text: 'new' });
  });

  it('takes the keyboard away when an edit does not mention it (td MessagesManager.cpp:1900-1903)', async () => {
    const message_id = await desk.send(desk.group, { reply_markup: KEYBOARD });
    const params = { chat_id: desk.group.id, message_id, text: 'new' };
    expect(await desk.result('editMessageText', params)).not.toHaveProperty('reply_markup');
  });

  it('deletes the service messages of changes of topics, whoever made them (td MessagesManager.cpp:8361-8363)', async () => {
    const topic = await desk.createTopic('Old');
    const params = { chat_id: desk.forum.id, message_thread_id: topic };
    await desk.result('editForumTopic', { ...params, name: 'New' });
    await desk.result('closeForumTopic', params);
    desk.forum.agent('Boss', { status: 'administrator' }).reopenTopic(topic);
    const [created, ...changes] = desk.forum.messages.map(({ message_id }) => message_id);
    for (const message_id of changes) {
      expect(await desk.call('deleteMessage', { chat_id: desk.forum.id, message_id })).toEqual(
        accepted(true),
      );
    }
    expect(changes).toHaveLength(3);
    expect(desk.forum.messages.map(({ message_id }) => message_id)).toEqual([created]);
    expect(desk.forum.topics).toMatchObject([{ name: 'New', isClosed: false }]);
  });

  it.each(DELETIONS)('refuses a deletion %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('deletes up to 48 hours after in a private chat, and almost so in a supergroup (td MessagesManager.cpp:8346-8349)', async () => {
    const [old, recent] = [await desk.send(desk.supergroup), await desk.send(desk.person)];
    desk.clock.advance(DAYS_2 - 1);
    const inGroup = { chat_id: desk.supergroup.id, message_id: old };
    expect(await desk.call('deleteMessage', inGroup)).toEqual(accepted(true));
    desk.clock.advance(1);
    const inPrivate = { chat_id: desk.person.id, message_id: recent };
    expect(await desk.call('deleteMessage', inPrivate)).toEqual(accepted(true));
  });

  it('skips messages that are gone in deleteMessages', async () => {
    const message_id = await desk.send(desk.group);
    const params = { chat_id: desk.group.id, message_ids: [message_id, 998, 999] };
    expect(await desk.call('deleteMessages', params)).toEqual(accepted(true));
    expect(desk.group.messages).toEqual([]);
  });

  it.each(TRANSFERS)('refuses %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('copies, even protected content, and answers with an id alone (Client.cpp:8233)', async () => {
    const message_id = await desk.send(desk.supergroup, { protect_content: true });
    const answer = await desk.call(...transfer('copyMessage', desk, { message_id }));
    const copy = desk.group.messages.at(-1);
    expect(copy).toMatchObject({ text: 'hi' });
    expect(copy).not.toHaveProperty('forward_origin');
    expect(answer).toEqual(accepted({ message_id: copy?.message_id }));
  });

  it.each(['copyMessages', 'forwardMessages'])('skips in %s what is gone', async (method) => {
    const [one, two] = [await desk.send(desk.supergroup), await desk.send(desk.supergroup)];
    const call = transfer(method, desk, { message_ids: [one, two, 999] });
    const answer = await desk.call(...call);
    expect(answer).toEqual(accepted(desk.group.messages.map(({ message_id }) => ({ message_id }))));
    expect(desk.group.messages).toHaveLength(2);
  });

  it.each(REACTIONS)('refuses a reaction %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it('reacts, with the same again, and takes the reaction away (td MessageReaction.cpp:84-87)', async () => {
    const [method, params] = await reaction(desk, [thumb()]);
    const id = desk.group.messages[0]?.message_id ?? 0;
    expect(await desk.call(method, params)).toEqual(accepted(true));
    expect(await desk.call(method, params)).toEqual(accepted(true));
    expect(desk.group.reactionsOn(id)).toEqual(['👍']);
    expect(await desk.call(method, { ...params, reaction: [] })).toEqual(accepted(true));
    expect(desk.group.reactionsOn(id)).toEqual([]);
    await desk.call(method, params);
    expect(await desk.call(method, { ...params, reaction: undefined })).toEqual(accepted(true));
    expect(desk.group.reactionsOn(id)).toEqual([]);
  });
});
