import { PageError } from './page.error.js';
import type { PageUploadedFile } from './upload-shelf.js';

/** Which messages are asked for. */
export interface HistoryQuery {
  /** The key of the chat. */
  readonly chat: string;
  readonly before: number;
  readonly topicId: number | undefined;
}

const MAX_FILE_NAME_LENGTH = 255;
const MAX_TYPE_LENGTH = 100;

/** @throws {@link PageError} */
export function readHistoryQuery(query: URLSearchParams): HistoryQuery {
  const topic = query.get('topic');
  return {
    chat: query.get('chat') ?? '',
    before: readId('before', query.get('before')),
    topicId: topic === null ? undefined : readId('topic', topic),
  };
}

/** @throws {@link PageError} */
export function readUploadQuery(query: URLSearchParams): Omit<PageUploadedFile, 'bytes'> {
  const type = (query.get('type') ?? '').replace(/\s*;.*$/s, '').toLowerCase();
  if (
    type !== '' &&
    !(type.length <= MAX_TYPE_LENGTH && /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type))
  ) {
    throw new PageError(400, 'type must be a media type such as image/png');
  }
  return { fileName: cleanFileName(query.get('name') ?? ''), mimeType: type };
}

/** The last part of a path, without what no name has. */
function cleanFileName(name: string): string {
  const last = name.toWellFormed().replace(/^.*[\\/]/s, '');
  // oxlint-disable-next-line no-control-regex
  return Array.from(last.replaceAll(/[\u0000-\u001F\u007F]/g, ''))
    .slice(0, MAX_FILE_NAME_LENGTH)
    .join('');
}

function readId(name: string, text: string | null): number {
  if (text === null || !/^\d{1,15}$/.test(text)) {
    throw new PageError(400, `${name} must be a whole number`);
  }
  return Number(text);
}
