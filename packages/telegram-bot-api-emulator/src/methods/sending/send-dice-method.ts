import type { SeededRandom } from '../../common/seeded-random.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import { BotApiError } from '../../common/bot-api.error.js';
import { MESSAGE_KINDS } from '../../sending/message-kinds.js';
import type { MessagePoster } from '../../sending/message-poster.js';
import { NO_TEXT } from '../../sending/text-content.js';

/** The highest value of each. */
const HIGHEST = new Map([
  ['🎲', 6],
  ['🎯', 6],
  ['🎳', 6],
  ['🏀', 5],
  ['⚽', 5],
  ['🎰', 64],
]);

/** Throws dice, which are the same for the same seed. */
export class SendDiceMethod implements BotApiMethod {
  readonly name = 'sendDice';
  readonly #poster: MessagePoster;
  readonly #random: SeededRandom;

  constructor(poster: MessagePoster, random: SeededRandom) {
    this.#poster = poster;
    this.#random = random;
  }

  call(call: MethodCall): BotApiSuccess {
    const emoji = call.parameters.text('emoji') || '🎲';
    const finish = () => {
      const highest = HIGHEST.get(emoji.replace('\ufe0f', ''));
      if (highest === undefined) throw BotApiError.of(400, 'emoji must be a dice emoji');
      const dice = { emoji, value: this.#random.between(1, highest) };
      return { content: { dice }, formatted: NO_TEXT };
    };
    return { result: this.#poster.post(call, { kind: MESSAGE_KINDS.dice, finish }) };
  }
}
