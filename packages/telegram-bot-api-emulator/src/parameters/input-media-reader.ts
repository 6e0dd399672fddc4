import type { FileKind } from '../files/stored-file.js';
import { BotApiError } from '../common/bot-api.error.js';
import { TextError } from '../text/text.error.js';
import { BotApiParameters } from './bot-api-parameters.js';
import { type InputFile, readInputMedia } from './input-file-reader.js';
import { isJsonObject, requiredString } from './json-fields.js';

/** An `InputMedia` of a call. */
export interface InputMediaItem {
  readonly kind: FileKind;
  readonly input: InputFile;
  /** Of a live photo the photo. */
  readonly still?: InputFile;
  /** Its fields, as if they were parameters of a call. */
  readonly parameters: BotApiParameters;
}

const KINDS = new Map<string, FileKind>(
  (['animation', 'audio', 'document', 'live_photo', 'photo', 'video'] as const).map((kind) => [
    kind,
    kind,
  ]),
);

/**
 * Reads the `media` of an album.
 *
 * @throws {@link BotApiError}
 */
export function readMediaGroup(parameters: BotApiParameters): InputMediaItem[] {
  const items = readJson(parameters);
  if (items === undefined) throw BotApiError.of(400, 'there are no messages to send');
  if (!Array.isArray(items)) throw BotApiError.of(400, 'expected an Array of InputMedia');
  return items.map((item: unknown) => readItem(parameters, item));
}

/**
 * Reads the one `media` of a call.
 *
 * @throws {@link BotApiError}
 */
export function readSingleMedia(parameters: BotApiParameters): InputMediaItem {
  return readItem(parameters, readJson(parameters));
}

function readJson(parameters: BotApiParameters): unknown {
  try {
    return parameters.json('media');
  } catch {
    throw BotApiError.of(400, "can't parse media JSON object");
  }
}

function readItem(call: BotApiParameters, item: unknown): InputMediaItem {
  try {
    if (!isJsonObject(item)) throw new TextError('expected an Object');
    const kind = KINDS.get(requiredString(item, 'type'));
    if (!kind) throw new TextError('invalid media type specified');
    const parameters = BotApiParameters.of(item, call.files);
    const input = readInputMedia(parameters, textOf(item, 'media'));
    if (!input) throw new TextError('media not found');
    if (kind !== 'live_photo') return { kind, input, parameters };
    const still = readInputMedia(parameters, textOf(item, 'photo'));
    if (!still) throw new TextError('photo not found');
    return { kind, input, still, parameters };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw BotApiError.of(400, `can't parse InputMedia: ${error.message}`);
  }
}

/** A text of an object; what is none counts as nothing. */
function textOf(item: Readonly<Record<string, unknown>>, name: string): string {
  const value = item[name];
  return typeof value === 'string' ? value : '';
}
