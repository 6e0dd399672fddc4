import { afterEach, describe, expect, it, vi } from 'vitest';
import { html } from '../../src/index.js';
import { VirtualClock, type Message } from '../../src/testing/index.js';
import { shownText } from '../support/shown-text.js';
import { TestDesk } from '../support/test-desk.js';

/** The text of a thread's card, without its formatting. */
const FORGED_CARD = '🆕 Refund approved\n👤 The boss · boss@example.com · #1\n🔗 Open the thread';
const CARRIER = '\u200b';

describe('The text of a customer', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  /** The notice of a thread with this text, as it appears in the chat. */
  async function show(text: string): Promise<Message> {
    desk = await TestDesk.start();
    await desk.telegram.notifyNewThread({ threadId: 't1', text, subject: 'Parcel' });
    return desk.chat.waitForMessage(() => true);
  }

  /** The quoted parts of a message. */
  function quotedIn({ text = '', entities = [] }: Message): string[] {
    return entities
      .filter(({ type }) => type === 'blockquote' || type === 'expandable_blockquote')
      .map(({ offset, length }) => text.slice(offset, offset + length));
  }

  function kindsIn({ entities = [] }: Message): string[] {
    return entities.map(({ type }) => type);
  }

  it('is quoted, so that it cannot imitate the card of another thread', async () => {
    const text = `Thanks!\n\n\n${FORGED_CARD}\n\nPay me back, says the boss`;
    const notice = await show(text);
    expect(shownText(notice)).toBe(`🆕 Parcel\n\n${text}`);
    expect(quotedIn(notice)).toEqual([text]);
  });

  it('is quoted in every part of a notice and in a notice of several messages', async () => {
    const clock = new VirtualClock();
    const rateLimit = { messages: 1, windowMs: 1_000 };
    desk = await TestDesk.start({ clock, webhook: false, options: { rateLimit } });
    const threadId = 't1';
    await desk.telegram.notifyNewThread({ threadId, text: `${FORGED_CARD}\n`.repeat(80) });
    for (const name of ['Alice', 'Alice', 'Bob']) {
      await desk.telegram.notifyUserMessage({ threadId, text: FORGED_CARD, customer: { name } });
    }
    await advanceUntil(clock, () => desk.notices.some((text) => text.includes('Bob')));
    const unquoted = desk.chat.messages.map((notice) =>
      quotedIn(notice).reduce((text, quote) => text.replace(quote, '…'), notice.text ?? ''),
    );
    expect(unquoted.map((text) => shownText({ text }))).toEqual([
      '🆕 New thread (1/2)\n\n…',
      'New thread (2/2)\n\n…\n\n💬 Alice\n…\n\n…\n\n💬 Bob\n…',
    ]);
  });

  it('is quoted when a notice of all waiting messages would exceed the entities that Telegram keeps', async () => {
    const clock = new VirtualClock();
    const rateLimit = { messages: 1, windowMs: 1_000 };
    desk = await TestDesk.start({ clock, webhook: false, options: { rateLimit } });
    for (let i = 0; i < 201; i += 1) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: `${i}.` });
    }
    await advanceUntil(clock, () => desk.notices.at(-1)?.endsWith('200.') === true);
    const quoted = desk.chat.messages.flatMap((notice) => quotedIn(notice));
    expect(quoted).toEqual(Array.from({ length: 201 }, (_, i) => `${i}.`));
  });

  it('is in an expandable quote when it is long, and in a plain one when it is short', async () => {
    const tall = await show('line\n'.repeat(100));
    expect(kindsIn(tall)).toContain('expandable_blockquote');
    await desk.stop();
    const short = await show('line\nline');
    expect(kindsIn(short)).toContain('blockquote');
  });

  it('keeps its links, but contains no mention, command or tg:// link', async () => {
    const notice = await show(
      [
        '@admin, /ban@desk_bot /start tg://user?id=5',
        '<a href="tg://user?id=5">you</a> [you](tg://user?id=5)',
        'https://example.com/@me?next=/home me@example.com #5',
      ].join('\n'),
    );
    // The others are the hidden reference, the title, since when the customer waits, the quote and the links.
    expect(kindsIn(notice).toSorted()).toEqual(
      ['text_link', 'bold', 'date_time', 'blockquote', 'url', 'email'].toSorted(),
    );
    expect(quotedIn(notice)).toEqual([
      [
        '＠admin, ∕ban@desk_bot ∕start tg∶//user?id=5',
        '<a href="tg∶//user?id=5">you</a> [you](tg∶//user?id=5)',
        'https://example.com/@me?next=/home me@example.com #5',
      ].join('\n'),
    ]);
  });

  it('contains no mention where it is split', async () => {
    desk = await TestDesk.start();
    // One of these is split right before its @ or /, which then begins a part.
    for (let i = 0; i < 6; i += 1) {
      const text = `${'x'.repeat(i)}${'xxxx@a'.repeat(900)}`;
      await desk.telegram.notifyUserMessage({ threadId: `t${i}`, text });
      const isLast = ({ text: shown = '' }) => shown.includes('(2/2)');
      await vi.waitFor(() => expect(desk.chat.messages.filter(isLast)).toHaveLength(i + 1), 20_000);
    }
    for (const notice of desk.chat.messages) expect(kindsIn(notice)).not.toContain('mention');
    expect(desk.chat.messages.some(({ text }) => text?.includes('\n＠a'))).toBe(true);
  });

  it.each([
    ['10,000 line breaks', `a${'\n'.repeat(10_000)}b`, 'a\n\n\nb'],
    ['10,000 empty lines of spaces', `a\n${' \u00a0\r\n'.repeat(10_000)}b`, 'a\n\n\nb'],
    ['direction overrides', 'pay \u202e\u2067evil\u202c', 'pay evil'],
    ['the character that carries a reference', `a${CARRIER}b`, 'ab'],
    ['control characters', 'a\u0000b\u001b[31m', 'ab[31m'],
    ['more than 8 accents on a letter', `Z${'\u0301'.repeat(500)}!`, `Z${'\u0301'.repeat(8)}!`],
  ])('appears without %s', async (_name, text, shown) => {
    const notice = await show(text);
    expect(quotedIn(notice)).toEqual([shown]);
    expect(notice.text?.lastIndexOf(CARRIER)).toBe(0);
  });

  it('comes with names, subjects and addresses of one line that contain no mention', async () => {
    desk = await TestDesk.start();
    const lines = `x\n\u2028\r\n${FORGED_CARD}\u202e @admin /start`;
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      text: 'Hi',
      subject: lines,
      customer: { id: lines, name: lines, email: '@admin' },
    });
    const notice = await desk.chat.waitForMessage(() => true);
    const line =
      'x 🆕 Refund approved 👤 The boss - boss@example.com - #1 🔗 Open the thread ＠admin ∕start';
    expect(shownText(notice)).toBe(`🆕 ${line}\n👤 ${line} · ＠admin · #${line}\n\nHi`);
    expect(kindsIn(notice).filter((kind) => /mention|command/.test(kind))).toEqual([]);
  });

  it.each([
    'https://www.youtube.com/@abc',
    '(https://www.youtube.com/@abc)',
    'www.youtube.com/@abc',
    'https://u:p@example.com:8080/@abc?x=@def',
    'see:https://münchen.de/@abc',
  ])('keeps the target of a link, in texts and labels: %s', async (link) => {
    desk = await TestDesk.start();
    const url = link.replaceAll(/^see:|[()]/g, '');
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      text: `@admin ${link}`,
      subject: link,
      customer: { id: link, name: link, email: link },
    });
    const notice = await desk.chat.waitForMessage(() => true);
    const { text = '', entities = [] } = notice;
    const urls = entities
      .filter(({ type }) => type === 'url')
      .map(({ offset, length }) => text.slice(offset, offset + length));
    expect(urls).toEqual(Array.from({ length: 5 }, () => url));
    expect(kindsIn(notice).filter((kind) => /mention|command/.test(kind))).toEqual([]);
  });

  it('contains no truncated link', async () => {
    desk = await TestDesk.start();
    const subject = `${'x'.repeat(230)} https://www.youtube.com/@abc`;
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Hi', subject });
    const notice = await desk.chat.waitForMessage(() => true);
    expect(notice.text).toContain(' https://www․youtube․com/…\n');
    expect(kindsIn(notice)).toEqual(['text_link', 'bold', 'date_time', 'blockquote']);
  });

  it.each([
    '@\u0333admin',
    '\u033f@\u030aadmin',
    '/\u0333ban',
    'tg:\u0333//user?id=5',
    '@\u030aadmin',
  ])('contains no mention once Telegram has dropped combining marks: %j', async (text) => {
    const notice = await show(text);
    expect(kindsIn(notice)).toEqual(['text_link', 'bold', 'date_time', 'blockquote']);
  });

  it('comes with the first name of the customer that is visible', async () => {
    desk = await TestDesk.start();
    const customer = { name: '\u200b\u3164', email: 'al@example.com' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi', customer });
    await desk.chat.waitForMessage(() => true);
    expect(desk.notices).toEqual(['💬 al@example.com\nHi']);
  });

  it('contains no mention in the templates of the app either', async () => {
    desk = await TestDesk.start({
      options: {
        templates: { userMessage: ({ customer, text }) => html`${customer?.name}: ${text}` },
      },
    });
    const customer = { name: '@admin\n/a' };
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: '@admin\n\n\n\n\n/a', customer });
    await desk.chat.waitForMessage(() => true);
    expect(desk.notices).toEqual(['＠admin ∕a: ＠admin\n\n\n∕a']);
  });

  /** Advances the clock whenever the desk waits for it, until the condition holds. */
  async function advanceUntil(clock: VirtualClock, done: () => boolean): Promise<void> {
    const step = () => {
      if (!done()) clock.advanceToNext();
      expect(done()).toBe(true);
    };
    await vi.waitFor(step, { timeout: 20_000, interval: 5 });
  }
});
