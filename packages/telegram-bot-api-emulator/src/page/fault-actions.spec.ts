import { Agent, get } from 'node:http';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmulatorClient } from '../../test/support/emulator-client.js';
import { PageClient } from '../../test/support/page-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const NOW = 1_790_000_000_000;

describe('Fault actions', () => {
  let telegram: BotApiEmulator<VirtualClock>;
  let bot: EmulatorClient;
  let page: PageClient;
  let forum: EmulatedChat;
  let chat: string;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({
      clock: new VirtualClock(NOW),
      page: true,
      waitTimeoutMs: 20_000,
    });
    bot = new EmulatorClient(telegram);
    page = new PageClient(telegram);
    forum = telegram.createForum({ title: 'Team' });
    chat = String(forum.id);
    await page.open();
  });

  afterEach(async () => {
    page.close();
    await telegram.stop();
  });

  function send(fields: object = {}): Promise<unknown> {
    return bot.call('sendMessage', { chat_id: forum.id, text: 'Hi', ...fields });
  }

  it('flood a chat, and end it', async () => {
    await page.act({ type: 'flood', chat, seconds: 30 });
    expect(await send()).toMatchObject({ error_code: 429, parameters: { retry_after: 30 } });
    await page.waitFor('chat', (change) => change.chat.floodedUntil === NOW + 30_000);
    await page.act({ type: 'flood', chat, seconds: 0 });
    expect(await send()).toMatchObject({ ok: true });
  });

  it('cut bots off, also those that wait for an answer, but not the page', async () => {
    telegram.failNext('getMe', { kind: 'hang' });
    const hanging = bot.call('getMe').then(
      () => 'answered',
      () => 'cut off',
    );
    await telegram.waitForCall(({ method }) => method === 'getMe');
    // A connection that is kept open, but has no call on it.
    const agent = new Agent({ keepAlive: true });
    const [idle] = await once(get(telegram.apiRoot, { agent }), 'response');
    idle.resume();
    const closed = once(idle.socket, 'close');

    await page.act({ type: 'outage', isOn: true });
    expect(await hanging).toBe('cut off');
    await closed;
    await expect(send()).rejects.toThrow('fetch failed');
    await page.waitFor('faults', ({ faults }) => faults.isOutage);
    forum.agent('Ada').write('Is somebody there?');
    await page.waitForMessage(({ text }) => text?.text === 'Is somebody there?');
    expect(telegram.callsOf('sendMessage')).toEqual([]);

    await page.act({ type: 'outage', isOn: false });
    expect(await send()).toMatchObject({ ok: true });
    await page.waitFor('faults', ({ faults }) => !faults.isOutage);
    agent.destroy();
  });

  it('may switch off what a test has switched on, and go on when it is on already', async () => {
    await telegram.goOffline();
    await page.act({ type: 'outage', isOn: true });
    await page.act({ type: 'outage', isOn: false });
    expect(await bot.call('getMe')).toMatchObject({ ok: true });
    await page.act({ type: 'outage', isOn: false });
    await telegram.goOffline();
    await telegram.goOnline();
    expect(await bot.call('getMe')).toMatchObject({ ok: true });
  });

  it('slow answers down by the clock', async () => {
    await page.act({ type: 'slowAnswers', delayMs: 5_000 });
    await page.waitFor('faults', ({ faults }) => faults.slowAnswersMs === 5_000);
    const slow = bot.call('getMe');
    await telegram.waitForCall(({ method }) => method === 'getMe');
    await page.act({ type: 'advanceClock', byMs: 5_000 });
    expect(await slow).toMatchObject({ ok: true });
    await page.act({ type: 'slowAnswers', delayMs: 1_000 });
    await page.act({ type: 'slowAnswers', delayMs: 0 });
    expect(await bot.call('getMe')).toMatchObject({ ok: true });
    const { faults } = await new PageClient(telegram).open();
    expect(faults).toEqual({ isOutage: false, slowAnswersMs: 0, planned: [] });
  });

  it('remove, forget and redirect topics', async () => {
    const ada = forum.agent('Ada', { status: 'administrator' });
    const [removed, forgotten, redirected] = ['a', 'b', 'c'].map(
      (name) => ada.createTopic(name).id,
    );
    for (const topicId of [removed, redirected]) {
      await send({ message_thread_id: topicId });
    }
    await page.act({ type: 'removeTopic', chat, topicId: removed ?? 0 });
    expect(await send({ message_thread_id: removed })).toMatchObject({
      description: 'Bad Request: TOPIC_DELETED',
    });
    await page.act({ type: 'forgetTopic', chat, topicId: forgotten ?? 0 });
    expect(await send({ message_thread_id: forgotten })).toMatchObject({
      description: 'Bad Request: message thread not found',
    });
    await page.waitFor('topic', ({ topic }) => topic.id === forgotten && topic.isForgotten);
    await page.act({ type: 'redirectDeletedTopics', chat, isOn: true });
    await page.act({ type: 'removeTopic', chat, topicId: redirected ?? 0 });
    expect(await send({ message_thread_id: redirected })).toMatchObject({ ok: true });
    await page.waitFor('chat', (change) => change.chat.redirectsDeletedTopics);
  });

  it("take the bot's rights, kick it and let it in again", async () => {
    const { id } = telegram.bot;
    const rights = { can_manage_topics: false };
    await page.act({ type: 'setBotRights', chat, bot: id, rights });
    expect(await bot.call('createForumTopic', { chat_id: forum.id, name: 'x' })).toMatchObject({
      description: 'Bad Request: not enough rights to create a topic',
    });
    await page.act({ type: 'setBotRights', chat, bot: id, rights: { can_manage_topics: true } });
    expect(await bot.call('createForumTopic', { chat_id: forum.id, name: 'x' })).toMatchObject({
      ok: true,
    });
    await page.act({ type: 'setBotStatus', chat, bot: id, status: 'kicked' });
    expect(await send()).toMatchObject({ error_code: 403 });
    expect(await page.refusal({ type: 'setBotRights', chat, bot: id, rights })).toBe(
      `The bot is no administrator of chat ${forum.id}, so it has no rights`,
    );
    await page.act({ type: 'setBotStatus', chat, bot: id, status: 'administrator' });
    expect(await send()).toMatchObject({ ok: true });
    expect(
      await page.refusal({ type: 'setBotRights', chat, bot: id, rights: { can_fly: true } }),
    ).toBe('rights.can_fly is no right in this chat');
    expect(await page.refusal({ type: 'setBotStatus', chat, bot: 5, status: 'left' })).toBe(
      'There is no bot 5',
    );
  });

  it('upgrade a group', async () => {
    const group = telegram.createGroup({ title: 'Others' });
    const result = await page.act({ type: 'upgrade', chat: String(group.id) });
    const { chats } = await new PageClient(telegram).open();
    expect(chats.find(({ key }) => key === String(group.id))).toMatchObject({
      gone: { reason: 'upgraded', upgradedTo: result.chat },
    });
    expect(chats.find(({ key }) => key === result.chat)).toMatchObject({ type: 'supergroup' });
    expect(await page.refusal({ type: 'upgrade', chat })).toBe(
      `Only basic groups are upgraded; ${forum.id} is none`,
    );
  });

  it('revoke a token, and tell nobody the new one', async () => {
    const { token } = telegram.bot;
    const result = await page.act({ type: 'revokeToken', bot: telegram.bot.id });
    expect(result).toEqual({ ok: true });
    expect(telegram.bot.token).not.toBe(token);
    const response = await fetch(`${telegram.apiRoot}/bot${token}/getMe`);
    expect(response.status).toBe(401);
    const snapshot = JSON.stringify(await new PageClient(telegram).open());
    expect(snapshot).not.toContain(telegram.bot.token);
  });

  it('step and advance a virtual clock', async () => {
    await page.act({ type: 'stepClock', byMs: -3_600_000 });
    await page.act({ type: 'advanceClock', byMs: 1_000 });
    expect(telegram.clock.now()).toBe(NOW - 3_599_000);
    await page.waitFor('clock', ({ clock }) => clock.now === NOW - 3_599_000);
  });

  it("do not move the machine's clock", async () => {
    await telegram.stop();
    const other = await BotApiEmulator.start({ page: true });
    const own = new PageClient(other);
    expect((await own.open()).clock.kind).toBe('machine');
    const words =
      "The clock is the machine's own, which nobody moves here; start the emulator with a VirtualClock";
    expect(await own.refusal({ type: 'advanceClock', byMs: 1 })).toBe(words);
    expect(await own.refusal({ type: 'stepClock', byMs: 1 })).toBe(words);
    await other.stop();
  });
});
