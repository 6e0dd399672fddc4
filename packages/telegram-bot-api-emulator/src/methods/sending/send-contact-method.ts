import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { MESSAGE_KINDS } from '../../sending/message-kinds.js';
import type { EphemeralPoster } from '../../sending/ephemeral-poster.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** Sends the name and the number of somebody. */
export class SendContactMethod implements BotApiMethod {
  readonly name = 'sendContact';
  readonly #poster: EphemeralPoster;

  constructor(poster: EphemeralPoster) {
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const { parameters } = call;
    const phone = parameters.text('phone_number');
    const firstName = parameters.text('first_name');
    const lastName = parameters.text('last_name');
    if (phone === '') throw BotApiError.of(400, 'phone number must be non-empty');
    if (firstName === '') throw BotApiError.of(400, 'first name must be non-empty');
    const contact = {
      phone_number: phone,
      first_name: firstName,
      ...(lastName !== '' && { last_name: lastName }),
    };
    const finish = () => ({ content: { contact }, formatted: NO_TEXT });
    return { result: this.#poster.post(call, { kind: MESSAGE_KINDS.contact, finish }) };
  }
}
