import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createBlankJpeg } from '../../packages/telegram-bot-api-emulator/src/files/blank-image.js';
import { SeededRandom } from '../../packages/telegram-bot-api-emulator/src/common/seeded-random.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import { readNotice } from './notice.block.js';
import { repeatsIn } from './thread.order.js';

const SEED = 11;
const KILLS = 4;
const THREADS = Array.from({ length: 20 }, (_, i) => `t${String(i).padStart(2, '0')}`);
const PHOTOS_OF_THREAD = 10;
const TOTAL = THREADS.length * PHOTOS_OF_THREAD;

/** Each message is two posts: a photo with the text as its caption, and a document without one. */
const NAMES = ['photo.jpg', 'scan.pdf'];

it('loses no photo, and repeats what was in flight alone, when processes are killed amid files', async ({
  annotate,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'media-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const attachments = NAMES.map((name) => ({ path: join(folder, name), name }));
  await writeFile(join(folder, 'photo.jpg'), createBlankJpeg(640, 480));
  await writeFile(
    join(folder, 'scan.pdf'),
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(50_000, 'x')]),
  );
  const desk = await DrillDesk.start();
  const { fleet, emulator, chat } = desk;
  const customers = new Customers(desk.balancer.url, { attachments });
  const random = new SeededRandom(SEED);

  const own = () => chat.messages.filter(({ from }) => from?.id === emulator.bot.id);
  const photos = () =>
    own().flatMap(({ photo, caption }) => (photo ? [readNotice(caption ?? '')] : []));
  const documents = () => own().filter(({ document }) => document !== undefined);

  const writing = Promise.all(
    THREADS.map((threadId) => customers.write(threadId, PHOTOS_OF_THREAD)),
  );
  const restarts: Array<Promise<void>> = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const isTime = () => {
      expect(documents().length).toBeGreaterThanOrEqual((kill * TOTAL) / (KILLS + 2));
      expect(fleet.serving.length).toBeGreaterThanOrEqual(2);
    };
    await vi.waitFor(isTime, { timeout: 60_000, interval: 5 });
    const place = fleet.serving[random.between(0, fleet.serving.length - 1)] ?? 'A';
    await fleet.kill(place);
    restarts.push(fleet.start(place));
  }
  await writing;
  await Promise.all(restarts);
  const isAllPosted = async () => {
    const shown = photos().flatMap(({ threadId, numbers }) => `${threadId} ${numbers.join()}`);
    expect(new Set(shown).size).toBe(TOTAL);
    const accompanied = documents().flatMap(({ reply_to_message: replied }) =>
      replied?.photo ? [readNotice(replied.caption ?? '')] : [],
    );
    const stands = accompanied.map(({ threadId, numbers }) => `${threadId} ${numbers.join()}`);
    expect(new Set(stands).size).toBe(TOTAL);
    expect(await desk.keys('outbox:jobs')).toEqual([]);
  };
  await vi.waitFor(isAllPosted, { timeout: 60_000, interval: 100 });

  const repeated = THREADS.flatMap((threadId) =>
    repeatsIn(
      photos().filter((photo) => photo.threadId === threadId),
      PHOTOS_OF_THREAD,
    ),
  );
  const marked = documents().filter(({ caption }) => caption?.includes('(sent again'));
  await annotate(
    `${KILLS} kills: of ${TOTAL} photos and ${TOTAL} documents, ${repeated.length} photos came again, and ${documents().length - TOTAL} documents, of which ${marked.length} have a mark`,
  );
  expect(fleet.killed).toHaveLength(KILLS);
  expect(repeated.filter(({ again }) => !again.isMarked)).toEqual([]);
  // Each process sends one message at a time.
  expect(repeated.length + documents().length - TOTAL).toBeLessThanOrEqual(KILLS);
  expect(documents().length - TOTAL).toBeLessThanOrEqual(marked.length);
  expect(emulator.calls.filter(({ status }) => status === 429)).toEqual([]);
}, 180_000);
