import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { markOf } from '../support/marks.js';
import { MESSAGES, PHOTO_BYTES, THREADS, type PhotoMessage } from './media.task.js';

const COMMENT = 0xfe;
const START_OF_FRAME = 0xc0;
const START_OF_SCAN = 0xda;
const WIDTH = 1280;
const HEIGHT = 960;

/** The photos of customers, as files of this machine; each says in a comment whose it is. */
export class PhotoFiles {
  private constructor(
    readonly messages: readonly PhotoMessage[],
    private readonly folder: string,
  ) {}

  static async create(): Promise<PhotoFiles> {
    const folder = await mkdtemp(join(tmpdir(), 'media-bench-'));
    const messages = Array.from({ length: MESSAGES }, (_, i) => {
      const threadId = `t${i % THREADS}`;
      const mark = markOf(threadId, Math.floor(i / THREADS));
      return { threadId, mark, text: `${mark} See my parcel`, path: join(folder, `${i}.jpg`) };
    });
    for (const { mark, path } of messages) await writeFile(path, jpegOf(mark));
    return new PhotoFiles(messages, folder);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}

/** All that anybody reads of it is its beginning. */
function jpegOf(comment: string): Buffer {
  const size = [HEIGHT >> 8, HEIGHT & 0xff, WIDTH >> 8, WIDTH & 0xff];
  const head = Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(COMMENT, [...Buffer.from(comment)]),
    segment(START_OF_FRAME, [8, ...size, 1, 1, 0x11, 0]),
    segment(START_OF_SCAN, [1, 1, 0, 0, 63, 0]),
  ]);
  const end = Buffer.from([0xff, 0xd9]);
  return Buffer.concat([head, Buffer.alloc(PHOTO_BYTES - head.length - end.length, 0x5a), end]);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...content]);
}
