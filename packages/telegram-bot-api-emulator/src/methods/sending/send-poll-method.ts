import type { Message } from '@grammyjs/types';
import { BotApiError } from '../../common/bot-api.error.js';
import type { BotApiMethod, BotApiSuccess, MethodCall } from '../../http/bot-api-method.js';
import type { BotApiParameters } from '../../parameters/bot-api-parameters.js';
import { isJsonObject } from '../../parameters/json-fields.js';
import { MESSAGE_KINDS } from '../../sending/message-kinds.js';
import type { MessagePoster } from '../../sending/message-poster.js';
import { NO_TEXT } from '../../sending/text-content.js';

const FIRST_POLL_ID = 5_300_000_000_000_000n;
const MAX_QUESTION_LENGTH = 300;
const MAX_OPTION_LENGTH = 100;
const MAX_OPTIONS = 12;

/** Sends a poll, in which nobody votes. */
export class SendPollMethod implements BotApiMethod {
  readonly name = 'sendPoll';
  readonly #poster: MessagePoster;
  #nextId = FIRST_POLL_ID;

  constructor(poster: MessagePoster) {
    this.#poster = poster;
  }

  call(call: MethodCall): BotApiSuccess {
    const { parameters } = call;
    const options = readOptions(parameters);
    const finish = () => ({
      content: { poll: this.#createPoll(parameters, options) },
      formatted: NO_TEXT,
    });
    return { result: this.#poster.post(call, { kind: MESSAGE_KINDS.poll, finish }) };
  }

  #createPoll(
    parameters: BotApiParameters,
    texts: readonly string[],
  ): NonNullable<Message['poll']> {
    const question = parameters.text('question').trim();
    checkText('Poll question', question, MAX_QUESTION_LENGTH);
    if (texts.length === 0) throw BotApiError.of(400, 'poll must have at least 1 option');
    if (texts.length > MAX_OPTIONS) {
      throw BotApiError.of(400, `poll can't have more than ${MAX_OPTIONS} options`);
    }
    for (const text of texts) checkText('Poll option', text, MAX_OPTION_LENGTH);
    const isAnonymous = !parameters.has('is_anonymous') || parameters.boolean('is_anonymous');
    return {
      id: String(this.#nextId++),
      question,
      options: texts.map((text, index) => ({ persistent_id: String(index), text, voter_count: 0 })),
      total_voter_count: 0,
      is_closed: parameters.boolean('is_closed'),
      is_anonymous: isAnonymous,
      type: parameters.text('type') === 'quiz' ? 'quiz' : 'regular',
      allows_multiple_answers: parameters.boolean('allows_multiple_answers'),
      allows_revoting: parameters.boolean('allows_revoting'),
      members_only: false,
    };
  }
}

function readOptions(parameters: BotApiParameters): string[] {
  let options: unknown;
  try {
    options = parameters.json('options') ?? [];
  } catch {
    throw BotApiError.of(400, "can't parse options JSON object");
  }
  if (!Array.isArray(options)) throw BotApiError.of(400, 'expected an Array of InputPollOption');
  return options.map((option: unknown) => {
    const text = isJsonObject(option) ? option['text'] : option;
    if (typeof text !== 'string') {
      throw BotApiError.of(400, 'can\'t parse poll option: Can\'t find field "text"');
    }
    return text.trim();
  });
}

function checkText(what: string, text: string, max: number): void {
  if (text === '') throw BotApiError.of(400, `${what} must be non-empty`);
  if (Array.from(text).length > max) {
    throw BotApiError.of(400, `${what} length must not exceed ${max}`);
  }
}
