import { lowerAscii } from './lower-ascii.js';
import { readDateTimeFormat } from './format-date-time.js';
import type { TextEntity } from './formatted-text.interface.js';
import { checkLink, linkedUserId } from './telegram-link.js';

/** An entity that has no place in the text yet. */
export type EntityContent = Omit<TextEntity, 'offset' | 'length'>;

const MARKED_LINK = /^tg:(?:\/\/)?(emoji|time)\/?\?([^#]*)/i;

/** What a link behind a text makes of it; undefined when the text stays without a link. */
export function readTextLink(link: string): EntityContent | undefined {
  const userId = linkedUserId(link);
  if (userId !== undefined) return { type: 'text_mention', userId };
  const url = checkLink(link);
  return url === undefined ? undefined : { type: 'text_link', url };
}

/**
 * What a link behind a text that is marked with `!` makes of it: `tg://emoji?id=N` a custom emoji,
 * `tg://time?unix=N&format=F` a time; undefined when the link is neither (td: LinkManager.cpp,
 * `get_link_custom_emoji_id` and `get_link_formatted_date`).
 */
export function readMarkedLink(link: string): EntityContent | undefined {
  const [, host = '', query = ''] = MARKED_LINK.exec(link) ?? [];
  const parameters = query.split('&').map((parameter): [string, string] => {
    const [name = ''] = parameter.split('=', 1);
    return [name, parameter.slice(name.length + 1)];
  });
  return lowerAscii(host) === 'emoji' ? readEmoji(parameters) : readTime(parameters);
}

/** The first identifier holds. */
function readEmoji(parameters: readonly [string, string][]): EntityContent | undefined {
  const [, id = ''] = parameters.find(([name]) => name === 'id') ?? [];
  const isIdentifier = isInteger(id, 64) && id !== '0';
  return isIdentifier ? { type: 'custom_emoji', customEmojiId: id } : undefined;
}

/** Every time has to be valid; the last time and the last format hold. */
function readTime(parameters: readonly [string, string][]): EntityContent | undefined {
  const times = parameters.filter(([name]) => name === 'unix').map(([, value]) => value);
  const unixTime = Number(times.at(-1));
  const [, format = ''] = parameters.findLast(([name]) => name === 'format') ?? [];
  const dateTimeFormat = readDateTimeFormat(format);
  const areTimes = times.length > 0 && times.every((time) => isInteger(time, 32) && +time > 0);
  return areTimes && dateTimeFormat !== undefined
    ? { type: 'date_time', unixTime, dateTimeFormat }
    : undefined;
}

/** Whether `text` is a signed integer of so many bits in its own spelling, without leading zeros. */
function isInteger(text: string, bits: number): boolean {
  if (!/^-?\d{1,19}$/.test(text)) return false;
  const value = BigInt(text);
  return String(value) === text && BigInt.asIntN(bits, value) === value;
}
