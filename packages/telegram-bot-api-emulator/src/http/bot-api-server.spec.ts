import { request as requestHttp } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WireClient } from '../../test/support/wire-client.js';
import { BotApiEmulator } from '../bot-api-emulator.js';
import type { EmulatedChat } from '../chats/emulated-chat.js';
import { VirtualClock } from '../time/virtual-clock.js';

const MIB = 1 << 20;

describe('BotApiServer', () => {
  let telegram: BotApiEmulator;
  let client: WireClient;
  let desk: EmulatedChat;
  let lines: string[];

  beforeEach(async () => {
    lines = [];
    telegram = await BotApiEmulator.start({
      clock: new VirtualClock(),
      waitTimeoutMs: 20_000,
      log: (line) => lines.push(line),
    });
    client = new WireClient(telegram);
    desk = telegram.createGroup({ title: 'Desk' });
  });

  afterEach(() => telegram.stop());

  it('dates its answers by the clock of the emulator', async () => {
    const clock = new VirtualClock(Date.parse('2030-01-31T12:00:00Z'));
    const other = await BotApiEmulator.start({ clock });
    const dateOf = async (path: string): Promise<string | null> => {
      const { headers } = await fetch(`${other.apiRoot}/${path}`);
      return headers.get('date');
    };
    expect(await dateOf(`bot${other.bot.token}/getMe`)).toBe('Thu, 31 Jan 2030 12:00:00 GMT');
    clock.stepWall(-90_000);
    expect(await dateOf('bot1:x/getMe')).toBe('Thu, 31 Jan 2030 11:58:30 GMT');
    await other.stop();
  });

  it('says how long people wait in slow mode', async () => {
    const group = telegram.createSupergroup({ title: 'Slow' });
    const infoOf = (): Promise<unknown> => client.call('getChat', { chat_id: group.id });
    expect(await infoOf()).not.toHaveProperty('result.slow_mode_delay');
    group.setSlowMode(30);
    expect(await infoOf()).toMatchObject({ result: { slow_mode_delay: 30 } });
    group.setSlowMode(0);
    expect(await infoOf()).not.toHaveProperty('result.slow_mode_delay');
    expect(() => desk.setSlowMode(30)).toThrow('Only supergroups have slow mode');
  });

  describe('file endpoint', () => {
    it('gives a file byte for byte', async () => {
      const bytes = Uint8Array.from({ length: 70_000 }, (_unused, index) => (index * 31) % 256);
      const { document } = desk.agent('Ann').sendFile('document', {
        bytes,
        fileName: 'a.bin',
        mimeType: 'application/zip',
      });
      const answer = await client.call('getFile', { file_id: document?.file_id });
      expect(answer).toMatchObject({ result: { file_path: 'documents/file_0.bin' } });
      const response = await fetch(client.fileUrl('documents/file_0.bin'));
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('application/octet-stream');
      expect(response.headers.get('content-length')).toBe('70000');
      expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    });

    it('gives the file of a path that is escaped, whatever the query says', async () => {
      const { voice } = desk.agent('Ann').sendFile('voice', { bytes: Buffer.from('hm') });
      await client.call('getFile', { file_id: voice?.file_id });
      const response = await fetch(client.fileUrl('voice%2Ffile_0.oga?a=b'));
      expect([response.status, await response.text()]).toEqual([200, 'hm']);
    });

    it('does not write calls of it down', async () => {
      const { voice } = desk.agent('Ann').sendFile('voice', {});
      await client.call('getFile', { file_id: voice?.file_id });
      await fetch(client.fileUrl('voice/file_0.oga'));
      expect(telegram.calls).toHaveLength(1);
    });

    it.each([
      ['bytes=0-0', 206, 'bytes 0-0/6', 'a'],
      ['bytes=2-3', 206, 'bytes 2-3/6', 'cd'],
      ['bytes=4-', 206, 'bytes 4-5/6', 'ef'],
      ['bytes=-2', 206, 'bytes 4-5/6', 'ef'],
      ['bytes=-99', 206, 'bytes 0-5/6', 'abcdef'],
      ['bytes=3-99', 206, 'bytes 3-5/6', 'def'],
      ['bytes=6-', 416, 'bytes */6', ''],
      ['bytes=0-1,3-4', 200, null, 'abcdef'],
      ['lines=1-2', 200, null, 'abcdef'],
      ['bytes=-', 200, null, 'abcdef'],
    ])('gives of the range %s with %i %s', async (range, status, contentRange, text) => {
      const { voice } = desk.agent('Ann').sendFile('voice', { bytes: Buffer.from('abcdef') });
      await client.call('getFile', { file_id: voice?.file_id });
      const response = await fetch(client.fileUrl('voice/file_0.oga'), { headers: { range } });
      expect([response.status, response.headers.get('content-range')]).toEqual([
        status,
        contentRange,
      ]);
      expect(response.headers.get('content-length')).toBe(String(text.length));
      expect(await response.text()).toBe(text);
    });

    it('fills up what a test has only given a size, at any range', async () => {
      const size = 5_000_000;
      const { video } = desk.agent('Ann').sendFile('video', { bytes: Buffer.from('abc'), size });
      await client.call('getFile', { file_id: video?.file_id });
      const url = client.fileUrl('videos/file_0.mp4');
      const whole = Buffer.from(await (await fetch(url)).arrayBuffer());
      expect(whole.length).toBe(size);
      expect(whole.toString('latin1', 0, 3)).toBe('abc');
      expect(whole.every((byte, index) => index < 3 || byte === index % 251)).toBe(true);
      const headers = { range: 'bytes=1-100000' };
      const part = Buffer.from(await (await fetch(url, { headers })).arrayBuffer());
      expect(part.equals(whole.subarray(1, 100_001))).toBe(true);
    });

    it('gives nothing before the bot has asked for the file, nor to another bot', async () => {
      await telegram.stop();
      telegram = await BotApiEmulator.start({ bots: [{}, { username: 'other_bot' }] });
      const [, other = telegram.bot] = telegram.bots;
      client = new WireClient(telegram);
      const { voice } = telegram.createGroup({ title: 'Desk' }).agent('Ann').sendFile('voice');
      const url = client.fileUrl('voice/file_0.oga');
      expect((await fetch(url)).status).toBe(404);
      await client.call('getFile', { file_id: voice?.file_id });
      expect((await fetch(url)).status).toBe(200);
      const urlOfOther = new WireClient(telegram, other).fileUrl('voice/file_0.oga');
      expect((await fetch(urlOfOther)).status).toBe(404);
    });

    it.each([
      ['a path that there is not', (url: string) => url.replace('file_0', 'file_1')],
      ['another folder', (url: string) => url.replace('voice/', 'photos/')],
      ['no path', (url: string) => url.replace('voice/file_0.oga', '')],
      ['another token', (url: string) => url.replace('/bot', '/bot1')],
      ['no token', (url: string) => url.replace(/bot[^/]*/, 'bot')],
    ])('answers %s with 404', async (_what, change) => {
      desk.agent('Ann').sendFile('voice', {});
      const response = await fetch(change(client.fileUrl('voice/file_0.oga')));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        ok: false,
        error_code: 404,
        description: 'Not Found',
      });
    });

    it('gives nothing to whom had the token before it was revoked', async () => {
      const { voice } = desk.agent('Ann').sendFile('voice', {});
      await client.call('getFile', { file_id: voice?.file_id });
      const url = client.fileUrl('voice/file_0.oga');
      telegram.bot.revokeToken();
      expect((await fetch(url)).status).toBe(404);
      expect((await fetch(client.fileUrl('voice/file_0.oga'))).status).toBe(200);
    });
  });

  describe('going offline', () => {
    it('refuses connections, and takes them again at the same port with all that was', async () => {
      await client.call('sendMessage', { chat_id: desk.id, text: 'before' });
      await telegram.goOffline();
      await expect(fetch(client.url('getMe'))).rejects.toMatchObject({
        cause: { code: 'ECONNREFUSED' },
      });
      await telegram.goOnline();
      expect(await client.call('getMe')).toMatchObject({ ok: true });
      expect(desk.messages).toMatchObject([{ text: 'before' }]);
    });

    it('cuts the calls that have no answer', async () => {
      telegram.failNext('getMe', { kind: 'hang' });
      const call = fetch(client.url('getMe'));
      await telegram.waitForCall(() => true);
      await telegram.goOffline();
      await expect(call).rejects.toThrow('fetch failed');
    });

    it('never performs a call that was to be performed later', async () => {
      telegram.failNext('sendMessage', { kind: 'delay', delayMs: 1_000 });
      const call = client.call('sendMessage', { chat_id: desk.id, text: 'late' });
      await telegram.waitForCall(() => true);
      await telegram.goOffline();
      await expect(call).rejects.toThrow('fetch failed');
      await telegram.goOnline();
      expect(desk.messages).toEqual([]);
    });

    it('may happen twice, and to an emulator that is stopped then', async () => {
      await telegram.goOffline();
      await telegram.goOffline();
      await telegram.stop();
      await expect(fetch(client.url('getMe'))).rejects.toThrow('fetch failed');
    });

    it('lets go of the port in the end, also when it went online twice', async () => {
      await expect(telegram.goOnline()).rejects.toMatchObject({ code: 'EADDRINUSE' });
      expect(await client.call('getMe')).toMatchObject({ ok: true });
      await telegram.stop();
      await expect(fetch(client.url('getMe'))).rejects.toMatchObject({
        cause: { code: 'ECONNREFUSED' },
      });
    });
  });

  it('answers a flood in body, parameters and header', async () => {
    telegram.failNext('sendMessage', { kind: 'flood', retryAfterSeconds: 17 });
    const response = await fetch(client.url(`sendMessage?chat_id=${desk.id}&text=hi`));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '17']);
    const envelope = {
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 17',
      parameters: { retry_after: 17 },
    };
    expect(await response.json()).toEqual(envelope);
    expect(telegram.calls).toMatchObject([{ status: 429, response: envelope }]);
    expect(desk.messages).toEqual([]);
    expect(await client.call('sendMessage', { chat_id: desk.id, text: 'hi' })).toMatchObject({
      ok: true,
    });
  });

  it.each(['application/json', 'application/x-www-form-urlencoded', 'text/plain'])(
    'answers %s of more than 1 MiB with 413 and nothing else, however large',
    async (type) => {
      expect(await post(client.url('sendMessage'), type, Buffer.alloc(MIB, 0x20))).not.toContain(
        '413',
      );
      for (const size of [MIB + 1, 20 * MIB]) {
        expect(await post(client.url('sendMessage'), type, Buffer.alloc(size, 0x20))).toBe('413 ');
      }
      expect(telegram.calls).toHaveLength(1);
    },
  );

  it('answers uploads of more than 50,000,000 bytes with 413 and JSON', async () => {
    const head = `--x\r\nContent-Disposition: form-data; name="document"; filename="a"\r\n\r\n`;
    const tail = '\r\n--x--';
    const bodyOf = (size: number): Buffer => {
      const body = Buffer.alloc(size);
      body.write(head);
      body.write(tail, size - tail.length);
      return body;
    };
    const url = client.url(`sendDocument?chat_id=${desk.id}`);
    const type = 'multipart/form-data; boundary=x';
    expect(await post(url, type, bodyOf(50_000_000))).toContain('200 {"ok":true');
    expect(desk.messages).toMatchObject([
      { document: { file_size: 50_000_000 - head.length - tail.length } },
    ]);
    expect(await post(url, type, bodyOf(50_000_001))).toBe(
      '413 {"ok":false,"error_code":413,"description":"Request Entity Too Large"}',
    );
    expect(desk.messages).toHaveLength(1);
  });

  describe('of a method that it does not know', () => {
    it('says so to the client and, in one line, to whoever writes the test', async () => {
      const response = await fetch(client.url('sendTelepathy'));
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({
        ok: false,
        error_code: 404,
        description: 'Not Found: method not found',
      });
      expect(lines).toEqual([
        'sendTelepathy was answered with 404: the emulator does not know this method',
      ]);
      expect(telegram.calls).toMatchObject([{ method: 'sendTelepathy', status: 404 }]);
    });

    it('says so too when the call names no method', async () => {
      await fetch(client.url(''));
      expect(lines).toEqual([
        'A call without a method was answered with 404: the emulator does not know this method',
      ]);
    });

    it('says nothing to whoever has no token', async () => {
      const response = await fetch(`${telegram.apiRoot}/bot1:a/sendTelepathy`);
      expect([response.status, lines]).toEqual([401, []]);
    });
  });

  it('survives clients that go away in the middle of their call', async () => {
    const request = requestHttp(client.url('sendMessage'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Content-Length': 100 },
    });
    const gone = new Promise((resolve) => {
      request.on('error', resolve);
    });
    request.write('{"text":', () => request.destroy());
    await gone;
    expect(await client.call('getMe')).toMatchObject({ ok: true });
    expect(telegram.calls).toMatchObject([{ method: 'getMe' }]);
  });
});

/** Sends a body whatever the server says meanwhile; resolves with status and body of the answer. */
function post(url: string, type: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = requestHttp(url, { method: 'POST', headers: { 'Content-Type': type } });
    request.on('error', reject);
    request.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => resolve(`${response.statusCode} ${text}`));
    });
    request.end(body);
  });
}
