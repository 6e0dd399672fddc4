import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { EphemeralLocator } from '../../sending/ephemeral-locator.js';

/** Deletes an ephemeral message, whose id is free then. */
export class DeleteEphemeralMessageMethod implements BotApiMethod {
  readonly name = 'deleteEphemeralMessage';
  readonly #messages: EphemeralLocator;

  constructor(messages: EphemeralLocator) {
    this.#messages = messages;
  }

  call(call: MethodCall): BotApiSuccess {
    const { room, message } = this.#messages.findOwn(call);
    room.ephemeral.delete(message.ephemeral_message_id ?? 0);
    return { result: true };
  }
}
