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
  function startAnother({
    emulator,
    chat,
  }: Pick<TestDesk, 'emulator' | 'chat'>): Promise<TestDesk> {
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

  it('is followed when it announces the migration, without a call to its old id', async () => {
    const desk = await startInGroup(true);
    const upgraded = desk.chat.upgrade();
    await desk.emulator.idle();
    const notice = await notify(desk, upgraded);
    expect(callsTo(desk, desk.chat)).toEqual([]);
    upgraded.agent('Ada').reply(notice, 'Hello');
    await vi.waitFor(
      () => expect(desk.replies.replies).toMatchObject([{ threadId: 't1' }]),
      20_000,
    );
  });

  it('is followed when only the supergroup announces the migration', async () => {
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

  /** An agent's reply in the group, which Telegram has not delivered yet, and then the upgrade. */
  async function replyThenUpgrade(desk: TestDesk): Promise<[Message, EmulatedChat]> {
    const notice = await notify(desk, desk.chat);
    const reply = desk.chat.agent('Ada').reply(notice, 'On its way');
    return [reply, desk.chat.upgrade()];
  }

  /** The one reply that the app gets. */
  async function takenReply({ replies: log }: TestDesk): Promise<unknown> {
    await vi.waitFor(() => expect(log.replies).toHaveLength(1), 20_000);
    return log.replies[0];
  }

  const asWritten = ({ chat, message_id: messageId }: Message) => ({
    threadId: 't1',
    text: 'On its way',
    message: { chatId: chat.id, messageId },
  });

  it('still accepts a reply that was written before the migration and delivered after it', async () => {
    const desk = await startInGroup(false);
    const [reply, upgraded] = await replyThenUpgrade(desk);
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'Me too' });
    await upgraded.waitForMessage(({ text }) => text?.endsWith('Me too') === true);
    await desk.telegram.registerWebhook(desk.webhookUrl);
    expect(await takenReply(desk)).toMatchObject(asWritten(reply));
    await desk.emulator.idle();
    expect(desk.emulator.deliveries.every(({ status }) => status === 200)).toBe(true);
    // Nothing can be set on a message of the former group, which is no trouble.
    await desk.app.close();
    const warnings = desk.log.with('warn', '').filter(({ text }) => !text.includes('has become'));
    expect(warnings).toEqual([]);
  });

  it('notifies the agent in the supergroup when the app does not handle such a reply', async () => {
    const desk = await start({
      webhook: false,
      emulator: { bots: [ownBot()] },
      chat: (emulator) => emulator.createGroup({ title: 'Support' }),
      options: { ...storage, replies: { attempts: 1 } },
    });
    desk.replies.before = () => {
      throw new Error('No room');
    };
    const [, upgraded] = await replyThenUpgrade(desk);
    await desk.telegram.sendMessage('Moved');
    await desk.telegram.registerWebhook(desk.webhookUrl);
    const words = await upgraded.waitForMessage(({ text }) => text?.includes('No room') === true);
    desk.replies.before = () => undefined;
    upgraded.agent('Ada').reply(words, 'Again');
    await vi.waitFor(
      () => expect(desk.replies.replies).toMatchObject([{ threadId: 't1' }]),
      20_000,
    );
  });

  if (place === 'memory') return;

  it('still accepts such a reply in a process that starts after the migration', async () => {
    const desk = await startInGroup(false);
    const [reply, upgraded] = await replyThenUpgrade(desk);
    await desk.telegram.sendMessage('Moved');
    await desk.app.close();
    const next = await startAnother(desk);
    expect(await next.telegram.sendMessage('Here')).not.toBeNull();
    await upgraded.waitForMessage(({ text }) => text === 'Here');
    await next.telegram.registerWebhook(next.webhookUrl);
    expect(await takenReply(next)).toMatchObject(asWritten(reply));
  });

  it('still accepts such a reply in a process that is configured with the id of the supergroup', async () => {
    const desk = await startInGroup(false);
    const [reply, upgraded] = await replyThenUpgrade(desk);
    await desk.telegram.sendMessage('Moved');
    await desk.app.close();
    const next = await startAnother({ emulator: desk.emulator, chat: upgraded });
    await next.telegram.registerWebhook(next.webhookUrl);
    expect(await takenReply(next)).toMatchObject(asWritten(reply));
  });

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

  it('is followed by another process when the supergroup writes', async () => {
    const desk = await startInGroup(false);
    const other = await startAnother(desk);
    const upgraded = desk.chat.upgrade();
    const messageId = await desk.telegram.sendMessage('What about t1?');
    await desk.app
      .get(ThreadMappingRepository)
      .store({ chatId: upgraded.id, messageId: messageId ?? 0 }, 't1');
    // Only the reply itself shows the migration to the other process.
    await other.telegram.api.call('deleteWebhook', { drop_pending_updates: true });
    await other.telegram.registerWebhook(other.webhookUrl);
    const question = await upgraded.waitForMessage(({ message_id: id }) => id === messageId);
    upgraded.agent('Ada').reply(question, 'Hello');
    const taken = () => [...desk.replies.replies, ...other.replies.replies];
    await vi.waitFor(
      () => expect(taken()).toMatchObject([{ threadId: 't1', text: 'Hello' }]),
      20_000,
    );
    expect(await other.telegram.sendMessage('There')).not.toBeNull();
    expect(callsTo(desk, desk.chat)).toHaveLength(1);
  });
});
