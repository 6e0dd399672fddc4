import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmulatedAgent, EmulatedChat } from '../../src/index.js';
import { ReferenceDesk } from '../support/reference-desk.js';
import { ReferenceWebhook } from '../support/reference-webhook.js';

/*
 * Facts about the Bot API's own server: what waits for what, and how many
 * deliveries there are at once. Sources are lines of WebhookActor.cpp of tdlib/telegram-bot-api
 * unless another file is named.
 */

const KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'callback_query',
  'my_chat_member',
  'chat_member',
  'message_reaction',
  'message_reaction_count',
];

/** What happens in the chats; each step makes one update. */
interface Stage {
  readonly desk: ReferenceDesk;
  readonly bob: EmulatedAgent;
  readonly cid: EmulatedAgent;
  /** The id of a message of the bot in the supergroup, with a button. */
  readonly asked: number;
  /** The same in the group. */
  readonly askedElsewhere: number;
}

type Step = (stage: Stage) => unknown;

const inTopic = (chat: EmulatedChat, place: number): unknown =>
  chat.agent('Bob').write('hi', { message_thread_id: chat.topics[place]?.id ?? 0 });

const write: Step = ({ bob }) => bob.write('hi');
const post: Step = (stage) => stage.desk.channel.agent('Boss').write('post');
const press: Step = ({ bob, asked }) => bob.press(asked, 'Yes');
const react: Step = ({ bob, asked }) => bob.react(asked, '👍');
const reactToPost =
  (emoji: string): Step =>
  ({ desk: { channel } }) =>
    channel.agent('Boss').react(channel.messages[0]?.message_id ?? 0, emoji);
const promote: Step = (stage) => stage.desk.supergroup.promote('Bob');

describe('The order of updates', () => {
  let desk: ReferenceDesk;
  let webhook: ReferenceWebhook;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
    webhook = await ReferenceWebhook.start(desk);
  });

  afterEach(async () => {
    await desk.stop();
    await webhook.stop();
  });

  const underWay = (): number =>
    desk.telegram.deliveries.filter(({ status }) => status === null).length;

  /** Chats in which something is written now. */
  function writeInChats(count: number): void {
    for (let number = 1; number <= count; number++) {
      desk.telegram
        .createGroup({ title: `Chat ${number}` })
        .agent('Zoe')
        .write('hi');
    }
  }

  async function createStage(): Promise<Stage> {
    const reply_markup = { inline_keyboard: [[{ text: 'Yes', callback_data: 'yes' }]] };
    await desk.createTopic('One');
    await desk.createTopic('Two');
    const boss = desk.channel.agent('Boss', { status: 'administrator' });
    boss.write('old');
    const bob = desk.supergroup.agent('Bob');
    bob.write('old');
    desk.forum.agent('Bob').write('old');
    desk.group.agent('Bob');
    const cid = desk.supergroup.agent('Cid');
    const asked = await desk.send(desk.supergroup, { reply_markup });
    const askedElsewhere = await desk.send(desk.group, { reply_markup });
    await desk.call('deleteWebhook', { drop_pending_updates: true });
    return { desk, bob, cid, asked, askedElsewhere };
  }

  it.each<[pair: string, source: string, first: Step, second: Step]>([
    ['two messages of a chat', 'Client.cpp:17959', write, write],
    [
      'a message and an edit of the chat',
      'Client.cpp:17959',
      write,
      ({ desk: { supergroup }, bob }) => bob.edit(supergroup.messages[0]?.message_id ?? 0, 'new'),
    ],
    ['two posts of a channel', 'Client.cpp:17959', post, post],
    [
      'a post and an edit of the channel',
      'Client.cpp:17959',
      post,
      ({ desk: { channel } }) =>
        channel.agent('Boss').edit(channel.messages[0]?.message_id ?? 0, 'new'),
    ],
    [
      'messages in two topics of a forum, which is one queue',
      'Client.cpp:17959',
      ({ desk: { forum } }) => inTopic(forum, 0),
      ({ desk: { forum } }) => inTopic(forum, 1),
    ],
    [
      'two presses of a person, in whatever chats',
      'Client.cpp',
      press,
      ({ desk: { group }, askedElsewhere }) => group.agent('Bob').press(askedElsewhere, 'Yes'),
    ],
    [
      'two changes of what the bot is in a chat',
      'Client.cpp',
      ({ desk: { supergroup } }) => supergroup.setBotRights({ can_pin_messages: false }),
      ({ desk: { supergroup } }) => supergroup.setBotRights({ can_pin_messages: true }),
    ],
    [
      'two changes of what a person is, in whatever chats',
      'Client.cpp',
      promote,
      ({ desk: { group } }) => group.promote('Bob'),
    ],
    ['two reactions in a chat', 'Client.cpp', react, ({ cid, asked }) => cid.react(asked, '👎')],
    ['two counts of reactions in a channel', 'Client.cpp', reactToPost('👍'), reactToPost('👎')],
  ])('%s follow each other (%s)', async (_pair, _source, first, second) => {
    const stage = await createStage();
    await webhook.warmUp({ allowed_updates: KINDS });
    const arrival = webhook.next();
    first(stage);
    const { response } = await arrival;
    second(stage);
    expect([desk.telegram.bot.pendingUpdates, underWay()]).toEqual([2, 1]);
    const behind = webhook.next();
    response.end();
    (await behind).response.end();
    await desk.telegram.idle();
    const [one, other] = desk.telegram.deliveries.slice(-2);
    expect(other?.update?.update_id).toBe((one?.update?.update_id ?? 0) + 1);
  });

  it.each<[pair: string, first: Step, second: Step]>([
    ['messages of two chats', write, ({ desk: { group } }) => group.agent('Bob').write('hi')],
    ['a press and a message of its chat', write, press],
    ['presses of two people', press, ({ cid, asked }) => cid.press(asked, 'Yes')],
    [
      'what becomes of the bot and a message of the chat',
      write,
      ({ desk: { supergroup } }) => supergroup.setBotRights({ can_pin_messages: false }),
    ],
    ['what becomes of a person and a message of the chat', write, promote],
    ['a reaction and a message of the chat', write, react],
    ['a count of reactions and a post of the channel', post, reactToPost('👍')],
  ])('%s go side by side (Client.cpp:17959)', async (_pair, first, second) => {
    const stage = await createStage();
    await webhook.warmUp({ allowed_updates: KINDS });
    const arrivals = webhook.nextOf(2);
    first(stage);
    second(stage);
    expect(underWay()).toBe(2);
    for (const { response } of await arrivals) response.end();
    await desk.telegram.idle();
  });

  it('lets a press overtake a message of its chat that fails (17959)', async () => {
    const stage = await createStage();
    await webhook.warmUp({ allowed_updates: KINDS });
    webhook.respond = (response, { body }) =>
      response.writeHead(kindOf(body) === 'message' ? 500 : 200).end();
    write(stage);
    press(stage);
    await desk.telegram.settled();
    const taken = desk.telegram.deliveries.filter(({ status }) => status === 200);
    expect(taken.map(({ body }) => kindOf(body))).toEqual(['message', 'callback_query']);
    expect(desk.telegram.bot.pendingUpdates).toBe(1);
  });

  it('lets one poison update stop a whole forum, and no other chat (457-478)', async () => {
    const stage = await createStage();
    await webhook.warmUp({ allowed_updates: KINDS });
    webhook.respond = (response, { body }) =>
      response.writeHead(body.includes('"is_topic_message":true') ? 500 : 200).end();
    inTopic(desk.forum, 0);
    inTopic(desk.forum, 1);
    desk.forum.agent('Bob').write('General');
    write(stage);
    await desk.telegram.settled();
    expect(desk.telegram.bot.pendingUpdates).toBe(3);
    webhook.respond = (response) => response.end();
    desk.clock.advance(2_000);
    await desk.telegram.idle();
    const texts = webhook.received.slice(-2).map(({ body }) => /"text":"(\w+)"/.exec(body)?.[1]);
    expect(texts).toEqual(['hi', 'General']);
  });

  describe('connections', () => {
    it('are one until something was taken (270-330)', async () => {
      await webhook.set();
      const arrival = webhook.next();
      writeInChats(3);
      const { response } = await arrival;
      expect(underWay()).toBe(1);
      desk.clock.advance(10_000);
      expect(underWay()).toBe(1);
      const others = webhook.nextOf(2);
      response.end();
      await others;
      expect(underWay()).toBe(2);
    });

    it('are opened one in 2 seconds while nothing was taken (270-330)', async () => {
      webhook.respond = (response, { socket }) => {
        if (webhook.received.length < 3) socket.end();
        else response.end();
      };
      await webhook.set();
      writeInChats(1);
      for (let time = 0; time < 2; time++) {
        await desk.telegram.settled();
        desk.clock.advanceToNext();
      }
      await desk.telegram.idle();
      const times = desk.telegram.deliveries.map(({ at }) => at - desk.clock.now());
      expect(times).toEqual([-4_000, -2_000, 0]);
    });

    it('are opened ten in half a second while all goes well (270-330, 701-703)', async () => {
      await webhook.warmUp();
      desk.clock.advance(600);
      const eleven = webhook.nextOf(11);
      writeInChats(12);
      // The one from before is used again.
      await eleven;
      expect(underWay()).toBe(11);
      desk.clock.advance(499);
      expect(underWay()).toBe(11);
      desk.clock.advance(1);
      expect(underWay()).toBe(12);
    });

    it('are one again when nothing was taken for 10 seconds (270-330)', async () => {
      await webhook.warmUp();
      desk.clock.advance(10_000);
      const arrival = webhook.next();
      writeInChats(2);
      await arrival;
      expect(underWay()).toBe(1);
    });

    it('are no more than max_connections (363-375)', async () => {
      await webhook.warmUp({ max_connections: 2 });
      const arrivals = webhook.nextOf(2);
      writeInChats(3);
      await arrivals;
      desk.clock.advance(500);
      expect(underWay()).toBe(2);
    });

    it('serve twice max_connections chats, so that as many failing ones starve the others (363-375, 692)', async () => {
      webhook.respond = (response) => response.writeHead(500).end();
      await webhook.warmUp({ max_connections: 1 });
      writeInChats(3);
      await desk.telegram.settled();
      const chats = (): number =>
        new Set(webhook.received.map(({ body }) => /"title":"(Chat \d)"/.exec(body)?.[1])).size;
      expect(chats()).toBe(2);
      desk.clock.advance(2_000);
      await desk.telegram.settled();
      expect(chats()).toBe(2);
      webhook.respond = (response) => response.end();
      desk.clock.advance(4_000);
      await desk.telegram.idle();
      expect(chats()).toBe(3);
    });
  });
});

function kindOf(body: string): string | undefined {
  return /^\{"update_id":\d+,\n"(\w+)"/.exec(body)?.[1];
}
