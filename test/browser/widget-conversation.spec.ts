import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { ChatDesk } from '../chat-widget/chat-desk.js';
import { samples } from '../file-links/samples.js';
import { TestBrowser } from '../support/browser.js';
import { WidgetPage } from './widget-page.js';
import { ShopModule } from './widget-shop.js';

const PNG = samples.shown['image/png'];
const WAIT = { timeout: 20_000 };

describe('A customer with the widget and an agent', () => {
  const browser = TestBrowser.use();
  let chat: ChatDesk;
  let shop: WidgetPage;
  let ada: EmulatedAgent;
  let notice: Message;
  afterEach(async () => {
    // Pages first: one that is open connects again and again.
    try {
      await browser.finish();
    } finally {
      await chat.stop();
    }
  });

  async function begin(wanted: Parameters<typeof ChatDesk.start>[0] = {}): Promise<void> {
    chat = await ChatDesk.start({
      desk: (emulator) => emulator.createForum({ title: 'Support' }),
      support: { anonymous: true },
      imports: [ShopModule],
      ...wanted,
      options: { mode: 'topics', rateLimit: { messages: 99, windowMs: 1_000 }, ...wanted.options },
    });
    shop = await WidgetPage.open(await browser.newContext(), `${chat.desk.origin}/shop`);
    await shop.openChat();
  }

  async function talk(wanted: Parameters<typeof ChatDesk.start>[0] = {}): Promise<void> {
    await begin(wanted);
    await shop.send('Where is my parcel?');
    await shop.waitForMark('Where is my parcel?', 'Sent');
    notice = await chat.notice('Where is my parcel?');
    const agent = chat.desk.chat.agent('Ada', { status: 'administrator' });
    ada = notice.message_thread_id ? agent.inTopic(notice.message_thread_id) : agent;
  }

  it('talk both ways, and each sees what the other has seen', async () => {
    await talk();
    ada.reply(notice, 'It is on its way');
    await shop.message('It is on its way').waitFor();
    expect(await shop.message('It is on its way').locator('.author').textContent()).toBe('Ada');
    await shop.waitForMark('Where is my parcel?', 'Seen');
    await shop.send('Thank you!');
    await shop.waitForMark('Thank you!', 'Sent');
    expect((await chat.notice('Thank you!')).message_thread_id).toBe(notice.message_thread_id);
    expect(await shop.messages.count()).toBe(3);
  });

  it('send photos and albums to each other', async () => {
    await talk();
    await shop.attach(
      { name: 'one.png', mimeType: 'image/png', buffer: PNG },
      { name: 'two.png', mimeType: 'image/png', buffer: PNG },
    );
    await shop.panel.getByText('Files: up to 10, each up to 10 MB').waitFor();
    await shop.send('It looks like this');
    await shop.waitForMark('It looks like this', 'Sent');
    const album = await chat.notice('It looks like this');
    expect(album.photo).toBeDefined();
    expect(album.media_group_id).toBeDefined();
    const pictures = shop.message('It looks like this').locator('img');
    expect(await pictures.count()).toBe(2);
    expect(await pictures.first().getAttribute('src')).toMatch(/^http/);

    ada.sendPhoto({ caption: 'This one?' });
    await shop.message('This one?').locator('img').waitFor();
    ada.sendAlbum([{}, {}], { caption: 'Or these?' });
    await vi.waitFor(
      async () => expect(await shop.message('Or these?').locator('img').count()).toBe(2),
      WAIT,
    );
    ada.sendFile('document', { fileName: 'invoice.pdf' });
    await shop.log.getByRole('link', { name: 'invoice.pdf' }).waitFor();
  });

  it('edit and delete what they wrote', async () => {
    await talk();
    await shop.act('Where is my parcel?', 'Edit');
    await shop.send('Where are my parcels?');
    await shop.message('Where are my parcels?').getByText('edited').waitFor();
    await chat.notice('Where are my parcels?');
    await shop.send('Never mind');
    await chat.notice('Never mind');
    await shop.act('Never mind', 'Delete');
    await shop.log.getByRole('button', { name: 'Delete it?' }).click();
    await shop.message('Message deleted').waitFor();

    const reply = ada.reply(notice, 'On its wy');
    await shop.message('On its wy').waitFor();
    ada.edit(reply, 'On its way');
    await shop.message('On its way').getByText('edited').waitFor();
    ada.reply(reply, '/del');
    await vi.waitFor(
      async () => expect(await shop.message('Message deleted').count()).toBe(2),
      WAIT,
    );
  });

  it('react to each other, and quote', async () => {
    await talk();
    const reply = ada.reply(notice, 'On its way');
    await shop.message('On its way').waitFor();
    await shop.act('On its way', '🔥');
    await shop.message('On its way').locator('.reactions').getByText('🔥').waitFor();
    await vi.waitFor(
      () => expect(chat.desk.chat.reactionsOn(reply.message_id)).toContain('🔥'),
      WAIT,
    );
    ada.react(notice, '👍');
    await shop.message('Where is my parcel?').locator('.reactions').getByText('👍').waitFor();

    await shop.act('On its way', 'Reply');
    await shop.send('Since when?');
    await shop.waitForMark('Since when?', 'Sent');
    expect(await shop.message('Since when?').locator('.quote').textContent()).toBe('On its way');
    const answer = await chat.notice('Since when?');
    ada.quote(answer, 'when', 'Since Monday');
    await shop.message('Since Monday').locator('.quote').waitFor();
  });

  it('see when the other types and reads, as far as Telegram can say', async () => {
    await talk();
    const reply = ada.reply(notice, 'On its way');
    await shop.message('On its way').waitFor();
    await shop.input.pressSequentially('Oh');
    await vi.waitFor(() => {
      const methods = chat.desk.calls.map(({ method }) => method);
      expect(methods).toContain('sendChatAction');
    }, WAIT);
    await vi.waitFor(
      () => expect(chat.desk.chat.reactionsOn(reply.message_id)).toContain('👀'),
      WAIT,
    );
  });

  it('end it with a rating in the stream, and begin again', async () => {
    await talk();
    ada.closeTopic(notice.message_thread_id ?? 0);
    await shop.log.getByText('This conversation is closed').waitFor();
    await shop.log.getByText('4 stars').check({ force: true });
    await shop.log.getByRole('textbox').fill('Quick!');
    await shop.log.getByRole('button', { name: 'Send' }).click();
    await shop.log.getByRole('img', { name: '4 stars' }).waitFor();
    await shop.send('One more thing');
    await shop.waitForMark('One more thing', 'Sent');
    const more = await chat.notice('One more thing');
    expect(more.message_thread_id).toBe(notice.message_thread_id);
    expect(await shop.log.locator('form').count()).toBe(0);
  });

  it('have several conversations', async () => {
    await talk();
    const conversations = shop.panel.getByRole('button', { name: 'Conversations' });
    await shop.openConversations();
    await shop.panel.getByRole('button', { name: 'New conversation' }).click();
    await shop.send('Something else');
    await shop.waitForMark('Something else', 'Sent');
    const other = await chat.notice('Something else');
    expect(other.message_thread_id).not.toBe(notice.message_thread_id);
    expect(await shop.messages.count()).toBe(1);
    ada.reply(notice, 'About the first');
    const unread = shop.panel.getByRole('listitem').filter({
      has: shop.page.getByRole('img', { name: '1 unread message' }),
    });
    await vi.waitFor(async () => {
      if ((await conversations.getAttribute('aria-expanded')) === 'true')
        await conversations.click();
      await shop.openConversations();
      await unread.waitFor({ timeout: 500 });
    }, WAIT);
    await unread.getByRole('button').click();
    await shop.message('About the first').waitFor();
  });

  it('lose neither focus nor click in the list of conversations when something happens in one', async () => {
    await talk();
    await shop.openConversations();
    await shop.panel.getByRole('button', { name: 'New conversation' }).click();
    await shop.send('Something else');
    await shop.waitForMark('Something else', 'Sent');
    const other = await chat.notice('Something else');
    await shop.openConversations();
    // The newest stands first.
    const first = shop.panel.getByRole('listitem').getByRole('button').nth(1);
    await first.focus();
    const bob = chat.desk.chat.agent('Bob', { status: 'administrator' });
    bob.inTopic(other.message_thread_id ?? 0).reply(other, 'About the second');
    const unread = shop.panel.getByRole('img', { name: '1 unread message' });
    await unread.waitFor();
    expect(await first.evaluate((line) => line.matches(':focus'))).toBe(true);
    await first.hover();
    await shop.page.mouse.down();
    bob.inTopic(other.message_thread_id ?? 0).reply(other, 'One more thing');
    await shop.panel.getByRole('img', { name: '2 unread messages' }).waitFor();
    await shop.page.mouse.up();
    await shop.message('Where is my parcel?').waitFor();
  });

  it('are told when nobody is there', async () => {
    const opensAt = new Date('2026-11-30T09:00:00Z');
    await begin({
      support: { anonymous: true, availability: () => ({ isOpen: false, opensAt }) },
    });
    const line = shop.log.getByText('We are away right now.');
    expect(await line.textContent()).toContain('We are back Monday');
  });

  it('see earlier messages when they scroll up', async () => {
    await talk();
    const { threadId } = await threadOf();
    for (let index = 0; index < 120; index++) {
      await chat.support.postMessage(threadId, `Line ${index}`);
    }
    await shop.log.getByText('Line 119').waitFor();
    await shop.page.reload();
    await shop.openChat();
    await shop.log.getByText('Line 119').waitFor();
    expect(await shop.log.getByText('Line 69', { exact: true }).count()).toBe(0);
    await shop.log.hover();
    await vi.waitFor(async () => {
      await shop.page.mouse.wheel(0, -4_000);
      expect(await shop.message('Where is my parcel?').count()).toBe(1);
    }, WAIT);
    await shop.panel.getByRole('button', { name: 'Newest messages' }).click();
    await vi.waitFor(
      async () => expect(await shop.log.getByText('Line 119').isVisible()).toBe(true),
      WAIT,
    );
  });

  async function threadOf(): Promise<{ threadId: string }> {
    const href = await shop.page.evaluate(async () => {
      const response = await fetch('/support/threads', { headers: { 'X-Support-Chat': '1' } });
      return response.text();
    });
    const id = /"id":"(chat_[\w-]+)"/.exec(href)?.[1];
    if (!id) throw new Error(`No thread in ${href}`);
    return { threadId: id };
  }
});
