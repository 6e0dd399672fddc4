import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { VirtualClock } from '../../src/testing/index.js';
import { PLACES, startDesks } from '../desks/several-desks.js';
import { ReplyLog } from '../support/reply-log.js';
import type { TestDesk, TestDeskOptions } from '../support/test-desk.js';
import {
  generalTexts,
  startTopicDesk,
  topicTexts,
  type StorageName,
} from '../topics/topic-desk.js';
import { Transcripts } from './transcripts.js';

const TITLE = '🕘 Earlier messages';
const FIRST = '👤 Ada · 2026-11-29 17:05 UTC\nHelp t1';
const SECOND = '🎧 Bob · 2026-11-29 17:06 UTC\nHow?';
const BACKLOG = `${TITLE}\n${FIRST}\n\n${SECOND}`;

const providers = [ReplyLog, Transcripts];

describe.each(PLACES)('A topic that is created anew, with data in %s,', (storage: StorageName) => {
  let desk: TestDesk;
  let transcripts: Transcripts;
  afterEach(() => desk.stop());

  /** A thread of two messages, whose topic somebody has deleted. */
  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await startTopicDesk(storage, { providers, ...wanted });
    transcripts = desk.app.get(Transcripts, { strict: false });
    keep('Help t1', 'm1');
    transcripts.add('t1', { author: 'agent', name: 'Bob', text: 'How?' });
    await desk.telegram.notifyNewThread({
      threadId: 't1',
      subject: 't1',
      text: 'Help t1',
      messageId: 'm1',
    });
    await posted('Help t1');
    deleteTopic();
  }

  const keep = (text: string, messageId: string) =>
    transcripts.add('t1', { name: 'Ada', text, messageId });

  /** Keeps a message, and notifies of it. */
  async function write(text: string, messageId: string): Promise<Message> {
    keep(text, messageId);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text, messageId });
    return posted(text);
  }

  const posted = (text: string) =>
    desk.chat.waitForMessage((message) => message.text?.endsWith(text) === true, 20_000);

  function deleteTopic(): void {
    const owner = desk.chat.agent('Owner', { status: 'creator' });
    owner.deleteTopic(desk.chat.topics[0]?.id ?? 0);
  }

  const texts = () => Object.values(topicTexts(desk)).flat();

  it('begins with what was said before, above the message that has brought it', async () => {
    await start();
    const notice = await write('more', 'm2');
    expect(texts()).toEqual([`${BACKLOG}\n\n💬 Customer\nmore`]);
    const quotes = notice.entities?.filter(({ type }) => type === 'expandable_blockquote');
    expect(quotes).toHaveLength(1);
    expect(transcripts.requests).toEqual([{ threadId: 't1', limit: 11 }]);
    await write('again', 'm3');
    expect(texts()).toEqual([`${BACKLOG}\n\n💬 Customer\nmore`, '💬 Customer\nagain']);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('shows ten messages, and none that waits', async () => {
    await start();
    for (let n = 1; n <= 12; n += 1) keep(`No ${n}`, `n${n}`);
    const flood = { kind: 'flood', retryAfterSeconds: 1 } as const;
    const end = desk.emulator.failShare(1, flood, 'sendMessage');
    for (const id of ['w1', 'w2']) keep(`waits ${id}`, id);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'waits w1', messageId: 'w1' });
    await vi.waitUntil(() => desk.emulator.callsOf('sendMessage').length > 1, 20_000);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'waits w2', messageId: 'w2' });
    end();
    await posted('waits w2');
    const text = texts().join('\n');
    expect(text.match(/No \d+/g)).toEqual(Array.from({ length: 10 }, (_, n) => `No ${n + 3}`));
    expect(text.match(/waits/g)).toHaveLength(2);
  });

  it('begins with them in a message of their own where not all fit in one', async () => {
    await start();
    for (let n = 0; n < 4; n += 1) keep(`${n}`.repeat(900), `n${n}`);
    const text = 'y'.repeat(2_000);
    await write(text, 'm2');
    const [backlog, message] = texts();
    expect(backlog).toMatch(/^🕘 Earlier messages\n[^]*Help t1[^]*How\?[^]*0000[^]*3333$/);
    expect(message).toBe(`💬 Customer\n${text}`);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('begins with them although the app opens the thread again', async () => {
    await start();
    keep('I am back', 'm2');
    const thread = { threadId: 't1', subject: 'Again', text: 'I am back', messageId: 'm2' };
    await desk.telegram.notifyNewThread(thread);
    await posted('I am back');
    expect(texts()).toEqual([`${BACKLOG}\n\n🆕 Again\n\nI am back`]);
  });

  it('begins with them although the message has a file', async () => {
    await start();
    keep('photo', 'm2');
    const attachments = [{ data: Buffer.from('text'), name: 'a.txt' }];
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      text: 'see',
      messageId: 'm2',
      attachments,
    });
    const file = await desk.chat.waitForMessage(({ document }) => document !== undefined, 20_000);
    expect(file.caption?.replace('\u200b', '')).toBe(`${BACKLOG}\n\n💬 Customer\nsee`);
    expect(file.message_thread_id).toBe(desk.chat.topics[0]?.id);
  });

  it('begins with them once although Telegram fails behind the creation of the topic', async () => {
    await start();
    desk.emulator.failNext(
      'sendMessage',
      { kind: 'error', errorCode: 500, description: 'Oops' },
      1,
    );
    desk.emulator.failNext(
      'sendMessage',
      { kind: 'error', errorCode: 500, description: 'Oops' },
      1,
    );
    await write('more', 'm2');
    expect(texts()).toHaveLength(1);
    expect(texts()[0]).toContain(`${BACKLOG}\n\n💬 Customer\nmore`);
  });

  it('begins with them when Telegram has posted the message in General without a word', async () => {
    await start();
    desk.chat.redirectDeletedTopics(true);
    await write('more', 'm2');
    await vi.waitFor(() => expect(texts()).toEqual([`${BACKLOG}\n\n💬 Customer\nmore`]), 20_000);
    expect(generalTexts(desk)).toEqual([]);
  });

  it('begins without them when the app cannot load them, which the log says', async () => {
    await start();
    transcripts.answer = () => Promise.reject(new Error('no connection'));
    await write('more', 'm2');
    expect(texts()).toEqual(['💬 Customer\nmore']);
    expect(desk.log.with('error', 'The history of thread t1 is left out')).toHaveLength(1);
  });

  it('begins without them when Telegram refuses the message with them', async () => {
    await start();
    const gone = {
      kind: 'error',
      errorCode: 400,
      description: 'Bad Request: message thread not found',
    } as const;
    desk.emulator.failNext('sendMessage', gone);
    const description = "Bad Request: can't parse entities";
    desk.emulator.failNext('sendMessage', { kind: 'error', errorCode: 400, description }, 2);
    await write('more', 'm2');
    await vi.waitFor(() => expect(texts()).toEqual(['💬 Customer\nmore']), 20_000);
  });

  it('keeps them when the customer edits or deletes the message below', async () => {
    await start({ options: { deletes: 'remove' } });
    await write('more', 'm2');
    await desk.telegram.notifyMessageEdited({ threadId: 't1', messageId: 'm2', text: 'much more' });
    await vi.waitFor(
      () => expect(texts()).toEqual([`${BACKLOG}\n\n💬 Customer (edited)\nmuch more`]),
      20_000,
    );
    await desk.telegram.notifyMessageDeleted({ threadId: 't1', messageId: 'm2' });
    await vi.waitFor(
      () => expect(texts()).toEqual([`${BACKLOG}\n\n💬 Customer (deleted by the customer)`]),
      20_000,
    );
  });

  it('begins with them above a rating, which waits for no answer', async () => {
    await start();
    await desk.telegram.notifyRating({ threadId: 't1', rating: 5 });
    await posted('★★★★★');
    expect(texts()).toEqual([`${BACKLOG}\n\n⭐ Customer rated the conversation: ★★★★★`]);
  });
});

describe('A topic that is created anew while the app hangs', () => {
  it('begins without what was said before, after five seconds, and other threads do not wait', async () => {
    const clock = new VirtualClock();
    const desk = await startTopicDesk('memory', { providers, clock });
    onTestFinished(() => desk.stop());
    const transcripts = desk.app.get(Transcripts, { strict: false });
    transcripts.answer = () => new Promise(() => undefined);
    const { telegram, chat } = desk;
    await telegram.notifyNewThread({ threadId: 't1', subject: 't1', text: 'Help' });
    await chat.waitForMessage(({ text }) => text?.includes('Help') === true, 20_000);
    chat.agent('Owner', { status: 'creator' }).deleteTopic(chat.topics[0]?.id ?? 0);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
    await vi.waitUntil(() => transcripts.requests.length === 1, 20_000);
    await telegram.notifyNewThread({ threadId: 't2', subject: 't2', text: 'elsewhere' });
    await chat.waitForMessage(({ text }) => text?.includes('elsewhere') === true, 20_000);
    await vi.waitFor(() => {
      clock.advance(500);
      expect(topicTexts(desk)['t1']).toEqual(['💬 Customer\nmore']);
    }, 20_000);
  });
});

describe.each(PLACES)('A thread that moves to another desk, with data in %s,', (place) => {
  it.each(['replies', 'topics'] as const)(
    'begins there with what was said before, below the line that says so, in %s',
    async (mode) => {
      const desks = await startDesks(place, { billing: { mode } }, { providers });
      const { telegram, app } = desks.desk;
      const transcripts = app.get(Transcripts, { strict: false });
      transcripts.add('t1', { name: 'Ada', text: 'Help t1', messageId: 'm1' });
      transcripts.add('t1', { author: 'agent', name: 'Bob', text: 'How?' });
      await telegram.notifyNewThread({ threadId: 't1', text: 'Help t1', messageId: 'm1' });
      await desks.notice('default', 'Help t1');
      transcripts.add('t1', { name: 'Ada', text: 'next', messageId: 'm2' });
      await telegram.updateThread({ threadId: 't1', desk: 'billing' });
      await telegram.notifyUserMessage({ threadId: 't1', text: 'next', messageId: 'm2' });
      await desks.notice('billing', 'next');
      const text = desks.notices('billing').join('\n\n');
      expect(text).toBe(`🆕 Conversation from the desk default\n\n${BACKLOG}\n\n💬 Customer\nnext`);
      const { message_id: id } = await desks.notice('billing', 'Earlier messages');
      await telegram.notifyMessageEdited({ threadId: 't1', messageId: 'm2', text: 'last' });
      await vi.waitFor(
        () => expect(desks.notices('billing').join()).toMatch(/How\?[^]*\(edited\)\nlast$/),
        20_000,
      );
      expect(desks.notices('billing').join()).toContain(BACKLOG);
      // It is what the next messages reply to, and what agents may answer.
      desks.chat('billing').agent('Bob', { status: 'administrator' }).reply(id, 'Hello');
      await vi.waitFor(
        () =>
          expect(desks.desk.replies.replies).toMatchObject([{ threadId: 't1', desk: 'billing' }]),
        20_000,
      );
    },
  );

  it('is answered by the desk where an agent asks for its history, also at its former desk', async () => {
    const desks = await startDesks(place, { billing: {} }, { providers });
    const { telegram, app } = desks.desk;
    app.get(Transcripts, { strict: false }).add('t1', { name: 'Ada', text: 'Help t1' });
    await telegram.notifyNewThread({ threadId: 't1', text: 'Help t1' });
    const notice = await desks.notice('default', 'Help t1');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await desks.notice('billing', 'from the desk default');
    const asked = desks.chat('default').agent('Bob').reply(notice, '/history');
    const answer = await desks.notice('default', TITLE);
    expect(answer.reply_to_message?.message_id).toBe(asked.message_id);
  });
});
