import type { DateTimeFormat } from './formatted-text.interface.js';

/**
 * The canonical spelling of a format of HTML or MarkdownV2; undefined when it is none. Of a time
 * that is asked for short and long, and of such a date, the short one holds
 * (td: FormattedDate.cpp, `get_date_flags`).
 */
export function readDateTimeFormat(format: string): DateTimeFormat | undefined {
  if (format === 'r' || format === 'R') return 'r';
  if (!/^[tTdDwW]*$/.test(format)) return undefined;
  const weekday = /w/i.test(format) ? 'w' : '';
  const date = format.includes('d') ? 'd' : format.includes('D') ? 'D' : '';
  const time = format.includes('t') ? 't' : format.includes('T') ? 'T' : '';
  return `${weekday}${date}${time}`;
}
