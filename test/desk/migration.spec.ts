import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { ThreadMappingRepository } from '../../src/index.js';
import type { EmulatedChat, Message } from '../../src/testing/index.js';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

describe.each(['memory', 'Redis'])('A group that becomes a supergroup, with %s,', (place) => {
  const desks: TestDesk[] = [];
  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
  });

  const storage = place === 'Redis' ? { redis: inject('redisUrl') } : {};

  async function start(...[options]: Parameters<typeof TestDesk.start>): Promise<TestDesk> {
    const desk = await TestDesk.start(options);
    desks.push(desk);
    return desk;
  }

  function startInGroup(webhook: boolean): Promise<TestDesk> {
    return start({
      webhook,
      // Desks of other tests use the same Redis.
      emulator: { bots: [ownBot()] },
      chat: (emulator) => emulator.createGroup({ title: 'Support' }),
      options: storage,
    });
  }

  /** Another instance of the same app, which knows only the id of the group. */
  function startAnother({ emulator, chat }: TestDesk): Promise<TestDesk> {
    const { token: botToken } = emulator.bot;
    const { apiRoot } = emulator;
    const options = { botToken, adminChatId: chat.id, apiRoot, ...storage };
    return start({ webhook: false, options });
  }

  const callsTo = ({ emulator }: TestDesk, { id }: EmulatedChat) =>
    emulator.callsOf('sendMessage').filter(({ params }) => params['chat_id'] === id);

  async function notify({ telegram }: TestDesk, chat: EmulatedChat): Promise<Message> {
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    return chat.waitForMessage(({ text }) => text?.endsWith('Help') === true);
  }

  it('is followed when a call to its old id is refused, and the same notice sent again', async () => {
    const desk = await startInGroup(false);
    const upgraded = desk.chat.upgrade();
    await notify(desk, upgraded);
    expect(callsTo(desk, desk.chat)).toMatchObject([{ status: 400 }]);
    expect(callsTo(desk, upgraded)).toHaveLength(1);
    expect(desk.log.with('warn', `has become the supergroup ${upgraded.id}`)).toHaveLength(1);
  });

  it('is followed when it says so, without a call to its old id', async () => {
    const desk = await startInGroup(true);
    const upgraded = desk.chat.upgrade();
    await desk.emulator.idle();
    const notice = await notify(desk, upgraded);
    expect(callsTo(desk, desk.chat)).toEqual([]);
    upgraded.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(() => expect(desk.replies.replies).toMatchObject([{ threadId: 't1' }]));
  });

  it('is followed when only the supergroup says so', async () => {
    const desk = await startInGroup(false);
    const upgraded = desk.chat.upgrade();
    await desk.telegram.api.call('deleteWebhook', { drop_pending_updates: true });
    await desk.telegram.registerWebhook(desk.webhookUrl);
    const said = upgraded.messages.find((message) => message.migrate_from_chat_id);
    desk.emulator.deliver({ update_id: 1, message: said });
    await desk.emulator.idle();
    await notify(desk, upgraded);
    expect(callsTo(desk, desk.chat)).toEqual([]);
  });

  if (place === 'memory') return;

  it('is known after a restart', async () => {
    const desk = await startInGroup(false);
    const upgraded = desk.chat.upgrade();
    await notify(desk, upgraded);
    await desk.app.close();
    const next = await startAnother(desk);
    await next.telegram.notifyUserMessage({ threadId: 't2', text: 'And now?' });
    await upgraded.waitForMessage(({ text }) => text?.endsWith('And now?') === true);
    expect(callsTo(desk, desk.chat)).toHaveLength(1);
  });

  it('is learnt by another instance when the supergroup writes', async () => {
    const desk = await startInGroup(false);
    const other = await startAnother(desk);
    const upgraded = desk.chat.upgrade();
    const messageId = await desk.telegram.sendMessage('What about t1?');
    await desk.app
      .get(ThreadMappingRepository)
      .store({ chatId: upgraded.id, messageId: messageId ?? 0 }, 't1');
    // Nothing tells the other one of the move but the reply itself.
    await other.telegram.api.call('deleteWebhook', { drop_pending_updates: true });
    await other.telegram.registerWebhook(other.webhookUrl);
    const question = await upgraded.waitForMessage(({ message_id: id }) => id === messageId);
    upgraded.agent('Ada').reply(question, 'Hello');
    const taken = () => [...desk.replies.replies, ...other.replies.replies];
    await vi.waitFor(() => expect(taken()).toMatchObject([{ threadId: 't1', text: 'Hello' }]));
    expect(await other.telegram.sendMessage('There')).not.toBeNull();
    expect(callsTo(desk, desk.chat)).toHaveLength(1);
  });
});
