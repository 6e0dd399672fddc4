import { BotApiError } from '../common/bot-api.error.js';
import type { BotApiParameters } from './bot-api-parameters.js';
import { readDateTimeFormat } from '../text/format-date-time.js';
import type { DateTimeFormat, TextEntity } from '../text/formatted-text.interface.js';
import {
  isJsonObject,
  type JsonObject,
  optionalString,
  requiredInteger,
  requiredString,
} from './json-fields.js';
import { checkLink, linkedUserId } from '../text/telegram-link.js';
import { TextError } from '../text/text.error.js';

const PLAIN_TYPES = new Map<string, TextEntity['type']>(
  (
    [
      'bold',
      'italic',
      'underline',
      'strikethrough',
      'spoiler',
      'blockquote',
      'expandable_blockquote',
      'code',
    ] as const
  ).map((type) => [type, type]),
);

/**
 * Reads the entities of a call, which are in the parameter `name`. What is no JSON array, and kinds that Telegram finds by itself,
 * are ignored.
 *
 * @throws {@link BotApiError} When an entity lacks what its kind needs.
 */
export function readEntities(parameters: BotApiParameters, name: string): TextEntity[] {
  let entities: unknown;
  try {
    entities = parameters.json(name);
  } catch {
    return [];
  }
  if (!Array.isArray(entities)) return [];
  try {
    return entities.flatMap((entity: unknown) => readEntity(entity) ?? []);
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `Can't parse MessageEntity: ${error.message}`);
  }
}

function readEntity(entity: unknown): TextEntity | undefined {
  if (!isJsonObject(entity)) throw new TextError('expected an Object');
  const range = {
    offset: requiredInteger(entity, 'offset'),
    length: requiredInteger(entity, 'length'),
  };
  const name = requiredString(entity, 'type');
  const type = PLAIN_TYPES.get(name);
  return type ? { type, ...range } : readSpecial(name, entity, range);
}

function readSpecial(
  name: string,
  entity: JsonObject,
  range: { offset: number; length: number },
): TextEntity | undefined {
  switch (name) {
    case 'pre': {
      const language = optionalString(entity, 'language');
      return { type: name, ...range, ...(language !== '' && { language }) };
    }
    case 'text_link': {
      const link = requiredString(entity, 'url');
      const userId = linkedUserId(link);
      const url = checkLink(link);
      if (userId !== undefined) return { type: 'text_mention', ...range, userId };
      return url === undefined ? undefined : { type: name, ...range, url };
    }
    case 'text_mention': {
      const user = entity['user'];
      if (!isJsonObject(user)) throw new TextError('Can\'t find field "user"');
      return { type: name, ...range, userId: requiredInteger(user, 'id') };
    }
    case 'custom_emoji':
      return { type: name, ...range, customEmojiId: requiredString(entity, 'custom_emoji_id') };
    case 'date_time':
      return {
        type: name,
        ...range,
        unixTime: requiredInteger(entity, 'unix_time'),
        dateTimeFormat: readFormat(optionalString(entity, 'date_time_format')),
      };
    default:
      return undefined;
  }
}

/** Unlike in HTML, of a time or a date that is asked for short and long the last one holds (telegram-bot-api, Client.cpp:11240-11281). */
function readFormat(format: string): DateTimeFormat {
  const times = format.replaceAll(/[^tT]/g, '').slice(-1);
  const dates = format.replaceAll(/[^dD]/g, '').slice(-1);
  const isRelative = /^r$/i.test(format);
  const weekday = /w/i.test(format) ? 'w' : '';
  const read = isRelative ? 'r' : readDateTimeFormat(`${weekday}${dates}${times}`);
  if (read === undefined || (!isRelative && /[^tTdDwW]/.test(format))) {
    throw new TextError('Invalid date-time format specified');
  }
  return read;
}
