import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ReferenceDesk, type ReferenceRow, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: how a chat is found, and what may be done
 * there. The source is Client.cpp of tdlib/telegram-bot-api.
 */

const FINDING = 'Client.cpp:6557-6600';
const ACCESS = 'Client.cpp:8125-8227';
const NOT_FOUND = refused(400, 'Bad Request: chat not found');

const REFUSALS: ReferenceRow[] = [
  [
    'no chat is named',
    ACCESS,
    () => ['sendMessage', { text: 'hi' }],
    refused(400, 'Bad Request: chat_id is empty'),
  ],
  [
    'an empty chat is named',
    ACCESS,
    () => ['sendMessage', { chat_id: '', text: 'hi' }],
    refused(400, 'Bad Request: chat_id is empty'),
  ],
  [
    'the chat was never seen',
    FINDING,
    () => ['sendMessage', { chat_id: 77, text: 'hi' }],
    NOT_FOUND,
  ],
  [
    'the group was never seen',
    FINDING,
    () => ['sendMessage', { chat_id: -77, text: 'hi' }],
    NOT_FOUND,
  ],
  [
    'the name is that of a person',
    FINDING,
    ({ telegram }) => {
      telegram.createPrivateChat('Zoe', { username: 'zoe_smith' });
      return ['sendMessage', { chat_id: '@zoe_smith', text: 'hi' }];
    },
    NOT_FOUND,
  ],
  [
    'nobody has the name',
    FINDING,
    () => ['sendMessage', { chat_id: '@nobody_here', text: 'hi' }],
    NOT_FOUND,
  ],
  [
    'the person was seen, but never started the bot',
    FINDING,
    ({ group }) => ['sendMessage', { chat_id: group.agent('Bob').user.id, text: 'hi' }],
    refused(403, "Forbidden: bot can't initiate conversation with a user"),
  ],
  [
    'the chat is the bot itself',
    FINDING,
    ({ telegram }) => ['sendMessage', { chat_id: telegram.bot.id, text: 'hi' }],
    refused(403, "Forbidden: the bot can't send messages to the bot"),
  ],
  [
    'the chat is the bot itself, by its name',
    FINDING,
    ({ telegram }) => ['sendMessage', { chat_id: `@${telegram.bot.username}`, text: 'hi' }],
    refused(403, "Forbidden: the bot can't send messages to the bot"),
  ],
  [
    'the person has deleted the account',
    ACCESS,
    ({ person }) => {
      person.destroy();
      return ['sendMessage', { chat_id: person.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: user is deactivated'),
  ],
  [
    'the group was deleted',
    ACCESS,
    ({ group }) => {
      group.destroy();
      return ['sendMessage', { chat_id: group.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: the group chat was deleted'),
  ],
  [
    'the bot was kicked from the group',
    ACCESS,
    ({ group }) => {
      group.setBotStatus('kicked');
      return ['sendMessage', { chat_id: group.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot was kicked from the group chat'),
  ],
  [
    'the bot was kicked from the supergroup',
    ACCESS,
    ({ supergroup }) => {
      supergroup.setBotStatus('kicked');
      return ['sendMessage', { chat_id: supergroup.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
  ],
  [
    'the bot was kicked from the channel',
    ACCESS,
    ({ channel }) => {
      channel.setBotStatus('kicked');
      return ['sendMessage', { chat_id: channel.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot was kicked from the channel chat'),
  ],
  [
    'the bot is not in the group',
    ACCESS,
    ({ group }) => {
      group.setBotStatus('left');
      return ['sendMessage', { chat_id: group.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot is not a member of the group chat'),
  ],
  [
    'the bot is not in the supergroup',
    ACCESS,
    ({ supergroup }) => {
      supergroup.setBotStatus('left');
      return ['sendMessage', { chat_id: supergroup.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot is not a member of the supergroup chat'),
  ],
  [
    'the bot is not in the channel',
    ACCESS,
    ({ channel }) => {
      channel.setBotStatus('left');
      return ['sendMessage', { chat_id: channel.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot is not a member of the channel chat'),
  ],
  [
    'the bot is blocked',
    'Client.cpp:71-205',
    ({ person }) => {
      person.setBotStatus('kicked');
      return ['sendMessage', { chat_id: person.id, text: 'hi' }];
    },
    refused(403, 'Forbidden: bot was blocked by the user'),
  ],
  [
    'the bot reads a private supergroup that it is not in',
    ACCESS,
    ({ supergroup }) => {
      supergroup.setBotStatus('left');
      return ['getChat', { chat_id: supergroup.id }];
    },
    refused(403, 'Forbidden: bot is not a member of the supergroup chat'),
  ],
  [
    'the bot reads a public supergroup that it was kicked from',
    ACCESS,
    ({ telegram }) => {
      const options = { title: 'P', username: 'public_desk', botStatus: 'kicked' } as const;
      return ['getChat', { chat_id: telegram.createSupergroup(options).id }];
    },
    refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
  ],
  [
    'the bot writes to a public supergroup that it is not in',
    ACCESS,
    ({ telegram }) => {
      telegram.createSupergroup({ title: 'P', username: 'public_desk', botStatus: 'left' });
      return ['sendMessage', { chat_id: '@public_desk', text: 'hi' }];
    },
    refused(403, 'Forbidden: bot is not a member of the supergroup chat'),
  ],
  [
    'the bot edits in a public supergroup that it is not in',
    ACCESS,
    async (desk) => {
      const chat = desk.telegram.createSupergroup({ title: 'P', username: 'public_desk' });
      const message_id = await desk.send(chat);
      chat.setBotStatus('left');
      return ['editMessageText', { chat_id: chat.id, message_id, text: 'new' }];
    },
    refused(403, 'Forbidden: bot is not a member of the supergroup chat'),
  ],
  [
    'the bot asks for members of a group that it is not in',
    ACCESS,
    ({ group }) => {
      const { id } = group.agent('Bob').user;
      group.setBotStatus('left');
      return ['getChatMember', { chat_id: group.id, user_id: id }];
    },
    refused(403, 'Forbidden: bot is not a member of the group chat'),
  ],
];

describe('How a chat is found and used', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  it.each(REFUSALS)('says when %s (%s)', async (_fact, _source, arrange, answer) => {
    const [method, params] = await arrange(desk);
    expect(await desk.call(method, params)).toEqual(answer);
  });

  it.each(['sendMessage', 'getChatMember'])(
    'says to %s where an upgraded group has gone (Client.cpp:8125-8227)',
    async (method) => {
      const { id } = desk.group.upgrade();
      const params = { chat_id: desk.group.id, text: 'hi', user_id: 777_000 };
      expect(await desk.call(method, params)).toEqual(
        refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          migrate_to_chat_id: id,
        }),
      );
    },
  );

  it('reads a public supergroup without being in it (Client.cpp:8125-8227)', async () => {
    const options = { title: 'P', username: 'public_desk', botStatus: 'left' } as const;
    const { id } = desk.telegram.createSupergroup(options);
    expect(await desk.result('getChat', { chat_id: id })).toMatchObject({ id, title: 'P' });
    const { user } = desk.telegram.createPrivateChat('Zoe').agent('Zoe');
    expect(await desk.result('getChatMember', { chat_id: id, user_id: user.id })).toMatchObject({
      status: 'left',
    });
  });

  it('reads the chat of somebody who has deleted the account (Client.cpp:8125-8227)', async () => {
    desk.person.destroy();
    const { id } = desk.person;
    expect(await desk.result('getChat', { chat_id: id })).toMatchObject({ id, type: 'private' });
  });

  it('reads a group that it was kicked from, and what it is there itself (Client.cpp:8125-8227)', async () => {
    const { id } = desk.group;
    desk.group.setBotStatus('kicked');
    expect(await desk.result('getChat', { chat_id: id })).toMatchObject({ id, type: 'group' });
    const self = { chat_id: id, user_id: desk.telegram.bot.id };
    expect(await desk.result('getChatMember', self)).toMatchObject({ status: 'kicked' });
  });
});
