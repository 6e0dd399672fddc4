import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../../test/support/wire-client.js';
import { BotApiEmulator } from '../../bot-api-emulator.js';
import type { EmulatedChat } from '../../chats/emulated-chat.js';
import type { FileKind } from '../../files/stored-file.js';

const MIB_20 = 20 << 20;

describe('GetFileMethod', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    telegram = await BotApiEmulator.start();
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  it.each<[FileKind, string]>([
    ['animation', 'animations/file_0.mp4'],
    ['audio', 'music/file_0.mp3'],
    ['document', 'documents/file_0.txt'],
    ['photo', 'photos/file_3.jpg'],
    ['sticker', 'stickers/file_0.webp'],
    ['video', 'videos/file_0.mp4'],
    ['video_note', 'video_notes/file_0.mp4'],
    ['voice', 'voice/file_0.oga'],
  ])('says where a %s is, from where it can be downloaded', async (kind, path) => {
    const bytes = Buffer.from([0, 1, 2, 255]);
    const message = desk.agent('Ann').sendFile(kind, { bytes, width: 1280, height: 960 });
    const file = kind === 'photo' ? message.photo?.at(-1) : message[kind];
    expect(await client.call('getFile', { file_id: file?.file_id })).toEqual({
      ok: true,
      result: {
        file_id: file?.file_id,
        file_unique_id: file?.file_unique_id,
        file_size: 4,
        file_path: path,
      },
    });
    const response = await fetch(client.fileUrl(path));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('finds what the bot itself has uploaded', async () => {
    const document = new File(['hello'], 'a.txt');
    const answer = await client.upload('sendDocument', { chat_id: desk.id, document });
    const fileId = /"file_id":"([^"]*)"/.exec(JSON.stringify(answer))?.[1];
    expect(await client.call('getFile', { file_id: fileId })).toMatchObject({
      result: { file_path: 'documents/file_0.txt', file_size: 5 },
    });
  });

  it.each([
    [MIB_20, 'ok'],
    [MIB_20 + 1, 'Bad Request: file is too big'],
  ])('says of %i bytes: %s', async (size, expected) => {
    const { document } = desk.agent('Ann').sendFile('document', { size });
    expect(document?.file_size).toBe(size);
    expect(await client.errorOf('getFile', { file_id: document?.file_id })).toBe(expected);
  });

  it('leads to larger files where the options say so, which nobody holds', async () => {
    await telegram.stop();
    const size = 100_000_000;
    telegram = await BotApiEmulator.start({ maxDownloadBytes: size });
    client = new WireClient(telegram);
    const { document } = telegram.createGroup({ title: 'D' }).agent('A').sendFile('document', {
      size,
    });
    expect(await client.errorOf('getFile', { file_id: document?.file_id })).toBe('ok');
    const before = process.memoryUsage().arrayBuffers;
    const response = await fetch(client.fileUrl('documents/file_0.txt'));
    expect(response.headers.get('content-length')).toBe(String(size));
    let received = 0;
    let most = 0;
    for await (const chunk of response.body ?? []) {
      received += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    expect(received).toBe(size);
    expect(most).toBeLessThan(50_000_000);
  });

  it.each([
    [{}, 'file_id not specified'],
    [{ file_id: '' }, 'file_id not specified'],
    [{ file_id: 'nonsense!' }, 'invalid file_id'],
    [{ file_id: 'AAAA' }, 'invalid file_id'],
    [
      { file_id: Buffer.from('7000000001/99\u0004').toString('base64url') },
      'wrong file_id or the file is temporarily unavailable',
    ],
    [
      { file_id: Buffer.from('something else\u0004').toString('base64url') },
      'wrong file_id or the file is temporarily unavailable',
    ],
  ])('refuses %j: %s', async (params, reason) => {
    expect(await client.errorOf('getFile', params)).toBe(`Bad Request: ${reason}`);
  });

  it('knows a file by other ids for another bot', async () => {
    await telegram.stop();
    telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
    const [, other = telegram.bot] = telegram.bots;
    desk = telegram.createGroup({ title: 'Desk' });
    desk.setBotStatus('administrator', other);
    const { document } = desk.agent('Ann').sendFile('document');
    const seen = JSON.stringify(await new WireClient(telegram, other).call('getUpdates'));
    const otherId = /"file_id":"([^"]*)"/.exec(seen)?.[1];
    expect(otherId).not.toBe(document?.file_id);
    const answers = [telegram.bot, other].flatMap((bot) =>
      [document?.file_id, otherId].map((file_id) =>
        new WireClient(telegram, bot).call('getFile', { file_id }),
      ),
    );
    const path = { ok: true, result: { file_path: 'documents/file_0.txt' } };
    expect(await Promise.all(answers)).toMatchObject([path, { ok: false }, { ok: false }, path]);
  });
});
