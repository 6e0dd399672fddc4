import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestDesk } from '../support/test-desk.js';

const MIB = 1024 * 1024;
const TIMEOUT = { timeout: 20_000 };

describe('With a local Bot API server', () => {
  let directory: string;
  let desk: TestDesk;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-server-'));
  });

  afterEach(async () => {
    await desk.stop();
    await rm(directory, { recursive: true });
  });

  async function start(root: string | undefined): Promise<void> {
    const emulator = { localServer: { directory } };
    desk = await TestDesk.start({ emulator, options: { files: { root } } });
  }

  /** The reply that an agent gives with a file. */
  async function replyWith(bytes: Buffer) {
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(() => true);
    const ada = desk.chat.agent('Ada');
    ada.sendFile('document', { bytes, fileName: 'a.bin', replyTo: notice, caption: 'Look' });
    await expect.poll(() => desk.replies.replies.length, TIMEOUT).toBe(1);
    const [attachment] = desk.replies.replies[0]?.attachments ?? [];
    if (!attachment) throw new Error('The reply has no file');
    return attachment;
  }

  const tokenIn = (value: unknown): boolean =>
    inspect(value, { depth: Infinity, showHidden: true }).includes(desk.emulator.bot.token);

  it('reads the files of agents from its disk, of more than 20 MiB, too', async () => {
    await start(directory);
    const bytes = Buffer.alloc(21 * MIB, 'content');
    const attachment = await replyWith(bytes);
    expect(attachment).toMatchObject({ name: 'a.bin', size: bytes.length });
    expect((await buffer(await attachment.open())).equals(bytes)).toBe(true);
    expect(tokenIn(attachment)).toBe(false);
    expect(tokenIn(desk.log.lines)).toBe(false);
  });

  it('posts files of more than 50 MiB', async () => {
    await start(directory);
    const path = join(directory, 'video.bin');
    await writeFile(path, 'begin');
    await truncate(path, 51 * MIB);
    const attachments = [{ path }];
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Look', attachments });
    const posted = await desk.chat.waitForMessage(
      ({ document }) => document !== undefined,
      TIMEOUT.timeout,
    );
    expect(posted.document).toMatchObject({ file_name: 'video.bin', file_size: 51 * MIB });
    const bytes = desk.chat.fileBytes(posted);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('begin');
    expect(tokenIn(desk.log.lines)).toBe(false);
  });

  it.each([
    ['is another directory', 'gone', () => mkdtemp(join(directory, 'other-'))],
    ['is not set', 'unavailable', () => Promise.resolve(undefined)],
  ])('says what to do when files.root %s, and shows no path', async (_name, problem, root) => {
    await start(await root());
    const attachment = await replyWith(Buffer.from('content'));
    const error: unknown = await attachment.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'TelegramFileError', problem });
    expect(String(error)).toContain('files.root');
    expect(tokenIn(error)).toBe(false);
    expect(tokenIn(desk.log.lines)).toBe(false);
  });
});
