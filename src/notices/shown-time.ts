import { html, type Html } from './html.js';

/** Times of Telegram are signed numbers of 32 bits. */
const LAST_TIME = 2 ** 31 - 1;

/** As each reader has set dates and times; apps that do not know that show the words. */
export function localTime(time: Date): Html | string {
  return formatted(time, 'dt');
}

/** How long ago it was, or how long it takes, which goes on by itself; apps that do not know that show the words. */
export function timeFromNow(time: Date): Html | string {
  return formatted(time, 'r');
}

export function utcTime(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function formatted(time: Date, format: 'dt' | 'r'): Html | string {
  const seconds = Math.floor(time.getTime() / 1000);
  const words = utcTime(time);
  const isKnown = seconds > 0 && seconds <= LAST_TIME;
  return isKnown ? html`<tg-time unix="${seconds}" format="${format}">${words}</tg-time>` : words;
}
