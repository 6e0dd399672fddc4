import { afterEach, describe, expect, it } from 'vitest';
import { ThreadMappingRepository, html } from '../../src/index.js';
import { shownText } from '../support/shown-text.js';
import { TestDesk } from '../support/test-desk.js';

const CARRIER = '\u200b';

describe('Notices', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it('show subject, customer, link and text of a new thread', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: 'Late <parcel>',
      text: 'Where is <b>it</b> & why?',
      customer: { id: 'c1', name: 'Alice "A"', email: 'alice@example.com' },
      url: 'https://app.example.com/threads/1?a=1&b=2',
    });
    const notice = await desk.chat.waitForMessage(() => true);
    expect(notice.text?.startsWith(CARRIER)).toBe(true);
    expect(shownText(notice)).toBe(
      `🆕 Late <parcel>\n👤 Alice "A" · alice@example.com · #c1\n🔗 Open the thread\n\nWhere is <b>it</b> & why?`,
    );
    // Telegram itself adds the e-mail address and the hashtag of the customer's id.
    expect(notice.entities).toMatchObject([
      { type: 'text_link', offset: 0, length: 1, url: expect.stringMatching(/^tg:\/\/thread\?r=/) },
      { type: 'bold', offset: 4, length: 13 },
      { type: 'email' },
      { type: 'hashtag' },
      { type: 'text_link', url: 'https://app.example.com/threads/1?a=1&b=2' },
      { type: 'date_time', date_time_format: 'r' },
      { type: 'blockquote', length: 25 },
    ]);
  });

  it('show who wrote a further message', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi', customer: { name: 'Al' } });
    await desk.chat.waitForMessage(() => true);
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'Hi' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Customer') === true);
    expect(desk.notices).toEqual(['💬 Al\nHi', '💬 Customer\nHi']);
  });

  it('are sent as HTML, without link previews', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'https://example.com' });
    await desk.chat.waitForMessage(() => true);
    expect(desk.emulator.callsOf('sendMessage')[0]?.params).toEqual({
      chat_id: desk.chat.id,
      text: expect.stringContaining('https://example.com'),
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
  });

  it('reply to the notice before them in the same thread', async () => {
    desk = await TestDesk.start();
    const threads = ['t1', 't2', 't1', 't1'];
    for (const [i, threadId] of threads.entries()) {
      await desk.telegram.notifyUserMessage({ threadId, text: `message ${i}` });
      await desk.chat.waitForMessage(({ text }) => text?.includes(`message ${i}`) === true);
    }
    const [first, second, third, fourth] = desk.chat.messages;
    expect(first?.reply_to_message).toBeUndefined();
    expect(second?.reply_to_message).toBeUndefined();
    expect(third?.reply_to_message?.message_id).toBe(first?.message_id);
    expect(fourth?.reply_to_message?.message_id).toBe(third?.message_id);
  });

  it('are sent although the notice before them was deleted', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desk.chat.waitForMessage(() => true);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('two') === true);
    expect(desk.emulator.callsOf('sendMessage')[1]?.params).toMatchObject({
      reply_parameters: { message_id: 1, allow_sending_without_reply: true },
    });
  });

  it('are posted once for each message id, however often it is notified', async () => {
    desk = await TestDesk.start();
    const message = { threadId: 't1', messageId: 'm1', text: 'once' };
    expect(await desk.telegram.notifyUserMessage(message)).toEqual({ accepted: true, id: 'm1' });
    expect(await desk.telegram.notifyUserMessage(message)).toEqual({ accepted: true, id: 'm1' });
    await desk.telegram.notifyUserMessage({
      threadId: 't2',
      messageId: 'm1',
      text: 'other thread',
    });
    await desk.chat.waitForMessage(({ text }) => text?.includes('other thread') === true);
    await desk.telegram.notifyUserMessage(message);
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'end' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('end') === true);
    expect(desk.notices.filter((text) => text.includes('once'))).toHaveLength(1);
  });

  it('are mapped to their thread, every part of a long one', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'word '.repeat(2_000) });
    await desk.chat.waitForMessage(({ text }) => text?.includes('(3/3)') === true);
    const mappings = desk.app.get(ThreadMappingRepository);
    expect(desk.chat.messages).toHaveLength(3);
    for (const { message_id: messageId } of desk.chat.messages) {
      await expect
        .poll(() => mappings.find({ chatId: desk.chat.id, messageId }), { timeout: 20_000 })
        .toBe('t1');
    }
  });

  it.each([
    ['emoji', '😀'.repeat(3_000)],
    ['<', '<'.repeat(5_000)],
    ['quotes, which are longest when escaped', '"'.repeat(9_000)],
    ['right-to-left text', 'שלום עולם '.repeat(900).trim()],
    ['Chinese', '你好世界'.repeat(1_500)],
    ['HTML that is not closed', '<b><a href="'.repeat(700)],
  ])('show all of a text of %s', async (_name, text) => {
    desk = await TestDesk.start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text });
    await desk.chat.waitForMessage((notice) => /\((\d+)\/\1\)/.test(notice.text ?? ''));
    const bodies = desk.notices.map((notice) => notice.slice(notice.indexOf('\n') + 1));
    expect(bodies.length).toBeGreaterThan(1);
    // Telegram trims the space at which a text was cut.
    expect(bodies.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    expect(desk.emulator.callsOf('sendMessage').every(({ status }) => status === 200)).toBe(true);
  });

  it('stay readable with lone surrogates', async () => {
    desk = await TestDesk.start();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'a\ud83d\udc4d\ud83d b' });
    await desk.chat.waitForMessage(() => true);
    expect(desk.notices[0]).toBe('💬 Customer\na👍\ufffd b');
  });

  it('shorten a subject and a name that would leave no room for the text', async () => {
    desk = await TestDesk.start();
    const long = 'x'.repeat(5_000);
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: long,
      text: 'Help',
      customer: { id: long, name: long, email: long },
    });
    const notice = await desk.chat.waitForMessage(() => true);
    expect(shownText(notice)).toMatch(/^.?🆕 x{255}…\n👤 x{255}… · x{255}… · #x{255}…\n\nHelp$/su);
  });

  it('are rendered by the templates of the app', async () => {
    desk = await TestDesk.start({
      options: {
        templates: {
          newThread: ({ subject, text, threadId }) => html`<i>${threadId}</i> ${subject}: ${text}`,
        },
      },
    });
    await desk.telegram.notifyNewThread({ threadId: 't<1>', subject: 'A&B', text: '<script>' });
    const notice = await desk.chat.waitForMessage(() => true);
    expect(notice.text).toBe(`${CARRIER}t<1> A&B: <script>`);
    expect(notice.entities?.[1]).toEqual({ type: 'italic', offset: 1, length: 4 });
  });

  it('use the default template, and log that once, when a template of the app throws', async () => {
    desk = await TestDesk.start({
      options: {
        templates: {
          userMessage: () => {
            throw new Error('no such customer');
          },
        },
      },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'two' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('two') === true);
    expect(desk.notices).toEqual(['💬 Customer\none', '💬 Customer\ntwo']);
    expect(desk.log.with('error', '"userMessage"')).toHaveLength(1);
  });

  it('are sent as plain text, with their reference, when Telegram cannot parse a template', async () => {
    desk = await TestDesk.start({
      options: { templates: { userMessage: ({ text }) => html`<h1>Hi</h1> & ${text}` } },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: '1 < 2 & 3' });
    const notice = await desk.chat.waitForMessage(() => true);
    expect(notice.text).toBe(`${CARRIER}Hi & 1 < 2 & 3`);
    expect(notice.entities).toEqual([
      { type: 'text_link', offset: 0, length: 1, url: expect.stringMatching(/^tg:\/\/thread\?r=/) },
    ]);
    expect(desk.log.with('error', 'Unsupported start tag "h1"')).toHaveLength(1);
  });
});
