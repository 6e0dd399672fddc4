import { expect, it, vi } from 'vitest';
import type { AlbumFile, Message, WebhookDelivery } from '../../src/testing/index.js';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';
import type { ReportedReply } from './reply.reports.js';

const THREADS = ['t00', 't01', 't02', 't03', 't04', 't05'];

/** How long a state may take, with a takeover of 15 s. */
const SLOW = { timeout: 40_000, interval: 20 };

/** How many files the album of a thread has in a round: from 2 to 10. */
function sizeOf(round: number, thread: number): number {
  return 2 + ((5 * round + 3 * thread) % 9);
}

it('brings every file of every album in order when processes are killed that put them together and handle them', async ({
  annotate,
}) => {
  const desk = await DrillDesk.create();
  const { fleet, emulator, reports, chat } = desk;
  await Promise.all([fleet.start('A'), fleet.start('B')]);
  const customers = new Customers(desk.balancer.url);
  await Promise.all(THREADS.map((threadId) => customers.write(threadId, 1)));
  const notices = await Promise.all(
    THREADS.map((threadId) =>
      chat.waitForMessage(({ text }) => text?.includes(`\n${threadId} m`) === true, SLOW.timeout),
    ),
  );

  /** In each thread an album, whose files come between those of the others, and a text behind it. */
  const send = (round: number): void => {
    for (const [thread, notice] of notices.entries()) sendAlbum(round, thread, notice);
    for (const notice of notices) chat.agent('Ada').reply(notice, `text ${round}`);
  };
  const sendAlbum = (round: number, thread: number, replyTo: Message): void => {
    const files = Array.from({ length: sizeOf(round, thread) }, (): AlbumFile => ({}));
    chat.agent(`Agent ${thread}`).sendAlbum(files, { caption: `album ${round}`, replyTo });
  };
  const areHandled = (round: number) =>
    vi.waitFor(() => {
      const done = reports.replies.filter(({ text }) => text === `text ${round}`);
      expect(new Set(done.map(({ threadId }) => threadId)).size).toBe(THREADS.length);
    }, SLOW);

  // While the files come, and albums wait for more of them.
  const before = emulator.deliveries.length;
  send(0);
  await vi.waitFor(() => expect(emulator.deliveries.length).toBeGreaterThan(before + 20), SLOW);
  await fleet.kill('A');
  await Promise.all([fleet.start('A'), areHandled(0)]);

  // While handlers have them. No update waits for that.
  reports.hold();
  send(1);
  await emulator.idle(40_000);
  expect(emulator.deliveries.at(-1)?.status).toBe(200);
  const isHeld = ({ text }: ReportedReply): boolean => text === 'album 1';
  await vi.waitFor(() => expect(reports.replies.filter(isHeld)).toHaveLength(6), SLOW);
  await fleet.kill('B');
  reports.release();
  await areHandled(1);

  const shown = THREADS.map((threadId) =>
    shownIn(reports.replies.filter((reply) => reply.threadId === threadId)),
  );
  expect(shown.map((replies) => replies.map(({ text, files }) => [text, files]))).toEqual(
    THREADS.map((_, thread) => [
      ['album 0', sizeOf(0, thread)],
      ['text 0', 0],
      ['album 1', sizeOf(1, thread)],
      ['text 1', 0],
    ]),
  );
  const parts = shown.flat().reduce((sum, { furtherParts }) => sum + furtherParts, 0);
  const repeats = reports.replies.length - shown.flat().length - parts;
  await annotate(
    `${2 * THREADS.length} albums, 2 kills: ${parts} files came as a second part of their album, ${repeats} replies were handled again`,
  );
  // Only of a file whose delivery was cut off by the kill: Telegram sends it again after the second that albums wait.
  const cut = emulator.deliveries.filter(({ status }) => status !== 200);
  expect(parts).toBeLessThanOrEqual(cut.length + lateFilesIn(emulator.deliveries));
}, 120_000);

/** How many files of an album may have been stored a second after the one before, because the machine was slow. */
function lateFilesIn(deliveries: readonly WebhookDelivery[]): number {
  const albums = deliveries.map(({ update }) => update?.message?.media_group_id);
  return deliveries.filter(({ at }, place) => {
    const isBefore = albums[place] !== undefined && albums[place] === albums[place + 1];
    return isBefore && (deliveries[place + 2]?.at ?? Infinity) - at >= 1_000;
  }).length;
}

interface ShownReply {
  readonly text: string;
  readonly files: number;
  /** Replies behind it with files of the same album, which came late. */
  readonly furtherParts: number;
}

/** What the app has got of a thread in the end: each album once, with all its files. */
function shownIn(reports: readonly ReportedReply[]): ShownReply[] {
  const shown = new Map<string, ShownReply>();
  const seen = new Set<number>();
  for (const { threadId, messageId, albumId = `message ${messageId}`, ...reply } of reports) {
    if (seen.has(messageId)) continue;
    seen.add(messageId);
    const { text, files } = reply;
    const first = shown.get(albumId) ?? { text, files: 0, furtherParts: -1 };
    // Of an album that is in two parts nothing else comes between them.
    if (shown.has(albumId) && [...shown.keys()].at(-1) !== albumId) {
      throw new Error(`${text} of ${threadId} came behind what was sent after its album`);
    }
    const furtherParts = first.furtherParts + 1;
    shown.set(albumId, { text: first.text, files: first.files + files, furtherParts });
  }
  return [...shown.values()];
}
