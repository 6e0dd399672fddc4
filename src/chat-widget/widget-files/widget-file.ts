import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A file of the widget as it is sent, with and without compression. */
export class WidgetFile {
  readonly gzipped: Buffer;
  /** Sixteen hexadecimal digits that change with the content. */
  readonly hash: string;
  /** The name under which it never changes. */
  readonly fileName: string;
  /** For the attribute `integrity` of a script. */
  readonly integrity: string;

  constructor(
    readonly content: Buffer,
    readonly contentType: string,
    extension: 'js' | 'json',
  ) {
    this.gzipped = gzipSync(content, { level: 9 });
    this.hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
    this.fileName = `widget.${this.hash}.${extension}`;
    this.integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  }
}
