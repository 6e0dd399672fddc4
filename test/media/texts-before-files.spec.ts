import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { LoadAttachment } from '../../src/index.js';
import { VirtualClock } from '../../src/testing/index.js';
import type { TestDesk } from '../support/test-desk.js';
import { PLACES, postedOf, SLOW, startMediaDesk, waitForPosted } from './media-desk.js';

const MESSAGE = { threadId: 't1', customer: { name: 'Ada' }, attachments: [{ load: 'a.txt' }] };
const LATER = { threadId: 't1', customer: { name: 'Ada' }, text: 'later' };

/** Gives its file once the test wants it. */
@Injectable()
class SlowFiles {
  static release: () => void = () => undefined;
  readonly #released = new Promise<void>((resolve) => {
    SlowFiles.release = resolve;
  });

  @LoadAttachment()
  async load(): Promise<Readable> {
    await this.#released;
    return Readable.from([Buffer.from('the file')]);
  }
}

describe.each(PLACES)('A text whose files are being loaded, with %s', (place) => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  it.each([3_000, 9_000])('is posted before them when it has %i characters', async (length) => {
    desk = await startMediaDesk(place, { providers: [SlowFiles] });
    const count = Math.ceil(length / 4_000);
    await desk.telegram.notifyUserMessage({ ...MESSAGE, text: 'x'.repeat(length) });
    await desk.telegram.notifyUserMessage(LATER);
    await waitForPosted(desk, count);
    expect(postedOf(desk).map(({ kind }) => kind)).toEqual(Array(count).fill('text'));
    SlowFiles.release();
    const posted = await waitForPosted(desk, count + 2);
    expect(posted.slice(count).map(({ kind, text }) => [kind, text])).toEqual([
      ['document', ''],
      ['text', '💬 Ada\nlater'],
    ]);
    expect(
      posted
        .map(({ text }) => text)
        .join('')
        .match(/x/g),
    ).toHaveLength(length);
  });
});

describe('A text that fits in a caption', () => {
  it('goes ahead of its files after 30 seconds', async () => {
    const clock = new VirtualClock();
    const desk = await startMediaDesk('memory', { clock, providers: [SlowFiles] });
    try {
      await desk.telegram.notifyUserMessage({ ...MESSAGE, text: 'Look' });
      await vi.waitFor(() => {
        if (postedOf(desk).length === 0) clock.advance(1_000);
        expect(postedOf(desk)).toEqual([{ kind: 'text', text: '💬 Ada\nLook' }]);
      }, SLOW);
      SlowFiles.release();
      await vi.waitFor(() => {
        if (postedOf(desk).length < 2) clock.advance(500);
        expect(postedOf(desk)).toHaveLength(2);
      }, SLOW);
      expect(postedOf(desk)[1]).toEqual({ kind: 'document', text: '' });
    } finally {
      await desk.stop();
    }
  });
});
