import { BotApiEmulator, type EmulatedChat } from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestBrowser } from '../support/browser.js';
import { callBotApi } from '../support/emulated-bot-client.js';
import { EmulatorPage } from '../support/emulator-page.js';
import { Gate } from '../support/gate.js';

const WAIT = { timeout: 20_000 };

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe("The emulator's page", () => {
  const browser = TestBrowser.use();
  let telegram: BotApiEmulator;
  let chat: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true });
    chat = telegram.createSupergroup({ title: 'Team' });
    chat.agent('Ada', { status: 'administrator' });
  });
  afterEach(async () => {
    // The page first, since it would say that its connection broke.
    await browser.finish();
    await telegram.stop();
  });

  const open = async (): Promise<EmulatorPage> =>
    EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
  const sendAsBot = (text: string, more: object = {}): Promise<unknown> =>
    callBotApi(telegram, 'sendMessage', { chat_id: chat.id, text, ...more });

  it('shows at once what a bot writes, and sends the bot what somebody writes', async () => {
    const page = await open();
    await sendAsBot('<b>Hello</b> Ada', { parse_mode: 'HTML' });
    await page.message('Hello Ada').locator('strong', { hasText: 'Hello' }).waitFor();
    await page.write('Hello bot');
    await page.message('Hello bot').waitFor();
    const [update] = await updatesOf(telegram);
    expect(update).toMatchObject({ message: { text: 'Hello bot', from: { first_name: 'Ada' } } });
  });

  it('sends what is written while the message before is on its way, after that', async () => {
    const page = await open();
    const gate = new Gate();
    await page.page.route('**/actions', async (route) => {
      await gate.pass();
      await route.continue();
    });
    await page.write('One');
    await gate.reached;
    for (const text of ['Two', 'Three']) {
      await page.write(text);
      await expect.poll(() => page.composer.inputValue(), WAIT).toBe('');
    }
    gate.open();
    await page.message('Three').waitFor();
    const updates = await updatesOf(telegram);
    expect(updates).toMatchObject([
      { message: { text: 'One' } },
      { message: { text: 'Two' } },
      { message: { text: 'Three' } },
    ]);
  });

  it('replies to a message and quotes a part of it', async () => {
    const page = await open();
    await sendAsBot('Where is my parcel today?');
    await page.choose(page.message('parcel'), 'Reply');
    await page.write('On its way');
    await page.message('On its way').locator('.reply', { hasText: 'Where is my parcel' }).waitFor();
    await page.message('Where is my parcel today?').first().waitFor();
    await page.choose(page.page.locator('.message').first(), 'Quote a part…');
    await page.page.getByLabel('The part as it stands').fill('parcel today');
    await page.page.getByRole('button', { name: 'Quote', exact: true }).click();
    await page.write('It is');
    await page.message('It is').locator('.reply.is-quote', { hasText: 'parcel today' }).waitFor();
    const updates = await updatesOf(telegram);
    expect(updates).toMatchObject([
      { message: { text: 'On its way', reply_to_message: { text: 'Where is my parcel today?' } } },
      { message: { text: 'It is', quote: { text: 'parcel today' } } },
    ]);
  });

  it('quotes what is selected', async () => {
    const page = await open();
    await sendAsBot('Where is my parcel today?');
    const message = page.message('parcel');
    await message.locator('.text').evaluate((text) => {
      const words = text.firstChild;
      if (words) getSelection()?.setBaseAndExtent(words, 9, words, 18);
    });
    await message.locator('.text').click({ button: 'right', position: { x: 90, y: 10 } });
    await page.page.getByRole('menuitem', { name: 'Quote selection' }).click();
    await page.write('Which one?');
    await page.message('Which one?').waitFor();
    const [update] = await updatesOf(telegram);
    expect(update).toMatchObject({ message: { quote: { text: 'my parcel' } } });
  });

  it('edits and deletes what one has written', async () => {
    const page = await open();
    await page.write('Helo');
    await page.message('Helo').waitFor();
    await page.composer.press('ArrowUp');
    await expect.poll(() => page.composer.inputValue(), WAIT).toBe('Helo');
    await page.write('Hello');
    await page.message('Hello').getByText('edited').waitFor();
    await page.choose(page.message('Hello'), 'Delete');
    await page.message('Hello').waitFor({ state: 'detached' });
    expect(await updatesOf(telegram)).toMatchObject([
      { message: { text: 'Helo' } },
      { edited_message: { text: 'Hello' } },
    ]);
    expect(chat.messages).toEqual([]);
  });

  it('sets a reaction and takes it away', async () => {
    const page = await open();
    await sendAsBot('Shipped');
    await page.choose(page.message('Shipped'), 'React with 👍');
    const reaction = page.message('Shipped').locator('.reaction');
    await reaction.waitFor();
    expect(await reaction.getAttribute('aria-pressed')).toBe('true');
    await reaction.click();
    await reaction.waitFor({ state: 'detached' });
    await page.message('Shipped').click({ button: 'right' });
    await page.page.getByRole('menuitem', { name: 'More reactions' }).click();
    await page.page.getByRole('dialog').getByRole('button', { name: '🎉' }).click();
    await page.message('Shipped').locator('.reaction', { hasText: '🎉' }).waitFor();
  });

  it('lets a sound play on when a reaction comes', async () => {
    const page = await open();
    const { message_id: id } = chat.agent('Ada').sendFile('voice');
    const player = page.page.locator('audio');
    await player.evaluate((audio) => audio.setAttribute('data-mark', 'same'));
    chat.agent('Bo').react(id, '👍');
    await page.page.locator('.reaction').waitFor();
    expect(await player.getAttribute('data-mark')).toBe('same');
  });

  it('sends a file, and several as an album with a caption', async () => {
    const page = await open();
    await page.attach('File', [
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Hello') },
    ]);
    await page.composer.press('Enter');
    await page.message('notes.txt').waitFor();
    const pictures = ['one.png', 'two.png'].map((name) => {
      return { name, mimeType: 'image/png', buffer: PNG };
    });
    await page.attach('Photo or video', pictures);
    await page.write('Two pictures');
    await page.message('Two pictures').locator('.album .picture').nth(1).waitFor();
    const [document, first, second] = chat.messages;
    expect(document).toMatchObject({ document: { file_name: 'notes.txt' } });
    expect(document && Buffer.from(chat.fileBytes(document)).toString()).toBe('Hello');
    expect(first).toMatchObject({ caption: 'Two pictures' });
    expect(first?.media_group_id).toBe(second?.media_group_id);
    expect(second && Buffer.from(chat.fileBytes(second))).toEqual(PNG);
  });

  it('attaches what is pasted and what is dropped', async () => {
    const page = await open();
    for (const type of ['paste', 'drop']) {
      await page.composer.evaluate((input, kind) => {
        const data = new DataTransfer();
        data.items.add(new File(['Hello'], `${kind}.txt`, { type: 'text/plain' }));
        const options = { bubbles: true, cancelable: true };
        const event =
          kind === 'paste'
            ? new ClipboardEvent('paste', { ...options, clipboardData: data })
            : new DragEvent('drop', { ...options, dataTransfer: data });
        input.dispatchEvent(event);
      }, type);
    }
    await page.page.getByRole('button', { name: 'Do not send paste.txt' }).click();
    await page.composer.press('Enter');
    await page.message('drop.txt').waitFor();
    expect(chat.messages).toMatchObject([{ document: { file_name: 'drop.txt' } }]);
  });

  it('presses a button and shows what the bot answers', async () => {
    const page = await open();
    const button = { text: 'Claim', callback_data: 'claim' };
    await sendAsBot('A thread', { reply_markup: { inline_keyboard: [[button]] } });
    for (const isAlert of [false, true]) {
      await page.page.getByRole('button', { name: 'Claim' }).click();
      const [update] = await updatesOf(telegram);
      expect(update).toMatchObject({ callback_query: { data: 'claim' } });
      const answer = { callback_query_id: callbackId(update), text: 'Taken', show_alert: isAlert };
      await callBotApi(telegram, 'answerCallbackQuery', answer);
      const shown = isAlert ? page.page.getByRole('dialog') : page.toast;
      await shown.filter({ hasText: 'Taken' }).waitFor();
    }
  });

  it('lists the commands of the bot and runs one', async () => {
    await callBotApi(telegram, 'setMyCommands', {
      commands: [
        { command: 'help', description: 'What there is' },
        { command: 'close', description: 'Close the thread' },
      ],
    });
    const page = await open();
    await page.composer.pressSequentially('/');
    await page.page.getByRole('option', { name: 'help' }).waitFor();
    await page.composer.pressSequentially('cl');
    await page.page.getByRole('option', { name: 'help' }).waitFor({ state: 'detached' });
    await page.composer.press('Enter');
    await page.message('/close').waitFor();
    expect(await updatesOf(telegram)).toMatchObject([
      { message: { text: '/close', entities: [{ type: 'bot_command' }] } },
    ]);
  });

  it('writes what a button of a reply keyboard says', async () => {
    const page = await open();
    await sendAsBot('Which?', { reply_markup: { keyboard: [[{ text: 'The first' }]] } });
    await page.page.getByRole('button', { name: 'The first' }).click();
    await page.message('The first').waitFor();
    expect(chat.messages.at(-1)).toMatchObject({ text: 'The first', from: { first_name: 'Ada' } });
  });

  it('lets one be somebody else, somebody new and an anonymous administrator', async () => {
    chat.agent('Bo');
    const page = await open();
    await page.become('Bo');
    await page.write('By Bo');
    await page.message('By Bo').waitFor();
    await page.become('Ada');
    await page.become('Anonymous administrator');
    await page.write('By nobody');
    await page.message('By nobody').waitFor();
    await page.page.getByRole('button', { name: /^You are/ }).click();
    await page.page.getByRole('menuitem', { name: 'A new person…' }).click();
    await page.page.getByLabel('Name').fill('Carol');
    await page.page.getByRole('button', { name: 'Join' }).click();
    await page.page.getByRole('button', { name: /^You are Carol/ }).waitFor();
    await page.write('By Carol');
    await page.message('By Carol').waitFor();
    expect(chat.messages.filter(({ text }) => text)).toMatchObject([
      { text: 'By Bo', from: { first_name: 'Bo' } },
      { text: 'By nobody', sender_chat: { id: chat.id } },
      { text: 'By Carol', from: { first_name: 'Carol' } },
    ]);
  });

  it('keeps a draft for each chat, over a reload as well', async () => {
    telegram.createSupergroup({ title: 'Other' }).agent('Ada');
    const page = await open();
    await page.openPlace('Team');
    await page.composer.fill('Half a sen');
    await page.openPlace('Other');
    expect(await page.composer.inputValue()).toBe('');
    await page.row('Team').getByText('Draft: Half a sen').waitFor();
    await page.page.reload();
    await page.openPlace('Team');
    expect(await page.composer.inputValue()).toBe('Half a sen');
  });

  it('marks what is unread, and no longer once it was seen', async () => {
    const other = telegram.createSupergroup({ title: 'Other' });
    other.agent('Ada');
    const page = await open();
    await page.openPlace('Team');
    other.agent('Bo').write('Hello');
    await page.row('Other').locator('.badge', { hasText: '1' }).waitFor();
    await vi.waitFor(async () => expect(await page.page.title()).toMatch(/^\(1\)/), 20_000);
    await page.openPlace('Other');
    await page.row('Other').locator('.badge').waitFor({ state: 'detached' });
  });

  it('shows what comes while the browser gives it no frames, as one that has just been hidden', async () => {
    const context = await browser.newContext();
    await context.addInitScript(() => {
      window.requestAnimationFrame = () => 0;
    });
    const page = await EmulatorPage.open(await context.newPage(), telegram.pageUrl);
    await sendAsBot('Hello Ada');
    await page.message('Hello Ada').waitFor();
    await page.write('Hello bot');
    await page.message('Hello bot').waitFor();
    await expect.poll(() => page.composer.inputValue(), WAIT).toBe('');
  });

  it('loads older messages when one looks for them', async () => {
    const ada = chat.agent('Ada');
    for (let count = 1; count <= 400; count++) ada.write(`Line ${count}.`);
    const page = await open();
    await page.message('Line 400.').waitFor();
    expect(await page.message('Line 1.').count()).toBe(0);
    await expect
      .poll(async () => {
        await page.page.locator('.messages').evaluate((list) => list.scrollTo(0, 0));
        return page.message('Line 1.').count();
      }, WAIT)
      .toBe(1);
  });

  it('forwards a message to another chat, and says what somebody is in a chat', async () => {
    const other = telegram.createSupergroup({ title: 'Other' });
    other.agent('Ada');
    chat.agent('Bo').write('To be known');
    const page = await open();
    await page.openPlace('Team');
    await page.choose(page.message('To be known'), 'Forward…');
    await page.page.getByLabel('Forward to').selectOption({ label: '2. Other (supergroup)' });
    await page.page.getByRole('button', { name: 'Forward' }).click();
    await other.waitForMessage(({ text }) => text === 'To be known');
    await page.page.getByRole('button', { name: 'Chat and topic' }).click();
    await page.page.getByRole('menuitem', { name: 'People…' }).click();
    await page.page.getByRole('combobox', { name: 'Bo' }).selectOption('administrator');
    await page.page.getByRole('button', { name: 'Done' }).click();
    await page.message('To be known').locator('.tag', { hasText: 'admin' }).waitFor();
    expect(other.messages).toMatchObject([{ forward_origin: { type: 'user' } }]);
  });

  it('shows that the bot is typing', async () => {
    const page = await open();
    // It is shown for 5 s only.
    await Promise.all([
      page.page.locator('.subtitle.is-typing', { hasText: 'is typing…' }).waitFor(),
      callBotApi(telegram, 'sendChatAction', { chat_id: chat.id, action: 'typing' }),
    ]);
    await sendAsBot('Here');
    await page.page.locator('.subtitle.is-typing').waitFor({ state: 'detached' });
    expect(await page.page.locator('.subtitle').textContent()).toContain('supergroup');
  });

  it('says in the words of the emulator why something was refused', async () => {
    // An open menu does not show people who join later.
    chat.agent('Bo');
    const page = await open();
    await sendAsBot('Mine');
    await page.become('Bo');
    browser.expectProblems(/status of 400/);
    await page.choose(page.message('Mine'), 'Delete');
    await page.toast.filter({ hasText: /delete/ }).waitFor();
    expect(chat.messages).toHaveLength(1);
  });
});

interface ReceivedUpdate {
  readonly update_id: number;
  readonly callback_query?: { readonly id: string };
}

/** What the bot gets by long polling, each update once. */
async function updatesOf(telegram: BotApiEmulator): Promise<readonly ReceivedUpdate[]> {
  const { result = [] } = await callBotApi<ReceivedUpdate[]>(telegram, 'getUpdates', {
    timeout: 5,
  });
  const last = result.at(-1);
  if (last) await callBotApi(telegram, 'getUpdates', { offset: last.update_id + 1, timeout: 0 });
  return result;
}

function callbackId(update: ReceivedUpdate | undefined): string {
  return update?.callback_query?.id ?? '';
}
