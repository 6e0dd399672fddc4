import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BotApiEmulatorOptions, EmulatedChat } from '../../src/index.js';
import { type ReferenceAnswer, ReferenceDesk, refused } from '../support/reference-desk.js';

/*
 * Facts about the Bot API's own server: floods. Telegram's real limits are dynamic
 * and not published; these are the numbers that its FAQ names.
 */

const flooded = (seconds: number): ReferenceAnswer =>
  refused(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

describe('Floods', () => {
  let desk: ReferenceDesk;

  beforeEach(async () => {
    desk = await ReferenceDesk.start();
  });

  afterEach(() => desk.stop());

  async function restart(options: Omit<BotApiEmulatorOptions, 'clock'>): Promise<void> {
    await desk.stop();
    desk = await ReferenceDesk.start(options);
  }

  const trySend = (chat: EmulatedChat, params: object = {}): Promise<ReferenceAnswer> =>
    desk.call('sendMessage', { chat_id: chat.id, text: 'hi', ...params });

  async function sendTimes(count: number, chat: EmulatedChat, params?: object): Promise<void> {
    for (let sent = 0; sent < count; sent++) await desk.send(chat, params);
  }

  const statuses = (): unknown[] =>
    desk.telegram.callsOf('sendMessage').map(({ status }) => status);

  /** Sends and goes on once the server has got the call. */
  async function start(chat: EmulatedChat): Promise<{ answer: Promise<ReferenceAnswer> }> {
    const calls = desk.telegram.calls.length;
    const answer = trySend(chat);
    await desk.received(calls + 1);
    // What does not wait is answered before this.
    await desk.call('getMe');
    return { answer };
  }

  it('takes 20 messages a minute in a group, and counts down to a fixed moment (FAQ, matterbridge#2121)', async () => {
    await sendTimes(20, desk.group);
    expect(await trySend(desk.group)).toEqual(flooded(60));
    for (const [elapsedMs, seconds] of [
      [1, 60],
      [38_000, 22],
      [999, 21],
      [20_000, 1],
    ] as const) {
      desk.clock.advance(elapsedMs);
      expect(await trySend(desk.group)).toEqual(flooded(seconds));
    }
    desk.clock.advance(1_000);
    expect(await trySend(desk.group)).toMatchObject({ status: 200 });
  });

  it('shares the 20 among all topics of a forum (FAQ)', async () => {
    // A topic takes a message, too: its service message.
    const [one, other] = [await desk.createTopic('One'), await desk.createTopic('Other')];
    await sendTimes(9, desk.forum, { message_thread_id: one });
    await sendTimes(9, desk.forum, { message_thread_id: other });
    expect(await trySend(desk.forum)).toEqual(flooded(60));
    expect(await desk.call('createForumTopic', { chat_id: desk.forum.id, name: 'New' })).toEqual(
      flooded(60),
    );
  });

  it.each<[what: string, method: string, params: (desk: ReferenceDesk) => object]>([
    ['a new name', 'editForumTopic', () => ({ name: 'New' })],
    ['that it is closed', 'closeForumTopic', () => ({})],
    ['a new name of General', 'editGeneralForumTopic', () => ({ name: 'Lobby' })],
    ['a pin', 'pinChatMessage', ({ forum }) => ({ message_id: forum.messages.at(-1)?.message_id })],
  ])('counts the service message of %s like any other (inferred)', async (_what, method, more) => {
    const topic = await desk.createTopic();
    await sendTimes(18, desk.forum, { message_thread_id: topic });
    const params = { chat_id: desk.forum.id, message_thread_id: topic, ...more(desk) };
    expect(await desk.call(method, params)).toEqual({
      status: 200,
      body: { ok: true, result: true },
    });
    expect(await trySend(desk.forum)).toEqual(flooded(60));
  });

  it('refuses a change of a topic beyond the 20, and then changes nothing (inferred)', async () => {
    const topic = { chat_id: desk.forum.id, message_thread_id: await desk.createTopic('Old') };
    await sendTimes(19, desk.forum);
    expect(await desk.call('editForumTopic', { ...topic, name: 'New' })).toEqual(flooded(60));
    expect(await desk.call('closeForumTopic', topic)).toEqual(flooded(60));
    expect(desk.forum.topics).toMatchObject([{ name: 'Old', isClosed: false }]);
  });

  it('counts nothing where there is no service message', async () => {
    const topic = { chat_id: desk.forum.id, message_thread_id: await desk.createTopic('Old') };
    const message_id = await desk.send(desk.forum);
    await sendTimes(17, desk.forum);
    await desk.result('pinChatMessage', { chat_id: desk.forum.id, message_id });
    await desk.result('pinChatMessage', { chat_id: desk.forum.id, message_id });
    await desk.result('editForumTopic', topic);
    expect(await desk.call('closeForumTopic', { ...topic, message_thread_id: 99 })).toMatchObject({
      status: 400,
    });
    await desk.result('deleteForumTopic', topic);
  });

  it('takes 20 chat actions in 5 seconds and 40 in 30, apart from messages (core.telegram.org/api/bots/ai)', async () => {
    const { id: chat_id } = desk.forum;
    const act = (): Promise<ReferenceAnswer> =>
      desk.call('sendChatAction', { chat_id, action: 'typing' });
    await sendTimes(20, desk.forum);
    for (let sent = 0; sent < 20; sent++) expect(await act()).toMatchObject({ status: 200 });
    expect(await act()).toEqual(flooded(5));
    desk.clock.advance(5_000);
    for (let sent = 0; sent < 20; sent++) expect(await act()).toMatchObject({ status: 200 });
    expect(await act()).toEqual(flooded(25));
    expect(await trySend(desk.supergroup)).toMatchObject({ status: 200 });
    await desk.result('sendChatAction', { chat_id: desk.supergroup.id, action: 'typing' });
  });

  it('takes any number of chat actions where the limits say so', async () => {
    await restart({ limits: { chatActions: false } });
    const action = { chat_id: desk.group.id, action: 'typing' };
    for (let sent = 0; sent < 50; sent++) {
      expect(await desk.call('sendChatAction', action)).toMatchObject({ status: 200 });
    }
  });

  it('takes 30 messages a second in all (FAQ)', async () => {
    await sendTimes(15, desk.group);
    await sendTimes(15, desk.supergroup);
    expect(await trySend(desk.person)).toEqual(flooded(1));
    desk.clock.advance(1_000);
    expect(await trySend(desk.person)).toMatchObject({ status: 200 });
  });

  it('takes 20 edits a minute in a group beside the messages (levlam, grammyjs/website#1076)', async () => {
    const { id: chat_id } = desk.group;
    const message_id = await desk.send(desk.group);
    for (let edit = 1; edit <= 20; edit++) {
      await desk.result('editMessageText', { chat_id, message_id, text: `edit ${edit}` });
    }
    expect(await desk.call('editMessageText', { chat_id, message_id, text: 'last' })).toEqual(
      flooded(60),
    );
    expect(await trySend(desk.group)).toMatchObject({ status: 200 });
  });

  it.each([
    ['editMessageCaption', { caption: 'other' }],
    ['editMessageMedia', { media: { type: 'photo', media: 'https://example.com/b.jpg' } }],
    [
      'editMessageReplyMarkup',
      { reply_markup: { inline_keyboard: [[{ text: 'A', url: 't.me' }]] } },
    ],
  ])('counts %s among them, but no edit that changes nothing', async (method, change) => {
    await restart({ limits: { groupEdits: { messages: 1, windowMs: 60_000 } } });
    const { id: chat_id } = desk.group;
    const photo = 'https://example.com/a.jpg';
    await desk.result('sendPhoto', { chat_id, photo, caption: 'same' });
    const [{ message_id } = { message_id: 0 }] = desk.group.messages;
    const same = { chat_id, message_id, caption: 'same' };
    expect(await desk.call('editMessageCaption', same)).toMatchObject({ status: 400 });
    await desk.result(method, { chat_id, message_id, ...change });
    expect(await desk.call('editMessageCaption', { ...same, caption: 'third' })).toEqual(
      flooded(60),
    );
  });

  it('counts edits in the limit of a chat, which lets bursts pass (FAQ, levlam)', async () => {
    await restart({ limits: { chat: { messages: 3, windowMs: 3_000 } } });
    const { id: chat_id } = desk.person;
    const message_id = await desk.send(desk.person);
    await desk.result('editMessageText', { chat_id, message_id, text: 'edit' });
    await desk.send(desk.person);
    expect(await trySend(desk.person)).toEqual(flooded(3));
    desk.clock.advance(3_000);
    expect(await trySend(desk.person)).toMatchObject({ status: 200 });
  });

  it('lets each item of an album count', async () => {
    await restart({ limits: { group: { messages: 3, windowMs: 60_000 } } });
    const media = [1, 2].map((id) => ({ type: 'photo', media: `https://example.com/${id}.jpg` }));
    const album = { chat_id: desk.group.id, media };
    expect(await desk.call('sendMediaGroup', album)).toMatchObject({ status: 200 });
    expect(await desk.call('sendMediaGroup', album)).toEqual(flooded(60));
    expect(await trySend(desk.group)).toMatchObject({ status: 200 });
  });

  it('floods one chat and not the others, whatever was sent', async () => {
    desk.group.flood(10_072);
    expect(await trySend(desk.group)).toEqual(flooded(10_072));
    expect(await trySend(desk.supergroup)).toMatchObject({ status: 200 });
  });

  describe('short waits (td NetQueryCreator.cpp:74, NetQueryDelayer.cpp:37-108)', () => {
    beforeEach(() => restart({ limits: { silentWaitMs: 8_000 } }));

    it('of 8 seconds pass in silence', async () => {
      desk.group.flood(8);
      const { answer } = await start(desk.group);
      expect(statuses()).toEqual([null]);
      desk.clock.advance(8_000);
      expect(await answer).toMatchObject({ status: 200 });
    });

    it('of more than 8 seconds are answered at once', async () => {
      desk.group.flood(9);
      expect(await trySend(desk.group)).toEqual(flooded(9));
    });

    it('of more than 8 seconds together are answered with the last one', async () => {
      desk.group.flood(5);
      const { answer } = await start(desk.group);
      desk.group.flood(10);
      desk.clock.advance(5_000);
      expect(await answer).toEqual(flooded(5));
    });

    it('hold up the next calls of the chat, and no other', async () => {
      desk.group.flood(8);
      const first = await start(desk.group);
      const second = await start(desk.group);
      await desk.send(desk.supergroup);
      expect(statuses()).toEqual([null, null, 200]);
      desk.clock.advance(8_000);
      expect(await Promise.all([first.answer, second.answer])).toMatchObject([
        { status: 200 },
        { status: 200 },
      ]);
    });
  });
});
