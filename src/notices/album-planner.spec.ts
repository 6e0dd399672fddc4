import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { AttachmentKind } from '../files/attachment-kind.js';
import type { PreparedAttachment } from '../files/prepared-attachment.interface.js';
import { NO_FILES_SENT, type FileProgress } from '../outbound/file-progress.interface.js';
import { AlbumPlanner } from './album-planner.js';

const MISSING: PreparedAttachment = { kind: 'missing', name: 'x', reason: 'gone' };

function fileOf(kind: AttachmentKind, size = 1_000): PreparedAttachment {
  return { kind, name: 'file', contentType: 'a/b', size, open: () => Readable.from([]) };
}

function filesOf(...kinds: AttachmentKind[]): PreparedAttachment[] {
  return kinds.map((kind) => fileOf(kind));
}

function repeat(kind: AttachmentKind, count: number): AttachmentKind[] {
  return Array.from({ length: count }, () => kind);
}

/** The places of the files of each message, from the first to the last. */
function planOf(
  attachments: readonly PreparedAttachment[],
  progress: Partial<FileProgress> = {},
  root?: string,
): number[][] {
  const planner = new AlbumPlanner(new TelegramSettings({ files: { root } }));
  const plan: number[][] = [];
  for (let sentFiles = progress.sentFiles ?? 0; ;) {
    const album = planner.next(attachments, { ...NO_FILES_SENT, ...progress, sentFiles });
    if (album.length === 0) return plan;
    plan.push(album.map(({ place }) => place));
    sentFiles = (album.at(-1)?.place ?? 0) + 1;
  }
}

describe('AlbumPlanner', () => {
  it.each<[string, PreparedAttachment[], number[][]]>([
    ['one file', filesOf('photo'), [[0]]],
    ['photos and videos as one album', filesOf('photo', 'video', 'photo'), [[0, 1, 2]]],
    ['documents as an album', filesOf('document', 'document'), [[0, 1]]],
    ['audio files as an album', filesOf('audio', 'audio'), [[0, 1]]],
    ['each voice alone', filesOf('voice', 'voice'), [[0], [1]]],
    [
      'kinds that share no album apart, in their order',
      filesOf('photo', 'document', 'document', 'photo', 'audio'),
      [[0], [1, 2], [3], [4]],
    ],
    ['ten as one album', filesOf(...repeat('photo', 10)), [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]],
    ['missing files not at all', [fileOf('photo'), MISSING, fileOf('photo')], [[0, 2]]],
    ['nothing when all are missing', [MISSING, MISSING], []],
    [
      'what is too much for one request apart',
      [fileOf('video', 30e6), fileOf('video', 15e6), fileOf('video', 10e6)],
      [[0, 1], [2]],
    ],
  ])('sends %s', (_name, attachments, plan) => {
    expect(planOf(attachments)).toEqual(plan);
  });

  it('sends 25 files as albums of ten, ten and five', () => {
    const plan = planOf(filesOf(...repeat('document', 25)));
    expect(plan.map(({ length }) => length)).toEqual([10, 10, 5]);
    expect(plan.flat()).toEqual(Array.from({ length: 25 }, (_, place) => place));
  });

  it('goes on behind what is sent, and without what is told', () => {
    const attachments = filesOf(...repeat('photo', 5));
    expect(planOf(attachments, { sentFiles: 2, toldFiles: [3] })).toEqual([[2, 4]]);
  });

  it('sends each alone where Telegram has refused an album', () => {
    expect(planOf(filesOf('photo', 'photo'), { sendApart: true })).toEqual([[0], [1]]);
  });

  it('puts more into one request to a local Bot API server', () => {
    const videos = [fileOf('video', 900e6), fileOf('video', 900e6), fileOf('video', 900e6)];
    expect(planOf(videos, {}, '/var/lib/telegram-bot-api')).toEqual([[0, 1], [2]]);
  });
});
