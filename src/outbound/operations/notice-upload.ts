import type { Upload } from '../../bot/upload.interface.js';
import type { NoticeFile } from '../../notices/notice.interface.js';

/** What the fields of files begin with; their places follow. */
const FIELD = 'file';

/** A file of a notice as a call brings it. */
export function uploadOf({ place, file }: NoticeFile): Upload {
  const { name, contentType, size } = file;
  return { field: FIELD + place, name, contentType, size, open: () => file.open() };
}

/** How the parameters of a call name a file. */
export function nameOfUpload({ field }: Upload): string {
  return `attach://${field}`;
}

/** The place of the file of a field, among the files of its job. */
export function placeOfField(field: string): number {
  return Number(field.slice(FIELD.length));
}
