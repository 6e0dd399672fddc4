import type { BotApiEmulator, EmulatedBot, Update } from '../../src/index.js';

/** All kinds of updates that the people of the emulator cause. */
const KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'message_reaction',
  'message_reaction_count',
  'callback_query',
  'my_chat_member',
  'chat_member',
];

/** A bot of the emulator that calls the Bot API over HTTP, and reads its updates there. */
export class EmulatorClient {
  readonly #telegram: BotApiEmulator;
  readonly #bot: EmulatedBot;
  #offset = 0;

  /** @param bot By default the first bot. */
  constructor(telegram: BotApiEmulator, bot: EmulatedBot = telegram.bot) {
    this.#telegram = telegram;
    this.#bot = bot;
  }

  /** The answer to a call, errors included. */
  async call(method: string, params: object = {}): Promise<unknown> {
    const response = await fetch(`${this.#telegram.apiRoot}/bot${this.#bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return response.json();
  }

  /** Asks for updates of every kind, those that are not sent by default included. */
  async allowAll(): Promise<void> {
    await this.call('getUpdates', { allowed_updates: KINDS, offset: this.#offset });
  }

  /** The updates that have come since the last time. */
  async updates(): Promise<Update[]> {
    // A poll that comes too soon after one like it waits for the emulator's clock.
    if (this.#bot.pendingUpdates === 0) return [];
    const answer = await this.call('getUpdates', { offset: this.#offset });
    const updates = hasResult(answer) ? answer.result.filter(isUpdate) : [];
    this.#offset = (updates.at(-1)?.update_id ?? this.#offset - 1) + 1;
    return updates;
  }

  /** The kinds of the updates that have come since the last time. */
  async kinds(): Promise<string[]> {
    const updates = await this.updates();
    return updates.flatMap((update) => Object.keys(update).filter((key) => key !== 'update_id'));
  }
}

function hasResult(answer: unknown): answer is { result: unknown[] } {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'result' in answer &&
    Array.isArray(answer.result)
  );
}

function isUpdate(value: unknown): value is Update {
  return typeof value === 'object' && value !== null && 'update_id' in value;
}
