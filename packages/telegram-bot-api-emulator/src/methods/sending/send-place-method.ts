import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { BotApiParameters } from '../../parameters/bot-api-parameters.js';
import { MESSAGE_KINDS } from '../../sending/message-kinds.js';
import type { EphemeralPoster } from '../../sending/ephemeral-poster.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** `sendLocation` and `sendVenue`. */
export class SendPlaceMethod implements BotApiMethod {
  readonly name: 'sendLocation' | 'sendVenue';
  readonly #poster: EphemeralPoster;

  constructor(name: SendPlaceMethod['name'], poster: EphemeralPoster) {
    this.name = name;
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const { parameters } = call;
    const location = {
      latitude: readCoordinate(parameters, 'latitude', 90),
      longitude: readCoordinate(parameters, 'longitude', 180),
    };
    if (this.name === 'sendLocation') {
      const content = { location };
      const finish = () => ({ content, formatted: NO_TEXT });
      return { result: this.#poster.post(call, { kind: MESSAGE_KINDS.location, finish }) };
    }
    const venue = {
      location,
      title: parameters.text('title'),
      address: parameters.text('address'),
    };
    const content = { venue, location };
    const finish = () => {
      if (venue.title === '') throw BotApiError.of(400, 'venue title must be non-empty');
      if (venue.address === '') throw BotApiError.of(400, 'venue address must be non-empty');
      return { content, formatted: NO_TEXT };
    };
    return { result: this.#poster.post(call, { kind: MESSAGE_KINDS.venue, finish }) };
  }
}

function readCoordinate(parameters: BotApiParameters, name: string, limit: number): number {
  const text = parameters.text(name).trim();
  const value = Number(text);
  if (text === '') throw BotApiError.of(400, `${name} is empty`);
  if (!Number.isFinite(value) || Math.abs(value) > limit) {
    throw BotApiError.of(400, 'wrong latitude or longitude specified');
  }
  return value;
}
