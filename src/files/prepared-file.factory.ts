import type { ReadFile } from './attachment-reader.js';
import { chooseKind } from './choose-kind.js';
import { cleanFileName, defaultFileName } from './file-name.js';
import { imageSizeOf } from './image-size.js';
import { mediaTypeOf } from './media-type.js';
import type { PreparedFile } from './prepared-attachment.interface.js';
import type { StoredAttachment } from './stored-attachment.interface.js';

const UNKNOWN_TYPE = 'application/octet-stream';

/** Says what a file is by its bytes, and how it is sent. */
export function preparedFileOf(
  attachment: StoredAttachment,
  { size, head, open }: ReadFile,
): PreparedFile {
  const found = mediaTypeOf(head);
  const given = withoutParameters(attachment.contentType);
  const image = imageSizeOf(head, found?.type);
  const { as } = attachment;
  const kind = chooseKind({ type: found?.type, contentType: given, size, image, as });
  const contentType = withoutParameters(found?.type) ?? given ?? UNKNOWN_TYPE;
  const name = givenName(attachment) || defaultFileName(kind, found?.extension, contentType);
  return { kind, name, contentType, size, ...(kind === 'photo' && image), open };
}

/** The clean name of a file that need not have been read; empty when nothing is known. */
export function givenName({ name, source }: StoredAttachment): string {
  const own = cleanFileName(name ?? '');
  if (own !== '') return own;
  if (source.kind === 'path') return cleanFileName(source.path);
  return source.kind === 'url' ? cleanFileName(nameInUrl(source.url)) : '';
}

function nameInUrl(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function withoutParameters(type: string | undefined): string | undefined {
  return type?.split(';')[0]?.trim().toLowerCase();
}
