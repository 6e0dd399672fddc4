import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { VirtualClock, type BotApiEmulator, type Message } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';

const HOUR_MS = 60 * 60 * 1000;
const forum = (emulator: BotApiEmulator) => emulator.createForum({ title: 'S' });

describe('A message that looks like an answer and is none', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** A desk with one notice of the thread `t1`. */
  async function startWithNotice(options: TestDeskOptions = {}): Promise<Message> {
    desk = await TestDesk.start(options);
    return notify('t1');
  }

  async function notify(threadId: string): Promise<Message> {
    const text = `Help with ${threadId}`;
    await desk.telegram.notifyUserMessage({ threadId, text });
    return desk.chat.waitForMessage(({ text: shown }) => shown?.includes(text) === true);
  }

  /** The hints so far: the text, and the message it replies to. */
  async function words(): Promise<Array<[string, number | undefined]>> {
    await desk.emulator.idle();
    // Hints are posted in the background; a notice of lower priority is posted after them.
    await notify(`behind ${desk.chat.messages.length}`);
    return desk.chat.messages
      .filter(({ text }) => /^[⚠✏ℹ]/u.test(text ?? ''))
      .map(({ text = '', reply_to_message: replied }) => [text, replied?.message_id]);
  }

  function taken(): Array<[string, string]> {
    return desk.replies.replies.map(({ threadId, text }) => [threadId, text]);
  }

  const about = (phrase: string, message?: Message) => [
    expect.stringContaining(phrase),
    ...(message ? [message.message_id] : [undefined]),
  ];

  describe('as an edit', () => {
    it('brings a hint when a reply is edited', async () => {
      const notice = await startWithNotice();
      const reply = desk.chat.agent('Ada').reply(notice, 'On Monday');
      desk.chat.agent('Ada').edit(reply, 'On Tuesday');
      expect(await words()).toEqual([about('still sees your first text', reply)]);
      expect(taken()).toEqual([['t1', 'On Monday']]);
    });

    it('brings a hint when a caption is edited or a file replaced', async () => {
      const notice = await startWithNotice();
      const [ada, grace] = [desk.chat.agent('Ada'), desk.chat.agent('Grace')];
      const photo = ada.sendPhoto({ replyTo: notice, caption: 'This one' });
      ada.edit(photo, 'That one');
      const file = grace.sendFile('document', { replyTo: notice });
      const other = { ...file.document, file_id: 'other', file_unique_id: 'other' };
      desk.emulator.deliver({
        update_id: 5,
        edited_message: { ...file, edit_date: file.date, document: other },
      });
      expect(await words()).toEqual([about('first text', photo), about('first text', file)]);
    });

    it('brings each agent one hint an hour when they edit several times', async () => {
      const clock = new VirtualClock();
      const notice = await startWithNotice({
        clock,
        options: { rateLimit: { messages: 99, windowMs: 1 } },
      });
      const [ada, grace] = [desk.chat.agent('Ada'), desk.chat.agent('Grace')];
      const replies = [ada, grace].map((agent) => agent.reply(notice, 'One'));
      for (const text of ['Two', 'Three']) {
        ada.edit(replies[0] ?? 0, text);
        grace.edit(replies[1] ?? 0, text);
      }
      expect(await words()).toHaveLength(2);
      clock.advance(HOUR_MS - 1);
      ada.edit(replies[0] ?? 0, 'Four');
      expect(await words()).toHaveLength(2);
      clock.advance(1);
      ada.edit(replies[0] ?? 0, 'Five');
      expect(await words()).toHaveLength(3);
      expect(taken()).toHaveLength(2);
    });

    it('brings no hint when a preview has loaded or a live location has moved', async () => {
      const notice = await startWithNotice();
      const ada = desk.chat.agent('Ada');
      const reply = ada.reply(notice, 'See https://example.com');
      ada.touch(reply);
      const place = ada.reply(notice, '', {
        location: { latitude: 1, longitude: 2, live_period: 60 },
      });
      desk.emulator.deliver({
        update_id: 5,
        edited_message: { ...place, edit_date: 9, location: { latitude: 3, longitude: 4 } },
      });
      expect(await words()).toEqual([]);
      ada.edit(reply, 'See https://example.org');
      ada.touch(reply);
      expect(await words()).toHaveLength(1);
    });

    it('brings no hint when the edited message was no reply', async () => {
      const notice = await startWithNotice({ options: { agents: [501] } });
      const remark = desk.chat.agent('Eve', { id: 666 }).write('Who takes this?');
      desk.chat.agent('Eve').edit(remark, 'Who?');
      const answer = desk.chat.agent('Ada', { id: 501 }).reply(remark, 'Me');
      desk.chat.agent('Ada').edit(answer, 'I');
      const refused = desk.chat.agent('Eve').reply(notice, 'Hello');
      desk.chat.agent('Eve').edit(refused, 'Hi');
      expect(await words()).toEqual([about('registered agents', refused)]);
    });
  });

  describe('in a group, replying to nothing,', () => {
    it('brings each agent one hint an hour, whatever its kind', async () => {
      await startWithNotice();
      const ada = desk.chat.agent('Ada');
      const first = ada.write('It is on its way');
      ada.sendPhoto();
      ada.write('', { dice: { emoji: '🎲', value: 1 } });
      const other = desk.chat.agent('Grace').anonymously('Lead').write('Anyone?');
      expect(await words()).toEqual([about('not a reply', first), about('not a reply', other)]);
      expect(taken()).toEqual([]);
    });

    it('brings a hint in a forum topic, where every message names the first one', async () => {
      await startWithNotice({ chat: forum });
      const ada = desk.chat.agent('Ada');
      const topic = ada.createTopic('Shipping');
      const message = ada.write('On its way', { message_thread_id: topic.id });
      expect(await words()).toEqual([about('not a reply', message)]);
      const hint = desk.chat.messages.find(({ text }) => text?.includes('not a reply'));
      expect(hint?.message_thread_id).toBe(topic.id);
    });

    it('costs one message when it is deleted meanwhile', async () => {
      await startWithNotice();
      desk.chat.flood(1);
      const message = desk.chat.agent('Ada').write('Oops');
      await desk.emulator.idle();
      desk.chat.agent('Ada').delete(message);
      await desk.chat.waitForMessage(({ text }) => text?.includes('not a reply') === true, 20_000);
      const calls = desk.emulator.callsOf('sendMessage').filter(({ status }) => status === 200);
      expect(calls).toHaveLength(2);
    });

    it('brings no hint when it is talk, a service message, or meant for another bot', async () => {
      await startWithNotice({ options: { agents: [501] } });
      const ada = desk.chat.agent('Ada', { id: 501 });
      const eve = desk.chat.agent('Eve', { id: 666 });
      const remark = eve.write('Who takes this?');
      ada.reply(remark, 'Me');
      ada.write('/ban@OtherBot');
      ada.write('Nice', { reply_to_story: { chat: remark.chat, id: 1 } });
      desk.chat.join('Bob');
      desk.chat.linkedChannelPost('News');
      ada.write('', { pinned_message: remark });
      expect(await words()).toEqual([]);
    });

    it('brings a hint when it is a command that names no other bot', async () => {
      await startWithNotice();
      const command = desk.chat.agent('Ada').write('/settings');
      expect(await words()).toEqual([about('Commands have no effect', command)]);
    });

    it('brings a hint when it comments on a channel post', async () => {
      await startWithNotice();
      const post = desk.chat.linkedChannelPost('News');
      const comment = desk.chat.agent('Ada').reply(post, 'On its way');
      expect(await words()).toEqual([about('comment on a channel post', comment)]);
      expect(taken()).toEqual([]);
    });
  });

  describe('as a reply from another topic', () => {
    it('reaches its thread when a mapping names it', async () => {
      const notice = await startWithNotice({ chat: forum });
      const ada = desk.chat.agent('Ada');
      const topic = ada.createTopic('Shipping');
      const reply = ada.replyFromElsewhere(notice, 'On its way', { message_thread_id: topic.id });
      expect(reply).toMatchObject({ external_reply: { message_id: notice.message_id } });
      expect(await words()).toEqual([]);
      expect(taken()).toEqual([['t1', 'On its way']]);
    });

    it('brings each agent one hint an hour when they answer messages that belong to no thread', async () => {
      const clock = new VirtualClock();
      await startWithNotice({ clock, options: { rateLimit: { messages: 99, windowMs: 1 } } });
      const [ada, grace] = [desk.chat.agent('Ada'), desk.chat.agent('Grace')];
      const id = await desk.telegram.sendMessage('The shop opens at nine');
      const remark = await desk.chat.waitForMessage(({ message_id: known }) => known === id);
      const first = ada.reply(remark, 'To whom?');
      ada.reply(remark, 'To whom, again?');
      const other = grace.reply(remark, 'To whom?');
      const both = [
        about('not linked to a conversation', first),
        about('not linked to a conversation', other),
      ];
      expect(await words()).toEqual(both);
      clock.advance(HOUR_MS - 1);
      ada.reply(remark, 'Still in the hour');
      expect(await words()).toEqual(both);
      clock.advance(1);
      const late = ada.reply(remark, 'An hour later');
      expect(await words()).toEqual([...both, about('not linked to a conversation', late)]);
    });

    it('brings a hint when it belongs to no thread, or answers the bot in another chat', async () => {
      await startWithNotice({ chat: forum });
      const [ada, grace, eve] = ['Ada', 'Grace', 'Eve'].map((name) => desk.chat.agent(name));
      const topic = ada?.createTopic('Shipping');
      const id = await desk.telegram.sendMessage('A remark: Help with');
      const remark = await desk.chat.waitForMessage(({ message_id: known }) => known === id);
      const lost = ada?.replyFromElsewhere(remark, 'To whom?', {
        message_thread_id: topic?.id ?? 0,
      });
      const elsewhere = desk.emulator.createSupergroup({ title: 'Elsewhere' });
      const sent = await desk.telegram.api.call('sendMessage', {
        chat_id: elsewhere.id,
        text: 'Hi',
      });
      const far = grace?.replyFromElsewhere(sent, 'To whom?');
      // What a colleague wrote elsewhere is talk.
      eve?.replyFromElsewhere(elsewhere.agent('Bob').write('Hi'), 'Hello');
      expect(await words()).toEqual([
        about('not linked to a conversation', lost),
        about('not linked to a conversation', far),
      ]);
      expect(taken()).toEqual([]);
    });
  });

  it('brings a hint when its kind is newer than this version', async () => {
    const hologram: Partial<Message> = JSON.parse('{"hologram":{}}');
    const notice = await startWithNotice();
    const reply = desk.chat.agent('Ada').reply(notice, '', hologram);
    desk.chat.agent('Ada').reply(notice, '', { pinned_message: notice });
    expect(await words()).toEqual([about('are not supported', reply)]);
    expect(taken()).toEqual([]);
  });

  it.each([
    '{"gift":{"gift":{"id":"1"}}}',
    '{"unique_gift":{"origin":"transfer"}}',
    '{"users_shared":{"request_id":1,"users":[{"user_id":7}]}}',
    '{"chat_shared":{"request_id":1,"chat_id":-7}}',
    '{"web_app_data":{"data":"7","button_text":"Send"}}',
  ])(
    'brings a hint when it is sent on purpose, though Telegram calls it an event: %s',
    async (json) => {
      const content: Partial<Message> = JSON.parse(json);
      const notice = await startWithNotice();
      const reply = desk.chat.agent('Ada').reply(notice, '', content);
      expect(await words()).toEqual([about('are not supported', reply)]);
      expect(taken()).toEqual([]);
    },
  );

  describe('in a channel that is set as the admin chat', () => {
    it('brings one hint an hour and one error in the log when it is a post', async () => {
      desk = await TestDesk.start({ chat: (emulator) => emulator.createChannel({ title: 'C' }) });
      const notice = await notify('t1');
      const ada = desk.chat.agent('Ada', { status: 'administrator' });
      const post = ada.reply(notice, 'On its way');
      ada.write('Anyone?');
      expect(await words()).toEqual([about('channel cannot be the support chat', post)]);
      expect(desk.log.with('error', 'Set adminChatId to a group')).toHaveLength(1);
      expect(taken()).toEqual([]);
    });

    it('brings a hint in the channel when it is a comment in the discussion group', async () => {
      desk = await TestDesk.start({ chat: (emulator) => emulator.createChannel({ title: 'C' }) });
      const group = desk.emulator.createSupergroup({ title: 'Discussion' });
      desk.chat.linkTo(group);
      await notify('t1');
      const forwarded = await group.waitForMessage(({ text }) => text?.includes('t1') === true);
      group.agent('Ada').reply(forwarded, 'On its way');
      group.agent('Grace').reply(forwarded, 'Really');
      expect(await words()).toEqual([about('channel cannot be the support chat')]);
    });
  });

  describe('in a private chat, replying to nothing,', () => {
    const chat = (emulator: BotApiEmulator) => emulator.createPrivateChat('Ada');
    const settle = { chat, options: { rateLimit: { messages: 99, windowMs: 1 } } };

    it('reaches the thread of the newest notice', async () => {
      const clock = new VirtualClock();
      await startWithNotice({ ...settle, clock });
      const ada = desk.chat.agent('Ada');
      ada.write('At once');
      await desk.emulator.idle();
      clock.advance(61_000);
      await notify('t2');
      clock.advance(61_000);
      const reply = ada.write('Later');
      await desk.emulator.idle();
      expect(taken()).toEqual([
        ['t1', 'At once'],
        ['t2', 'Later'],
      ]);
      expect(await desk.chat.waitForReaction(reply.message_id)).toEqual(['👍']);
      ada.edit(reply, 'Much later');
      expect(await words()).toEqual([about('first text', reply)]);
    });

    it('brings a hint when another thread was the newest within the last minute', async () => {
      const clock = new VirtualClock();
      await startWithNotice({ ...settle, clock });
      clock.advance(3 * HOUR_MS);
      await notify('t2');
      const ada = desk.chat.agent('Ada');
      clock.advance(59_000);
      const message = ada.write('For whom?');
      expect(await words()).toEqual([about('more than one conversation', message)]);
      expect(taken()).toEqual([]);
    });

    it('is routed by the notices that existed when it was written, not when it arrives', async () => {
      const clock = new VirtualClock();
      await startWithNotice({ ...settle, clock, webhook: false });
      clock.advance(120_000);
      desk.chat.agent('Ada').write('For t1');
      await notify('t2');
      await desk.telegram.registerWebhook(desk.webhookUrl);
      await vi.waitFor(() => expect(taken()).toEqual([['t1', 'For t1']]), 20_000);
    });

    it('brings a hint when there was no notice, or it is a command', async () => {
      desk = await TestDesk.start(settle);
      const ada = desk.chat.agent('Ada');
      const start = ada.write('/start');
      const hello = ada.write('Hello?');
      ada.write('/settings');
      expect(await words()).toEqual([
        about('Commands have no effect', start),
        about('there is no recent notice', hello),
      ]);
      expect(taken()).toEqual([]);
    });

    it.each(['{"hologram":{}}', '{"users_shared":{"request_id":1,"users":[]}}'])(
      'brings a hint when it is of a kind that is not delivered: %s',
      async (json) => {
        const content: Partial<Message> = JSON.parse(json);
        await startWithNotice(settle);
        const message = desk.chat.agent('Ada').write('', content);
        expect(await words()).toEqual([about('are not supported', message)]);
        expect(taken()).toEqual([]);
      },
    );

    it('is refused when its author is no registered agent', async () => {
      await startWithNotice({ ...settle, options: { ...settle.options, agents: [1] } });
      const message = desk.chat.agent('Ada').write('Hello');
      expect(await words()).toEqual([about('registered agents', message)]);
      expect(taken()).toEqual([]);
    });
  });

  it('brings one hint when several processes share one Redis', async () => {
    const bots = [ownBot()];
    const notice = await startWithNotice({
      emulator: { bots },
      options: { redis: inject('redisUrl') },
    });
    const { token: botToken } = desk.emulator.bot;
    const { apiRoot } = desk.emulator;
    const other = await TestDesk.start({
      webhook: false,
      options: { botToken, apiRoot, adminChatId: desk.chat.id, redis: inject('redisUrl') },
    });
    try {
      const ada = desk.chat.agent('Ada');
      const reply = ada.reply(notice, 'On Monday');
      ada.write('Anyone?');
      await desk.emulator.idle();
      // Telegram takes one a second.
      const isMoved = () => other.telegram.registerWebhook(other.webhookUrl);
      await vi.waitFor(async () => expect(await isMoved()).toBe(true), 20_000);
      ada.touch(reply);
      ada.write('Really?');
      ada.edit(reply, 'On Tuesday');
      const hint = about('first text', reply);
      await vi.waitFor(async () => expect(await words()).toContainEqual(hint), 20_000);
      expect(await words()).toHaveLength(2);
    } finally {
      await other.stop();
    }
  });
});
