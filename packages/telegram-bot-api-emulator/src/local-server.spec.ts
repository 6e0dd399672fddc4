import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../test/support/wire-client.js';
import { BotApiEmulator } from './bot-api-emulator.js';
import type { EmulatedChat } from './chats/emulated-chat.js';
import { createBlankJpeg } from './files/blank-image.js';

const BOUNDARY = 'x';

describe('The emulator as a local server', () => {
  let directory: string;
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'emulator-'));
    telegram = await BotApiEmulator.start({ localServer: { directory } });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(async () => {
    await telegram.stop();
    await rm(directory, { recursive: true, force: true });
  });

  it('answers getFile with the absolute path of a file that is there', async () => {
    const bytes = Buffer.from('content');
    const { document } = desk.agent('Ann').sendFile('document', { bytes });
    const path = join(directory, telegram.bot.token, 'documents/file_0.txt');
    for (let time = 1; time <= 2; time++) {
      expect(await client.call('getFile', { file_id: document?.file_id })).toMatchObject({
        result: { file_path: path, file_size: 7 },
      });
      expect(await readFile(path)).toEqual(bytes);
    }
    await rm(path);
    await client.call('getFile', { file_id: document?.file_id });
    expect(await readFile(path, 'utf8')).toBe('content');
    expect(await readdir(join(directory, telegram.bot.token, 'documents'))).toHaveLength(1);
  });

  it('serves no files over HTTP', async () => {
    const { voice } = desk.agent('Ann').sendFile('voice');
    const answer = JSON.stringify(await client.call('getFile', { file_id: voice?.file_id }));
    const path = /"file_path":"([^"]*)"/.exec(answer)?.[1] ?? '';
    for (const tried of ['voice/file_0.oga', path]) {
      expect((await fetch(client.fileUrl(tried))).status).toBe(404);
    }
  });

  it('writes files of more than 20 MiB', async () => {
    const size = (20 << 20) + 1;
    const { video } = desk.agent('Ann').sendFile('video', { size });
    expect(await client.errorOf('getFile', { file_id: video?.file_id })).toBe('ok');
    const path = join(directory, telegram.bot.token, 'videos/file_0.mp4');
    expect((await stat(path)).size).toBe(size);
  });

  it('takes an upload of more than 50 MB, without holding it', async () => {
    const size = 120_000_000;
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    const status = await uploadDocument(size, () => {
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    });
    expect(status).toBe(200);
    expect(most).toBeLessThan(60_000_000);
    const [message] = desk.messages;
    expect(message?.document?.file_size).toBe(size);
    await client.call('getFile', { file_id: message?.document?.file_id });
    const path = join(directory, telegram.bot.token, 'documents/file_0.bin');
    expect((await stat(path)).size).toBe(size);
  });

  it('keeps each byte of what is uploaded, and checks it as always', async () => {
    const bytes = createBlankJpeg(640, 480);
    const photo = new File([Buffer.from(bytes)], 'a.jpg');
    await client.upload('sendPhoto', { chat_id: desk.id, photo });
    const [message] = desk.messages;
    expect(message?.photo?.at(-1)).toMatchObject({ width: 640, file_size: bytes.length });
    expect(message && Buffer.from(desk.fileBytes(message)).equals(bytes)).toBe(true);
    const empty = { chat_id: desk.id, document: new File([], 'a') };
    expect(await client.upload('sendDocument', empty)).toMatchObject({
      description: 'Bad Request: file must be non-empty',
    });
    const huge = new File([createBlankJpeg(9, 9), Buffer.alloc(10 << 20)], 'a.jpg');
    expect(await client.upload('sendPhoto', { chat_id: desk.id, photo: huge })).toMatchObject({
      description: expect.stringContaining('is too big for a photo'),
    });
  });

  /** Streams a document of zeros; resolves with the status of the answer. */
  function uploadDocument(size: number, onChunk: () => void): Promise<number> {
    return new Promise((resolve, reject) => {
      const url = client.url(`sendDocument?chat_id=${desk.id}`);
      const headers = { 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}` };
      const sending = request(url, { method: 'POST', headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode ?? 0));
      }).on('error', reject);
      const name = 'Content-Disposition: form-data; name="document"; filename="a.bin"';
      sending.write(`--${BOUNDARY}\r\n${name}\r\n\r\n`);
      const chunk = Buffer.alloc(1_000_000);
      let left = size;
      const writeOn = (): void => {
        onChunk();
        if (left === 0) {
          sending.end(`\r\n--${BOUNDARY}--\r\n`);
          return;
        }
        left -= chunk.length;
        sending.write(chunk, writeOn);
      };
      writeOn();
    });
  }
});
