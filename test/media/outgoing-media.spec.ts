import { afterEach, describe, expect, it, vi } from 'vitest';
import { ThreadMappingRepository } from '../../src/index.js';
import { ATTACHMENT_KINDS } from '../../src/files/attachment-kind.js';
import { VirtualClock } from '../../src/testing/index.js';
import type { TestDesk } from '../support/test-desk.js';
import {
  messagesOf,
  PLACES,
  postedOf,
  sampleOf,
  samplesOf,
  SLOW,
  startMediaDesk,
  waitForPosted,
} from './media-desk.js';

const customer = { name: 'Alice' };

describe.each(PLACES)('Files of customers, in %s', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each(ATTACHMENT_KINDS)('are posted as %s, and say whose they are', async (kind) => {
    desk = await startMediaDesk(place);
    const attachments = [sampleOf(kind)];
    await desk.telegram.notifyUserMessage({ threadId: 't1', customer, attachments });
    expect(await waitForPosted(desk, 1)).toEqual([{ kind, text: '💬 Alice' }]);
    desk.emulator.assertConformant();
  });

  it.each(ATTACHMENT_KINDS)('have their text as caption of a %s', async (kind) => {
    desk = await startMediaDesk(place, { webhook: true });
    const attachments = [sampleOf(kind)];
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Look <here>', attachments });
    const [posted] = await waitForPosted(desk, 1);
    expect(posted).toEqual({ kind, text: '🆕 New thread\n\nLook <here>' });
    const [message] = messagesOf(desk);
    expect(message?.caption_entities).toMatchObject([
      { type: 'text_link', url: expect.stringMatching(/^tg:\/\/thread\?r=/) },
      { type: 'bold' },
      { type: 'date_time' },
      { type: 'blockquote' },
    ]);
    if (message) desk.chat.agent('Ada').reply(message, 'Thanks');
    await vi.waitFor(() => expect(desk.replies.replies).toMatchObject([{ threadId: 't1' }]), SLOW);
  });

  it('come behind a text that is too long for a caption, and belong to its thread', async () => {
    desk = await startMediaDesk(place);
    const text = 'word '.repeat(300).trim();
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      customer,
      text,
      attachments: [sampleOf('photo')],
    });
    expect(await waitForPosted(desk, 2)).toEqual([
      { kind: 'text', text: `💬 Alice\n${text}` },
      { kind: 'photo', text: '' },
    ]);
    const [words, photo] = messagesOf(desk);
    expect(photo?.reply_to_message?.message_id).toBe(words?.message_id);
    expect(photo?.caption_entities).toBeUndefined();
    await expectMapped();
  });

  it('are an album of ten photos and videos, each of which is mapped', async () => {
    desk = await startMediaDesk(place);
    const kinds = Array.from({ length: 10 }, (_, i) => (i % 3 === 0 ? 'video' : 'photo'));
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      customer,
      text: 'See',
      attachments: samplesOf(...kinds),
    });
    const posted = await waitForPosted(desk, 10);
    expect(posted.map(({ kind }) => kind)).toEqual(kinds);
    expect(posted.map(({ text }) => text)).toEqual(['💬 Alice\nSee', ...Array(9).fill('')]);
    expect(new Set(messagesOf(desk).map(({ media_group_id: id }) => id)).size).toBe(1);
    await expectMapped();
    desk.emulator.assertConformant();
  });

  it('are posted in their order when they are of several kinds', async () => {
    desk = await startMediaDesk(place);
    const kinds = ['photo', 'video', 'document', 'document', 'voice', 'audio', 'photo'] as const;
    const attachments = samplesOf(...kinds);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'All', attachments });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'behind' });
    const posted = await waitForPosted(desk, kinds.length + 1);
    expect(posted.map(({ kind }) => kind)).toEqual([...kinds, 'text']);
    const calls = desk.calls.map(({ method }) => method);
    expect(calls).toEqual([
      'sendMediaGroup',
      'sendMediaGroup',
      'sendVoice',
      'sendAudio',
      'sendPhoto',
      'sendMessage',
    ]);
    await expectMapped();
  });

  it('are posted all when they are 25', async () => {
    desk = await startMediaDesk(place);
    const attachments = Array.from({ length: 25 }, (_, i) => sampleOf('document', `${i}.pdf`));
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'All', attachments });
    await waitForPosted(desk, 25);
    expect(messagesOf(desk).map(({ document }) => document?.file_name)).toEqual(
      attachments.map(({ name }) => name),
    );
    expect(desk.emulator.callsOf('sendMediaGroup')).toHaveLength(3);
  });

  it('are put together with the texts that wait before them, as far as a caption holds', async () => {
    const clock = new VirtualClock();
    desk = await startMediaDesk(place, { emulator: { clock } });
    // All the others wait behind this one.
    desk.emulator.failNext('sendMessage', { kind: 'delay', delayMs: 1_000 });
    await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'zero' });
    await desk.emulator.waitForCall(({ method }) => method === 'sendMessage', SLOW.timeout);
    const long = 'long '.repeat(250).trim();
    for (const text of ['one', 'two', long]) {
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text });
    }
    const photo = { threadId: 't1', customer, attachments: [sampleOf('photo')] };
    await desk.telegram.notifyUserMessage({ ...photo, text: 'three' });
    await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'four' });
    await desk.telegram.notifyUserMessage({ ...photo, text: 'five' });
    clock.advance(1_000);
    expect(await waitForPosted(desk, 4)).toEqual([
      { kind: 'text', text: '💬 Alice\nzero' },
      { kind: 'text', text: `💬 Alice\none\n\ntwo\n\n${long}` },
      { kind: 'photo', text: '💬 Alice\nthree' },
      { kind: 'photo', text: '💬 Alice\nfour\n\nfive' },
    ]);
  });

  it('leave a line when they are missing, and the text is posted', async () => {
    desk = await startMediaDesk(place);
    const attachments = [{ path: '/nowhere/*secret*.jpg', name: 'scan.jpg' }, sampleOf('photo')];
    await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
    const [posted] = await waitForPosted(desk, 1);
    expect(posted?.kind).toBe('photo');
    expect(posted?.text).toMatch(/^💬 Alice\nHi\n\n📎 scan\.jpg was not sent: .+$/);
  });

  describe('when Telegram refuses them,', () => {
    const refusal = (description: string) =>
      ({ kind: 'error', errorCode: 400, description: `Bad Request: ${description}` }) as const;

    it('become documents', async () => {
      desk = await startMediaDesk(place);
      desk.emulator.failNext('sendPhoto', refusal('IMAGE_PROCESS_FAILED'));
      const attachments = [sampleOf('photo')];
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
      expect(await waitForPosted(desk, 1)).toEqual([{ kind: 'document', text: '💬 Alice\nHi' }]);
    });

    it('are left out when not even a document is taken', async () => {
      desk = await startMediaDesk(place);
      desk.emulator.failNext('sendPhoto', refusal('PHOTO_INVALID_DIMENSIONS'));
      desk.emulator.failNext('sendDocument', refusal('file must be non-empty'));
      const attachments = [sampleOf('photo')];
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
      expect(await waitForPosted(desk, 1)).toEqual([
        {
          kind: 'text',
          text: '💬 Alice\nHi\n\n📎 photo.jpg was not sent: Telegram does not take it',
        },
      ]);
      expect(await desk.telegram.deadLetters.count()).toBe(0);
    });

    it('become documents alone, of an album, where Telegram names the one', async () => {
      desk = await startMediaDesk(place);
      const words = 'failed to send message #2 with the error message "IMAGE_PROCESS_FAILED"';
      desk.emulator.failNext('sendMediaGroup', refusal(words));
      const attachments = samplesOf('photo', 'photo', 'photo');
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
      const posted = await waitForPosted(desk, 3);
      expect(posted.map(({ kind }) => kind)).toEqual(['photo', 'document', 'photo']);
    });

    it('go apart, of an album, where Telegram does not name the one', async () => {
      desk = await startMediaDesk(place);
      desk.emulator.failNext('sendMediaGroup', { kind: 'html', status: 413 });
      const attachments = samplesOf('photo', 'photo', 'photo');
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
      const posted = await waitForPosted(desk, 3);
      expect(posted.map(({ kind }) => kind)).toEqual(['photo', 'photo', 'photo']);
      expect(desk.emulator.callsOf('sendPhoto')).toHaveLength(3);
    });

    it('do not hold back the texts of a chat that forbids files', async () => {
      desk = await startMediaDesk(place);
      const forbidden = refusal('not enough rights to send photos to the chat');
      desk.emulator.failNext('sendPhoto', forbidden);
      desk.emulator.failNext('sendDocument', forbidden);
      const attachments = [sampleOf('photo')];
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'Hi', attachments });
      await desk.telegram.notifyUserMessage({ threadId: 't1', customer, text: 'There?' });
      await vi.waitFor(
        () => expect(postedOf(desk).some(({ text }) => text.includes('There?'))).toBe(true),
        SLOW,
      );
      expect(postedOf(desk).every(({ kind }) => kind === 'text')).toBe(true);
    });
  });

  /** Each message that the bot has posted belongs to the thread. */
  async function expectMapped(): Promise<void> {
    const mappings = desk.app.get(ThreadMappingRepository);
    for (const { chat, message_id: messageId } of messagesOf(desk)) {
      const found = () => mappings.find({ chatId: chat.id, messageId });
      await vi.waitFor(async () => expect(await found()).toBe('t1'), SLOW);
    }
  }
});
