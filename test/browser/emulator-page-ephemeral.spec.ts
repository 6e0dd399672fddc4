import {
  BotApiEmulator,
  type EmulatedAgent,
  type EmulatedChat,
  VirtualClock,
} from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seriousAccessibilityProblems } from '../support/accessibility.js';
import { TestBrowser } from '../support/browser.js';
import { callBotApi } from '../support/emulated-bot-client.js';
import { EmulatorPage } from '../support/emulator-page.js';

const MARK = 'Only you see this';
/** 2026-11-29, 21:00 UTC. */
const NOW = 1_795_986_000_000;

describe("Ephemeral messages on the emulator's page", () => {
  const browser = TestBrowser.use();
  let clock: VirtualClock;
  let telegram: BotApiEmulator;
  let forum: EmulatedChat;
  let ada: EmulatedAgent;
  let bo: EmulatedAgent;
  let topicId: number;

  beforeEach(async () => {
    clock = new VirtualClock(NOW);
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true, clock });
    forum = telegram.createForum({ title: 'Desk' });
    const boss = forum.agent('Ada', { status: 'administrator' });
    topicId = boss.createTopic('Order 42').id;
    ada = boss.inTopic(topicId);
    bo = forum.agent('Bo').inTopic(topicId);
  });
  afterEach(async () => {
    await browser.finish();
    await telegram.stop();
  });

  const open = async (): Promise<EmulatorPage> => {
    const page = await EmulatorPage.open(
      await browser.newPage({ timezoneId: 'Asia/Tokyo' }),
      telegram.pageUrl,
    );
    await page.openPlace('Order 42');
    return page;
  };
  const send = (text: string, more: object = {}): ReturnType<typeof callBotApi> =>
    callBotApi(telegram, 'sendMessage', {
      chat_id: forum.id,
      message_thread_id: topicId,
      text,
      ...more,
    });
  const tellAda = (text: string, more: object = {}): ReturnType<typeof callBotApi> =>
    send(text, { ephemeral_message_parameters: { receiver_user_id: ada.user.id }, ...more });
  const shown = async ({ page }: EmulatorPage): Promise<string[]> => {
    const texts = await page.locator('.message .text').allTextContents();
    return texts.map((text) => text.replace(/\d\d:\d\d$/, ''));
  };

  it('are seen by their receiver only, where they came, also after a reload', async () => {
    ada.write('One');
    const page = await open();
    await tellAda('Bo is on it');
    await page.message('Bo is on it').getByText(MARK).waitFor();
    const live = page.page.locator('[aria-live=polite]');
    await live.filter({ hasText: `Support Desk, ${MARK}: Bo is on it` }).waitFor({
      state: 'attached',
    });
    bo.write('Two');
    await page.message('Two').waitFor();
    expect(await shown(page)).toEqual(['One', 'Bo is on it', 'Two']);
    expect(await page.page.locator('.only-you').count()).toBe(1);

    await page.become('Bo');
    await page.message('Bo is on it').waitFor({ state: 'detached' });
    expect(await shown(page)).toEqual(['One', 'Two']);

    await page.become('Ada');
    await page.message('Bo is on it').waitFor();
    await page.page.reload();
    await page.message('Bo is on it').getByText(MARK).waitFor();
    expect(await shown(page)).toEqual(['One', 'Bo is on it', 'Two']);

    await page.openPlace('General');
    await page.message('Bo is on it').waitFor({ state: 'detached' });
  });

  it('have buttons, replies and a way out of view', async () => {
    const page = await open();
    const callback = { text: 'Take over', callback_data: 'take' };
    const taken = { text: 'Taken', disabled: {} };
    await tellAda('Bo is on it', { reply_markup: { inline_keyboard: [[callback, taken]] } });
    expect(await page.page.getByRole('button', { name: 'Taken' }).isDisabled()).toBe(true);
    await page.page.getByRole('button', { name: 'Take over' }).click();
    const update = await firstUpdate(telegram, 'callback_query');
    expect(update).toMatchObject({ data: 'take', message: { message_id: 0 } });
    const answer = { callback_query_id: update?.id, text: 'Yours now' };
    await callBotApi(telegram, 'answerCallbackQuery', answer);
    await page.toast.filter({ hasText: 'Yours now' }).waitFor();

    // By keyboard: to the message, its actions, "Reply".
    await page.page.locator('.messages').focus();
    await page.page.keyboard.press('ArrowUp');
    await page.page.keyboard.press('Enter');
    const items = page.page.getByRole('menuitem');
    await items.first().waitFor();
    expect(await items.allTextContents()).toEqual(['Reply', 'Copy text', 'Dismiss']);
    await page.page.keyboard.press('r');
    await page.page.keyboard.press('Enter');
    await page.page.locator('.reply-bar', { hasText: 'Bo is on it' }).waitFor();
    await page.write('Since when?');
    const reply = page.message('Since when?');
    await reply.getByText(MARK).waitFor();
    expect(await reply.getAttribute('class')).toContain('is-own');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.page.emulateMedia({ colorScheme });
      expect(await seriousAccessibilityProblems(page.page)).toEqual([]);
    }
    expect(await firstUpdate(telegram, 'message')).toMatchObject({
      message_id: 0,
      text: 'Since when?',
      from: { first_name: 'Ada' },
      reply_to_message: { text: 'Bo is on it' },
    });
    // It is marked for 1.6 s only.
    await Promise.all([
      page.page.locator('.message.is-revealed', { hasText: MARK }).first().waitFor(),
      reply.locator('.reply').click(),
    ]);
    await page.choose(reply, 'Dismiss');
    await reply.waitFor({ state: 'detached' });
    await page.message('Bo is on it').waitFor();
    expect(forum.messages.filter(({ text }) => text)).toEqual([]);
  });

  it('stand in the place of the message whose button was pressed, until the app restarts', async () => {
    const page = await open();
    const keyboard = { inline_keyboard: [[{ text: 'Claim', callback_data: 'claim' }]] };
    await send('A thread', { reply_markup: keyboard });
    ada.write('Later');
    await page.message('Later').waitFor();
    await page.page.getByRole('button', { name: 'Claim' }).click();
    const query = await firstUpdate(telegram, 'callback_query');
    const ephemeral_message_parameters = {
      receiver_user_id: ada.user.id,
      callback_query_id: query?.id,
      replace_callback_query_message: true,
    };
    await tellAda('Really?', { ephemeral_message_parameters });
    await page.message('Really?').waitFor();
    expect(await shown(page)).toEqual(['Really?', 'Later']);
    await page.become('Bo');
    await page.message('A thread').waitFor();
    await page.become('Ada');
    await page.message('Really?').waitFor();
    ada.restartApp();
    await page.message('A thread').waitFor();
    expect(await shown(page)).toEqual(['A thread', 'Later']);
  });

  it('show dates in the time zone of the reader, and how long it is until then', async () => {
    const page = await open();
    const at = NOW / 1_000 + 3 * 3_600;
    await tellAda(
      `At <tg-time unix="${at}" format="t">x</tg-time>, <tg-time unix="${at}" format="r">y</tg-time>`,
      { parse_mode: 'HTML' },
    );
    await page.message('At 09:00, in 3 hours').waitFor();
    clock.advance(2 * 3_600_000);
    await page.message('At 09:00, in 1 hour').waitFor();
    expect(await page.page.locator('time.date-time').first().getAttribute('datetime')).toBe(
      '2026-11-30T00:00:00.000Z',
    );
  });
});

interface ReceivedUpdate {
  readonly update_id: number;
  readonly callback_query?: { readonly id: string };
  readonly message?: { readonly id?: string; readonly text?: string };
}

/** The first update of a kind, of messages the first with a text; those before it are dropped. */
async function firstUpdate(
  telegram: BotApiEmulator,
  kind: 'callback_query' | 'message',
): Promise<{ readonly id?: string } | undefined> {
  for (let offset = 0; ;) {
    const { result = [] } = await callBotApi<ReceivedUpdate[]>(telegram, 'getUpdates', {
      timeout: 5,
      limit: 1,
      offset,
    });
    const [update] = result;
    if (!update) throw new Error(`No ${kind} came`);
    const found = update[kind];
    if (found && (kind !== 'message' || update.message?.text)) return found;
    offset = update.update_id + 1;
  }
}
