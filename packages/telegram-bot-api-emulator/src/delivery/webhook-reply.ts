import { gunzipSync, inflateSync } from 'node:zlib';

/** What a webhook answered to an update: maybe a method for Telegram to perform. */
export interface WebhookReply {
  readonly contentType: string;
  readonly body: Buffer;
}

/** Unpacks an answer; what cannot be unpacked is no reply. */
export function unpackReply(
  headers: { readonly 'content-type'?: string; readonly 'content-encoding'?: string },
  packed: Buffer,
): WebhookReply | undefined {
  if (packed.length === 0) return undefined;
  try {
    const body = unpack(headers['content-encoding'] ?? '', packed);
    return { contentType: headers['content-type'] ?? '', body };
  } catch {
    // Telegram is as silent about a broken answer as about a method that failed.
    return undefined;
  }
}

function unpack(encoding: string, packed: Buffer): Buffer {
  if (encoding === 'gzip') return gunzipSync(packed);
  if (encoding === 'deflate') return inflateSync(packed);
  return packed;
}
