import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { PageClient } from '../../test/support/page-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const NOW = 1_790_000_000_000;
/** For a loaded machine. */
const POLL = { timeout: 20_000 };

describe('PageFeed', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let page: PageClient;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ clock: new VirtualClock(NOW), page: true });
    bot = new EmulatorClient(telegram);
    page = new PageClient(telegram);
    forum = telegram.createForum({ title: 'Team' });
  });

  afterEach(async () => {
    page.close();
    await telegram.stop();
  });

  it('begins with all there is', async () => {
    const ada = forum.agent('Ada', { status: 'administrator' });
    const topic = ada.createTopic('Order 42', { icon: '❗' });
    const { message_id: id } = ada.inTopic(topic).write('On its *way*');
    const group = telegram.createGroup({ title: 'Others' });
    const chat = telegram.createPrivateChat('Bob');
    await bot.call('setMyCommands', { commands: [{ command: 'help', description: 'Help' }] });

    const snapshot = await page.open();

    expect(snapshot.people.map(({ name }) => name)).toEqual([
      'Owner of Team',
      'Ada',
      'Owner of Others',
      'Bob',
    ]);
    expect(snapshot.bots).toEqual([
      {
        id: telegram.bot.id,
        name: 'Support Desk',
        username: 'support_desk_bot',
        commands: [{ command: 'help', description: 'Help' }],
        pendingUpdates: telegram.bot.pendingUpdates,
      },
    ]);
    expect(snapshot.chats).toMatchObject([
      { key: String(forum.id), type: 'supergroup', title: 'Team', isForum: true, hasTopics: true },
      { key: String(group.id), type: 'group', isForum: false, hasTopics: false },
      { key: `${chat.id}@${telegram.bot.id}`, type: 'private', title: 'Bob' },
    ]);
    expect(snapshot.chats[0]?.members).toMatchObject([
      { status: 'creator' },
      { id: telegram.bot.id, status: 'administrator', rights: { can_manage_topics: true } },
      { id: ada.user.id, status: 'administrator' },
    ]);
    expect(snapshot.topics).toMatchObject([
      { chat: String(forum.id), id: 1, name: 'General', icon: '' },
      { chat: String(forum.id), id: topic.id, name: 'Order 42', icon: '❗️', isClosed: false },
    ]);
    expect(snapshot.messages).toEqual([
      {
        chat: String(forum.id),
        id: topic.id,
        topicId: topic.id,
        sender: { kind: 'person', id: ada.user.id, name: 'Ada' },
        sentAt: NOW,
        service: 'Ada created the topic "Order 42"',
        reactions: [],
      },
      {
        chat: String(forum.id),
        id,
        topicId: topic.id,
        sender: { kind: 'person', id: ada.user.id, name: 'Ada' },
        sentAt: NOW,
        text: { text: 'On its *way*', entities: [] },
        reactions: [],
      },
    ]);
    expect(snapshot.faults).toEqual({ isOutage: false, slowAnswersMs: 0, planned: [] });
    expect(snapshot.clock).toEqual({ kind: 'virtual', now: NOW });
    expect(snapshot.topicIcons).toContain('✅');
    expect(snapshot.reactionEmoji).toContain('👍');
  });

  it.each<[string, () => unknown, { readonly type: string; readonly [field: string]: unknown }]>([
    [
      'the bot sends',
      () => bot.call('sendMessage', { chat_id: forum.id, text: 'Hi' }),
      { type: 'message', message: { text: { text: 'Hi' }, topicId: 1, sender: { kind: 'bot' } } },
    ],
    [
      'a test writes',
      () => forum.agent('Ada').write('Hi'),
      { type: 'message', message: { text: { text: 'Hi' }, sender: { name: 'Ada' } } },
    ],
    [
      'a message is edited',
      () => {
        const ada = forum.agent('Ada');
        ada.edit(ada.write('Hi'), 'Hello');
      },
      { type: 'message', message: { text: { text: 'Hello' }, editedAt: NOW } },
    ],
    [
      'a message is deleted',
      () => {
        const ada = forum.agent('Ada');
        ada.delete(ada.write('Hi'));
      },
      { type: 'messageDeleted', messageId: 2 },
    ],
    [
      'somebody reacts',
      () => {
        const ada = forum.agent('Ada');
        ada.react(ada.write('Hi'), '👍');
      },
      { type: 'message', message: { reactions: [{ emoji: ['👍'], by: { name: 'Ada' } }] } },
    ],
    [
      'a message is pinned',
      () => {
        const ada = forum.agent('Ada');
        ada.pin(ada.write('Hi'));
      },
      { type: 'chat', chat: { pinned: [2] } },
    ],
    [
      'somebody comes',
      () => forum.join('Bob'),
      { type: 'message', message: { service: 'Bob joined' } },
    ],
    ['somebody is new', () => forum.agent('Bob'), { type: 'person', person: { name: 'Bob' } }],
    [
      'the bot loses a right',
      () => forum.setBotRights({ can_pin_messages: false }),
      { type: 'chat', chat: { members: [{}, { rights: { can_pin_messages: false } }] } },
    ],
    [
      'the bot creates a topic',
      () => bot.call('createForumTopic', { chat_id: forum.id, name: 'Order' }),
      { type: 'topic', topic: { name: 'Order', isClosed: false } },
    ],
    [
      'the bot hides the General topic',
      () => bot.call('hideGeneralForumTopic', { chat_id: forum.id }),
      { type: 'topic', topic: { id: 1, isHidden: true, isClosed: true } },
    ],
    [
      'a topic is deleted',
      () => {
        const ada = forum.agent('Ada', { status: 'administrator' });
        ada.deleteTopic(ada.createTopic('Order'));
      },
      { type: 'topicDeleted', topicId: 2 },
    ],
    [
      'the bot types',
      () => bot.call('sendChatAction', { chat_id: forum.id, action: 'typing' }),
      { type: 'chatAction', action: 'typing' },
    ],
    [
      'the bot sets its commands',
      () => bot.call('setMyCommands', { commands: [{ command: 'a', description: 'b' }] }),
      { type: 'bot', bot: { commands: [{ command: 'a', description: 'b' }] } },
    ],
    [
      'updates wait',
      () => forum.agent('Ada').write('Hi'),
      { type: 'bot', bot: { pendingUpdates: 1 } },
    ],
    [
      'a chat is created',
      () => telegram.createGroup({ title: 'Others' }),
      { type: 'chat', chat: { title: 'Others', type: 'group' } },
    ],
    [
      'a group is upgraded',
      () => telegram.createGroup({ title: 'Others' }).upgrade(),
      { type: 'message', message: { service: 'This supergroup was a group before' } },
    ],
    [
      'a chat is flooded',
      () => forum.flood(30),
      { type: 'chat', chat: { floodedUntil: NOW + 30_000 } },
    ],
    [
      'a test plans a fault',
      () => telegram.failNext('sendMessage', { kind: 'hang' }, 3),
      { type: 'faults', faults: { planned: ['3 × sendmessage: hang'] } },
    ],
    [
      'a test moves the clock',
      () => telegram.clock.advance(1_000),
      { type: 'clock', clock: { now: NOW + 1_000 } },
    ],
    [
      'a test goes offline',
      () => telegram.goOffline(),
      { type: 'faults', faults: { isOutage: true } },
    ],
  ])('tells of it when %s', async (_what, happen, expected) => {
    await page.open();
    await happen();
    await expect
      .poll(() => page.changes.findLast(({ type }) => type === expected.type), POLL)
      .toMatchObject(expected);
  });

  it('tells of a message once, as it is in the end, when it changes often', async () => {
    await page.open();
    const ada = forum.agent('Ada');
    const message = ada.write('0');
    for (let count = 1; count <= 100; count++) ada.edit(message, String(count));
    telegram.createGroup({ title: 'Later' });
    await page.waitFor('chat', ({ chat }) => chat.title === 'Later');
    const texts = page.changes.flatMap((change) =>
      change.type === 'message' ? [change.message.text?.text] : [],
    );
    expect(texts).toEqual(['100']);
  });

  it('has no gap when a page comes back', async () => {
    await page.open();
    page.close();
    forum.agent('Ada').write('Meanwhile');
    const { messages } = await page.open();
    expect(messages).toMatchObject([{ text: { text: 'Meanwhile' } }]);
    forum.agent('Ada').write('Later');
    await page.waitForMessage(({ text }) => text?.text === 'Later');
  });

  it('gives older messages than a snapshot has', async () => {
    const ada = forum.agent('Ada', { status: 'administrator' });
    const topic = ada.createTopic('Order');
    for (let count = 1; count <= 250; count++) ada.inTopic(topic).write(`in it ${count}`);
    for (let count = 1; count <= 300; count++) ada.write(`General ${count}`);
    const { messages, chatsWithMore } = await page.open();
    expect(chatsWithMore).toEqual([String(forum.id)]);
    expect(messages).toHaveLength(300);
    const before = messages[0]?.id;
    const query = `chat=${forum.id}&before=${before}&topic=${topic.id}`;
    const first = await page.history(query);
    expect(first.hasMore).toBe(true);
    expect(first.messages).toHaveLength(200);
    expect(first.messages.at(-1)?.text?.text).toBe('in it 250');
    const next = `chat=${forum.id}&before=${first.messages[0]?.id}&topic=${topic.id}`;
    expect(await page.history(next)).toMatchObject({ hasMore: false, messages: { length: 51 } });
  });

  it('cuts off a page that reads too slowly, but no other', async () => {
    await page.open();
    const ada = forum.agent('Ada');
    const { port } = new URL(page.url);
    const slow = connect(Number(port), '127.0.0.1');
    slow.write(`GET /page/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    await once(slow, 'readable');
    let written = 0;
    for (let round = 1; round <= 24; round++) {
      for (let count = 0; count < 250; count++) ada.write('x'.repeat(4_000));
      written += 1_000_000;
      const last = ada.write(`round ${round}`).message_id;
      await page.waitForMessage(({ id }) => id === last);
    }
    let read = 0;
    slow.on('data', (chunk) => (read += chunk.length));
    slow.on('error', () => undefined);
    await new Promise((resolve) => slow.once('close', resolve));
    expect(read).toBeLessThan(written);
  });

  it('refuses the 33rd page', async () => {
    const pages = await Promise.all(
      Array.from({ length: 32 }, async () => {
        const one = new PageClient(telegram);
        await one.open();
        return one;
      }),
    );
    expect((await fetch(`${page.url}events`)).status).toBe(429);
    pages[0]?.close();
    await expect
      .poll(async () => {
        const response = await fetch(`${page.url}events`);
        await response.body?.cancel();
        return response.status;
      }, POLL)
      .toBe(200);
    for (const one of pages) one.close();
  });
});
