import type { Clock } from '../time/clock.js';
import type { BotApiCall, RecordedCall } from './bot-api-call.js';
import type { BotApiRequest } from './call-reader.js';

/** Says what in a call the Bot API does not know, a sentence each. */
export type CallCheck = (request: BotApiRequest) => readonly string[];

/** Every call that came, the oldest first. */
export class CallLog {
  readonly calls: BotApiCall[] = [];
  readonly #clock: Clock;
  readonly #check: CallCheck;
  readonly #onChange: () => void;

  /** @param onChange Called whenever a call came or was answered. */
  constructor(clock: Clock, check: CallCheck, onChange: () => void) {
    this.#clock = clock;
    this.#check = check;
    this.#onChange = onChange;
  }

  /** Adds a call that has just come. */
  record(
    request: BotApiRequest,
    origin: Pick<BotApiCall, 'botId' | 'isWebhookReply'>,
  ): RecordedCall {
    const { method, parameters, contentType } = request;
    const files = Array.from(parameters.files, ([name, file]) => [name, file.fileName] as const);
    const recorded: RecordedCall = {
      ...origin,
      method,
      params: parameters.toObject(),
      files: Object.fromEntries(files),
      contentType,
      status: null,
      response: null,
      problems: this.#check(request),
      at: this.#clock.now(),
    };
    this.calls.push(recorded);
    this.#onChange();
    return recorded;
  }

  /** Says that a call was answered. */
  changed(): void {
    this.#onChange();
  }
}
