import { BotApiEmulator, type EmulatedChat, VirtualClock } from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestBrowser } from '../support/browser.js';
import { callBotApi } from '../support/emulated-bot-client.js';
import { EmulatorPage } from '../support/emulator-page.js';

describe("Topics and faults on the emulator's page", () => {
  const browser = TestBrowser.use();
  const clock = new VirtualClock();
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true, clock });
    forum = telegram.createForum({ title: 'Desk' });
    forum.agent('Ada', { status: 'administrator' });
  });
  afterEach(async () => {
    await browser.finish();
    await telegram.stop();
  });

  const open = async (): Promise<EmulatorPage> =>
    EmulatorPage.open(
      await browser.newPage({ viewport: { width: 1400, height: 900 } }),
      telegram.pageUrl,
    );
  const send = (topicId?: number): ReturnType<typeof callBotApi> =>
    callBotApi(telegram, 'sendMessage', {
      chat_id: forum.id,
      ...(topicId !== undefined && { message_thread_id: topicId }),
      text: 'Hello',
    });

  it('creates, edits, closes, reopens and deletes a topic', async () => {
    const page = await open();
    const menu = page.page.getByRole('button', { name: 'Chat and topic' });
    const choose = async (item: string): Promise<void> => {
      await menu.click();
      await page.page.getByRole('menuitem', { name: item }).click();
    };
    await choose('New topic…');
    await page.page.getByLabel('Name').fill('Order 42');
    await page.page.getByLabel('Icon').selectOption('💬');
    await page.page.getByRole('button', { name: 'Create' }).click();
    await page.page.getByRole('heading', { name: 'Order 42' }).waitFor();
    await page.write('In the topic');
    await page.message('In the topic').waitFor();
    await choose('Edit topic…');
    await page.page.getByLabel('Name').fill('Order 43');
    await page.page.getByRole('button', { name: 'Save' }).click();
    await page.row('Order 43').locator('.topic-sign', { hasText: '💬' }).waitFor();
    await choose('Close topic');
    await page.page.getByText('Desk, closed').waitFor();
    await choose('Reopen topic');
    await page.page.getByText('Desk, closed').waitFor({ state: 'detached' });
    const [topic] = forum.topics;
    expect(topic).toMatchObject({ name: 'Order 43', icon: '💬', isClosed: false });
    expect(forum.messages.find(({ text }) => text)).toMatchObject({ message_thread_id: topic?.id });
    await choose('Delete topic');
    await page.row('Order 43').waitFor({ state: 'detached' });
    expect(forum.topics).toEqual([]);
  });

  it('shows each topic apart, and all of them together with their names', async () => {
    const ada = forum.agent('Ada');
    for (const name of ['First', 'Second']) ada.inTopic(ada.createTopic(name)).write(`In ${name}`);
    const page = await open();
    await page.openPlace('First');
    await page.message('In First').waitFor();
    expect(await page.message('In Second').count()).toBe(0);
    await page.become('Owner');
    await page.openPlace('Desk');
    await page.message('In First').locator('.tag', { hasText: 'First' }).waitFor();
    await page.message('In Second').locator('.tag', { hasText: 'Second' }).waitFor();
  });

  it('refuses what the bot sends while a flood is on, and counts down', async () => {
    const page = await open();
    const faults = await page.openFaults();
    await faults.getByRole('button', { name: '30 s' }).click();
    await faults.getByText('Flood in Desk, 30 s').waitFor();
    expect(await send()).toMatchObject({ ok: false, parameters: { retry_after: 30 } });
    await faults.getByRole('button', { name: '10 s', exact: true }).last().click();
    await faults.getByText('Flood in Desk, 20 s').waitFor();
    await faults.getByRole('button', { name: 'End' }).click();
    await faults.getByText('All is well').waitFor();
    expect(await send()).toMatchObject({ ok: true });
  });

  it('deletes a topic behind the back of the bot, and lets bots not find another', async () => {
    const ada = forum.agent('Ada');
    const [lost, hidden] = [ada.createTopic('Lost'), ada.createTopic('Hidden')];
    const page = await open();
    const faults = await page.openFaults();
    await page.openPlace('Lost');
    await faults.getByRole('button', { name: 'Delete it' }).click();
    await page.row('Lost').waitFor({ state: 'detached' });
    expect(await send(lost.id)).toMatchObject({ ok: false });
    await page.openPlace('Hidden');
    await faults.getByRole('button', { name: 'Let bots not find it' }).click();
    await vi.waitFor(async () => {
      expect(await send(hidden.id)).toMatchObject({
        description: 'Bad Request: message thread not found',
      });
    }, 20_000);
  });

  it('takes a right of the bot, kicks it and lets it back in', async () => {
    const page = await open();
    const faults = await page.openFaults();
    await faults.getByRole('switch', { name: 'Manage topics' }).click();
    await faults.getByRole('switch', { name: 'Manage topics', checked: false }).waitFor();
    const create = { chat_id: forum.id, name: 'New' };
    expect(await callBotApi(telegram, 'createForumTopic', create)).toMatchObject({
      description: 'Bad Request: not enough rights to create a topic',
    });
    await faults.getByLabel('The bot is').selectOption('kicked');
    await faults.getByText(/is kicked in Desk/).waitFor();
    expect(await send()).toMatchObject({ ok: false, error_code: 403 });
    await faults.getByLabel('The bot is').selectOption('administrator');
    await faults.getByText('All is well').waitFor();
    expect(await send()).toMatchObject({ ok: true });
  });

  it('cuts the connections of the bot while the page stays', async () => {
    const page = await open();
    const faults = await page.openFaults();
    await faults.getByRole('switch', { name: 'Outage' }).click();
    await faults.getByText('Outage', { exact: true }).first().waitFor();
    await page.page.getByRole('button', { name: 'What goes wrong, 1 active' }).waitFor();
    await expect(send()).rejects.toThrow('fetch failed');
    await page.write('I am still here');
    await page.message('I am still here').waitFor();
    await faults.getByRole('switch', { name: 'Outage' }).click();
    await faults.getByText('All is well').waitFor();
    expect(await send()).toMatchObject({ ok: true });
  });

  it('upgrades a group, and shows the supergroup from then on', async () => {
    telegram.createGroup({ title: 'Old group' }).agent('Ada').write('Hello');
    const page = await open();
    const faults = await page.openFaults();
    await page.openPlace('Old group');
    await faults.getByRole('button', { name: 'Upgrade to a supergroup' }).click();
    await page.page.locator('.subtitle', { hasText: 'supergroup' }).waitFor();
    await page.write('After the upgrade');
    await page.message('After the upgrade').waitFor();
    expect(await page.page.locator('.subtitle').textContent()).toContain('supergroup');
  });

  it('moves the clock', async () => {
    const page = await open();
    const faults = await page.openFaults();
    const before = clock.now();
    await faults.getByRole('button', { name: '1 day' }).click();
    await vi.waitFor(() => expect(clock.now() - before).toBe(86_400_000), 20_000);
    await faults.getByRole('button', { name: '1 h back' }).click();
    await vi.waitFor(() => expect(clock.now() - before).toBe(82_800_000), 20_000);
  });
});
