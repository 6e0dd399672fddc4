import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IncomingAttachment } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { adapterNames } from '../support/http-adapters.js';
import { TestDesk } from '../support/test-desk.js';

const JPEG = Buffer.concat([
  Buffer.from('ffd8ffe000104a46494600010100000100010000', 'hex'),
  Buffer.alloc(30_000, 7),
]);

describe.each(adapterNames)('A link to a file, on %s', (adapter) => {
  let desk: TestDesk;
  let ada: EmulatedAgent;
  let notice: Message;

  beforeEach(async () => {
    desk = await TestDesk.start({ adapter });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    notice = await desk.chat.waitForMessage(() => true);
    ada = desk.chat.agent('Ada');
  });
  afterEach(() => desk.stop());

  async function linkTo(kind: 'document' | 'video', file: object): Promise<string> {
    const count = desk.replies.replies.length;
    ada.sendFile(kind, { ...file, replyTo: notice });
    await expect.poll(() => desk.replies.replies.length, { timeout: 20_000 }).toBe(count + 1);
    const attachment: IncomingAttachment | undefined = desk.replies.replies.at(-1)?.attachments[0];
    return desk.origin + (attachment?.url ?? '');
  }

  it('sends the file', async () => {
    const url = await linkTo('document', { bytes: JPEG, fileName: 'a.jpg' });
    const r = await fetch(url);
    console.log(r.status, [...r.headers]);
    expect(Buffer.from(await r.arrayBuffer()).equals(JPEG)).toBe(true);
    const h = await fetch(url, { method: 'HEAD' });
    console.log(h.status, [...h.headers]);
    const p = await fetch(url, { headers: { Range: 'bytes=100-199' } });
    console.log(p.status, [...p.headers]);
    expect(Buffer.from(await p.arrayBuffer()).equals(JPEG.subarray(100, 200))).toBe(true);
    const f = await fetch(url + 'x');
    console.log(f.status, [...f.headers], await f.text());
    const u = await fetch(url, { headers: { Range: 'bytes=100000-' } });
    console.log(u.status, [...u.headers], await u.text());
    const n = await fetch(url, { headers: { 'If-None-Match': r.headers.get('etag') ?? '' } });
    console.log(n.status, [...n.headers], await n.text());
  });
});
