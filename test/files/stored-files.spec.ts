import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { TestDesk } from '../support/test-desk.js';
import { ownBot } from '../support/own-bot.js';

const bytes = Buffer.concat([Buffer.from('%PDF-1.7 of-a-customer '), Buffer.alloc(50_000, 7)]);

const REFUSED = {
  kind: 'error',
  errorCode: 400,
  description: 'Bad Request: BUTTON_DATA_INVALID',
} as const;

describe('The bytes of an attachment in Redis', () => {
  let redis: Redis;
  let desk: TestDesk;

  beforeEach(async () => {
    redis = new Redis(inject('redisUrl'));
    desk = await TestDesk.start({
      webhook: false,
      emulator: { bots: [ownBot()] },
      options: { redis: inject('redisUrl') },
    });
  });
  afterEach(async () => {
    await desk.stop();
    redis.disconnect();
  });

  /** What is accepted waits for a minute. */
  function holdNotices(): void {
    desk.emulator.failNext('sendDocument', { kind: 'flood', retryAfterSeconds: 60 });
  }

  const keysOf = (pattern: string) => redis.keys(`tg:{${desk.emulator.bot.id}${pattern}`);
  const storedFiles = () => keysOf('}:file:*');

  async function storedJobs(): Promise<string> {
    const keys = await keysOf(':*}:outbox:jobs:*');
    return (await Promise.all(keys.map((key) => redis.lrange(key, 0, -1)))).flat().join('\n');
  }

  const send = (data: Buffer, messageId = 'm1') =>
    desk.telegram.notifyUserMessage({
      threadId: 't1',
      messageId,
      text: 'Here it is',
      attachments: [{ data, name: 'a.pdf' }],
    });

  it('stand beside the job, whatever the app does with its buffer and its array meanwhile', async () => {
    holdNotices();
    const data = Buffer.from(bytes);
    const attachments = [{ data, name: 'a.pdf' }];
    const accepted = desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Hi', attachments });
    data.fill(0);
    attachments.push({ data, name: 'b.pdf' });
    await accepted;
    const keys = await storedFiles();
    expect(keys).toHaveLength(1);
    expect((await redis.getBuffer(keys[0] ?? ''))?.equals(bytes)).toBe(true);
    expect(await redis.pttl(keys[0] ?? '')).toBeGreaterThan(30 * 86_400_000);
    const jobs = await storedJobs();
    expect(jobs).toContain('"kind":"stored"');
    expect(jobs).not.toContain('of-a-customer');
    expect(jobs.length).toBeLessThan(1_500);
  });

  it('are kept once when a message is accepted twice', async () => {
    holdNotices();
    await send(bytes);
    const [first] = await storedFiles();
    expect(await send(bytes)).toMatchObject({ accepted: true });
    expect(await storedFiles()).toEqual([first]);
  });

  it('are freed when the message is posted', async () => {
    await send(bytes);
    const posted = await desk.chat.waitForMessage(({ document }) => document !== undefined);
    expect(posted.document?.file_name).toBe('a.pdf');
    expect(posted.document?.file_size).toBe(bytes.length);
    await vi.waitFor(async () => expect(await storedFiles()).toEqual([]), { timeout: 20_000 });
  });

  it('are kept with a dead letter until it is discarded', async () => {
    // Without the file, which Telegram does not take, the text is posted alone.
    desk.emulator.failNext('sendDocument', REFUSED);
    desk.emulator.failNext('sendMessage', REFUSED);
    await send(bytes);
    const { deadLetters } = desk.telegram;
    await vi.waitFor(async () => expect(await deadLetters.count()).toBe(1), { timeout: 20_000 });
    expect(await storedFiles()).toHaveLength(1);
    const [letter] = await deadLetters.list();
    expect(await deadLetters.discard(letter?.id ?? '')).toBe(true);
    expect(await storedFiles()).toEqual([]);
    expect(await deadLetters.discard(letter?.id ?? '')).toBe(false);
  });

  it('do not have later calls for their thread overtake, though nobody has awaited theirs', async () => {
    const { telegram } = desk;
    const large = Buffer.concat([bytes, Buffer.alloc(5_000_000, 1)]);
    const accepted = await Promise.all([
      telegram.notifyNewThread({ threadId: 't1', text: 'one' }),
      telegram.notifyUserMessage({ threadId: 't1', text: 'two', attachments: [{ data: large }] }),
      telegram.notifyUserMessage({ threadId: 't1', text: 'three' }),
      telegram.notifyUserMessage({ threadId: 't1', text: 'four', attachments: [{ data: bytes }] }),
      telegram.updateThread({ threadId: 't1', subject: 'Order 7' }),
      telegram.notifyUserMessage({ threadId: 't1', text: 'five' }),
    ]);
    expect(accepted.map((result) => result.accepted)).not.toContain(false);
    const shown = () =>
      desk.chat.messages
        .map(({ text, caption }) => text ?? caption ?? '')
        .join('\n')
        .match(/\b(?:one|two|three|four|five)\b/g);
    await expect.poll(shown, { timeout: 20_000 }).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('are kept when the process ends', async () => {
    holdNotices();
    await send(bytes);
    const [key = ''] = await storedFiles();
    await desk.app.close();
    expect((await redis.getBuffer(key))?.equals(bytes)).toBe(true);
  });
});
