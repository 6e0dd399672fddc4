import type { FileRange } from '../files/file-range.interface.js';

const RANGE = /^bytes=(\d*)-(\d*)$/;

/**
 * What a `Range` header asks for; null when it is to be ignored, as one with several ranges is, and `unsatisfiable`
 * when the file has no such bytes.
 */
export function byteRangeOf(
  header: string | undefined,
  size: number,
): FileRange | 'unsatisfiable' | null {
  const [, first = '', last = ''] = RANGE.exec(header?.replaceAll(/\s/g, '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return start <= end ? { start, end } : 'unsatisfiable';
}
