import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestDesk } from '../support/test-desk.js';
import { PLACES, postedOf, sampleOf, startMediaDesk } from './media-desk.js';

describe.each(PLACES)('A file that is deleted between two turns of its notice, in %s', (place) => {
  let desk: TestDesk;
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vanished-spec-'));
  });

  afterEach(async () => {
    await desk.stop();
    await rm(folder, { recursive: true });
  });

  it('leaves a line, and the other files are posted', async () => {
    desk = await startMediaDesk(place);
    const path = join(folder, 'contract.pdf');
    await writeFile(path, '%PDF-1.7\n% a contract');
    desk.emulator.failNext('sendDocument', { kind: 'flood', retryAfterSeconds: 1 });
    await desk.telegram.notifyUserMessage({
      threadId: 't1',
      text: 'Look',
      attachments: [sampleOf('photo'), { path }, sampleOf('audio')],
    });
    await desk.emulator.waitForCall(({ method }) => method === 'sendDocument');
    // At once, before the answer is read: the next try comes after a second.
    rmSync(path);
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'after' });
    await vi.waitUntil(() => postedOf(desk).length >= 3, { timeout: 40_000 });
    expect(postedOf(desk)).toEqual([
      { kind: 'photo', text: '💬 Customer\nLook' },
      { kind: 'audio', text: '📎 contract.pdf was not sent: the file is not there' },
      { kind: 'text', text: '💬 Customer\nafter' },
    ]);
    expect(await desk.telegram.deadLetters.count()).toBe(0);
  });
});
