import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { FileKind } from '../../files/stored-file.js';
import { readInputFile } from '../../parameters/input-file-reader.js';
import { readCaption } from '../../parameters/input-text-reader.js';
import type { MediaComposer } from '../../sending/media-composer.js';
import type { EphemeralPoster } from '../../sending/ephemeral-poster.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** `sendPhoto`, `sendDocument` and all others that send one file. */
export class SendMediaMethod implements BotApiMethod {
  readonly name: string;
  readonly #kind: FileKind;
  readonly #media: MediaComposer;
  readonly #poster: EphemeralPoster;

  constructor(kind: FileKind, media: MediaComposer, poster: EphemeralPoster) {
    this.name = `send${kind.replaceAll(/(?:^|_)([a-z])/g, (_match, first: string) => first.toUpperCase())}`;
    this.#kind = kind;
    this.#media = media;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const { parameters } = call;
    const kind = this.#kind;
    const input = readInputFile(parameters, kind);
    if (!input) {
      throw BotApiError.of(400, `there is no ${kind.replace('_', ' ')} in the request`);
    }
    const still = kind === 'live_photo' ? readInputFile(parameters, 'photo') : undefined;
    if (kind === 'live_photo' && !still) {
      throw BotApiError.of(400, 'there is no photo in the request');
    }
    const hasCaption = kind !== 'sticker' && kind !== 'video_note';
    const caption = hasCaption ? readCaption(parameters) : NO_TEXT;
    const part = this.#media.prepare(call, { kind, input, still, caption, parameters });
    return { result: this.#poster.post(call, part) };
  }
}
