import { BotApiEmulator } from 'telegram-bot-api-emulator';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestBrowser } from '../support/browser.js';
import { callBotApi } from '../support/emulated-bot-client.js';
import { EmulatorPage } from '../support/emulator-page.js';
import { freePort } from '../support/redis-server.js';

/** Runs if anything of it becomes markup; the policy of the page would report it, too. */
const SCRIPT = '"><img src=x onerror="window.wasHit=1"><script>window.wasHit=1</script>';
/** Turns what follows, as in `gpj.exe`. */
const TURN = '\u202e';

describe("Hostile content on the emulator's page", () => {
  const browser = TestBrowser.use();
  let telegram: BotApiEmulator;

  beforeEach(async () => {
    const port = await freePort();
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true, port });
  });
  afterEach(async () => {
    await browser.finish();
    await telegram.stop();
  });

  it('shows scripts in every field as text', async () => {
    const forum = telegram.createForum({ title: `Desk ${SCRIPT}` });
    const eve = forum.agent(`Eve ${SCRIPT}`, { status: 'administrator' });
    const topic = eve.createTopic(`T ${SCRIPT}`.slice(0, 128));
    const inTopic = eve.inTopic(topic);
    const message = inTopic.write(SCRIPT);
    inTopic.reply(message, SCRIPT);
    inTopic.quote(message, 'img', SCRIPT);
    inTopic.forward(message);
    inTopic.pin(message);
    inTopic.sendFile('document', { fileName: SCRIPT, caption: SCRIPT });
    inTopic.send('invoice', { title: SCRIPT });
    inTopic.send('poll', { question: SCRIPT });
    inTopic.send('venue', { title: SCRIPT, address: SCRIPT });
    inTopic.send('contact', { first_name: SCRIPT, phone_number: SCRIPT });
    inTopic.send('checklist', { title: SCRIPT });
    eve.anonymously(SCRIPT).inTopic(topic).write('Anonymous');
    await callBotApi(telegram, 'setMyCommands', {
      commands: [{ command: 'x', description: SCRIPT }],
    });
    await callBotApi(telegram, 'sendMessage', {
      chat_id: forum.id,
      message_thread_id: topic.id,
      text: SCRIPT,
      reply_markup: { inline_keyboard: [[{ text: SCRIPT, callback_data: 'x' }]] },
    });
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    await page.row('T "').click();
    await page.message(SCRIPT).first().waitFor();
    await page.page.getByRole('button', { name: /^What goes wrong/ }).click();
    await page.composer.pressSequentially('/');
    await page.page.getByRole('option', { name: '/x' }).waitFor();
    expect(await page.page.locator('script').count()).toBe(1);
    expect(await page.page.locator('img[src=x]').count()).toBe(0);
    expect(await page.page.evaluate('window.wasHit')).toBeUndefined();
  });

  it('leads nowhere by a link that is a script', async () => {
    const chat = telegram.createSupergroup({ title: 'Team' });
    const eve = chat.agent('Eve');
    const urls = [
      'javascript:window.wasHit=1',
      'data:text/html,x',
      'vbscript:x',
      ' java\nscript:x',
    ];
    for (const url of urls) {
      eve.write('link', { entities: [{ type: 'text_link', offset: 0, length: 4, url }] });
    }
    eve.write('good', {
      entities: [{ type: 'text_link', offset: 0, length: 4, url: 'https://example.com/' }],
    });
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    const good = page.page.getByRole('link', { name: 'good' });
    expect(await good.getAttribute('href')).toBe('https://example.com/');
    expect(await good.getAttribute('rel')).toContain('noopener');
    expect(await page.page.getByRole('link').count()).toBe(1);
  });

  it('takes marks that turn the direction out of names', async () => {
    const chat = telegram.createSupergroup({ title: `Team${TURN}` });
    const eve = chat.agent(`Eve${TURN}`);
    eve.sendFile('document', { fileName: `photo${TURN}gpj.exe` });
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    await page.page.getByText('photogpj.exe', { exact: true }).waitFor();
    const download = await page.page.locator('.file-card').getAttribute('download');
    expect(download).toBe('photogpj.exe');
    expect(await page.page.locator('body').textContent()).not.toContain(TURN);
  });

  it('survives entities that reach out of the text and of each other', async () => {
    const chat = telegram.createSupergroup({ title: 'Team' });
    chat.agent('Eve').write('overlapping', {
      entities: [
        { type: 'bold', offset: 0, length: 6 },
        { type: 'italic', offset: 3, length: 400 },
        { type: 'code', offset: -5, length: 2 },
        { type: 'date_time', offset: 8, length: 2, unix_time: 1e300, date_time_format: 'wDT' },
      ],
    });
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    const text = page.message('overlapping').locator('.text');
    expect(await text.locator('strong').textContent()).toBe('overla');
  });

  it('comes back by itself after the emulator was away', async () => {
    const chat = telegram.createSupergroup({ title: 'Team' });
    chat.agent('Ada').write('Before');
    const page = await EmulatorPage.open(await browser.newPage(), telegram.pageUrl);
    await page.message('Before').waitFor();
    browser.expectProblems(/ERR_|status of/);
    const port = Number(new URL(telegram.pageUrl).port);
    await telegram.stop();
    await page.page.locator('.status-line').waitFor();
    await page.write('Unsent');
    await page.toast.filter({ hasText: 'Is its process still running?' }).waitFor();
    await expect.poll(() => page.composer.inputValue(), { timeout: 20_000 }).toBe('Unsent');
    telegram = await BotApiEmulator.start({ waitTimeoutMs: 20_000, page: true, port });
    const again = telegram.createSupergroup({ title: 'Team' });
    again.agent('Ada').write('After');
    await page.message('After').waitFor({ timeout: 30_000 });
    await page.message('Before').waitFor({ state: 'detached' });
    await page.page.locator('.status-line').waitFor({ state: 'hidden' });
    await page.composer.press('Enter');
    await page.message('Unsent').waitFor();
    expect(again.messages.at(-1)?.text).toBe('Unsent');
  });
});
