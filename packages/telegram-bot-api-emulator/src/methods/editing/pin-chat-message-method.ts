import type { FloodGate } from '../../floods/flood-gate.js';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { MessageLocator } from '../../sending/message-locator.js';
import { senderOf } from '../../sending/message-poster.js';
import { checkPinRights } from '../../sending/pin-rights.js';
import { isServiceMessage } from '../../world/bot-visibility.js';
import type { PinnedMessages } from '../../world/pinned-messages.js';

/** Pins a message, which adds a service message. */
export class PinChatMessageMethod implements BotApiMethod {
  readonly name = 'pinChatMessage';
  readonly #messages: MessageLocator;
  readonly #pins: PinnedMessages;
  readonly #floods: FloodGate;

  constructor(messages: MessageLocator, pins: PinnedMessages, floods: FloodGate) {
    this.#messages = messages;
    this.#pins = pins;
    this.#floods = floods;
  }

  call(call: MethodCall): BotApiSuccess {
    const { room, message } = this.#messages.find(call, 'write', 'message to pin');
    checkPinRights(call.bot, room);
    if (isServiceMessage(message)) {
      throw BotApiError.of(400, "a service message can't be pinned");
    }
    const isPinned = room.pinned.includes(message.message_id);
    if (!isPinned) this.#floods.spend(call.bot, room, { kind: 'send', count: 1 });
    this.#pins.pin(room, senderOf(call.bot, room), message);
    return { result: true };
  }
}
