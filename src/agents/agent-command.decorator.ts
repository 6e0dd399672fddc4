import type { Type } from '@nestjs/common';
import { MethodMark, type MarkedMethodDecorator } from '../discovery/method-mark.js';
import type { ThreadFilter } from '../discovery/thread-filter.interface.js';
import { isLanguageCode } from './menu-entries.js';
import type { AgentCommandCall } from './agent-command-call.interface.js';

/** What Telegram takes in a menu (td: BotCommand.cpp). */
const NAME = /^[a-z0-9_]{1,32}$/;
const MOST_DESCRIPTION = 256;

/** The most that a button of a phone shows. */
const MOST_BUTTON = 64;

/**
 * A command of the app for agents; see {@link AgentCommand}.
 *
 * @publicApi
 */
export interface AgentCommandOptions<Dto = undefined> extends ThreadFilter {
  /** What agents write behind the slash: 1 to 32 small letters, digits and underscores. */
  readonly name: string;
  /** What it does, in a line, for the menu of Telegram and for `/help`: 1 to 256 characters. */
  readonly description: string;
  /** The same in other languages, by their ISO 639-1 code: agents whose app has one of them see it in the menu. */
  readonly descriptions?: Readonly<Record<string, string>> | undefined;
  /** The words on a button of the first notice of each thread: 1 to 64 characters. No button by default. */
  readonly button?: string | undefined;
  /**
   * Whether the button asks whether it is meant. A command that an agent has written is not asked about.
   *
   * @default false
   */
  readonly confirm?: boolean | undefined;
  /** The color of the button: red, green or blue. By default that of the app of the agent. */
  readonly style?: 'danger' | 'success' | 'primary' | undefined;
  /**
   * A class whose fields have decorators of class-validator. The arguments fill them in the order in which they are
   * declared, or by name, as in `amount=20`.
   */
  readonly dto?: Type<Dto> | undefined;
}

/** The mark that {@link AgentCommand} sets on a method. */
export const AGENT_COMMAND = new MethodMark<AgentCommandCall<never>, AgentCommandOptions<unknown>>(
  'telegram:agent-command',
  '@AgentCommand()',
);

/**
 * Calls the method when an agent gives the command in the topic of a thread, or in reply to a notice of one, or presses
 * its button. It runs in order with the replies of the thread, for `replies.timeoutMs` at most. What it returns is shown
 * to the agent: a text, which is escaped, or what the tag `html` has made. A promise is awaited, and an Observable
 * subscribed.
 *
 * When the method throws, the agent reads the message of the error, unless the option `replies.exposeErrors` is false.
 * It is not called again: the agent decides. It runs once for each command, but with Redis once more when the process
 * ends while it runs: use `call.id` to make the work idempotent.
 *
 * @throws TypeError When name, description or button are none that Telegram takes.
 *
 * @publicApi
 *
 * @example
 * class RefundDto {
 *   @IsPositive()
 *   amount!: number;
 *
 *   @IsOptional()
 *   @IsString()
 *   reason?: string;
 * }
 *
 * @AgentCommand({ name: 'refund', description: 'Pays money back', dto: RefundDto })
 * async refund({ threadId, dto: { amount, reason } }: AgentCommandCall<RefundDto>): Promise<string> {
 *   await this.payments.refund(threadId, amount, reason);
 *   return `Refunded ${amount} €`;
 * }
 */
export function AgentCommand<Dto = undefined>(
  options: AgentCommandOptions<Dto>,
): MarkedMethodDecorator<AgentCommandCall<Dto>> {
  const { name, description, descriptions = {}, button } = options;
  if (!NAME.test(name)) {
    throw new TypeError(
      `@AgentCommand(): the name "${name}" must be 1 to 32 small letters, digits and underscores`,
    );
  }
  const texts = [description, ...Object.values(descriptions)];
  if (!texts.every((text) => isOfLength(text, MOST_DESCRIPTION))) {
    throw new TypeError(
      `@AgentCommand(): each description of "${name}" must have 1 to ${MOST_DESCRIPTION} characters`,
    );
  }
  if (!Object.keys(descriptions).every((code) => isLanguageCode(code))) {
    throw new TypeError(
      `@AgentCommand(): the languages of "${name}" must be codes of two small letters, such as "de"`,
    );
  }
  if (button !== undefined && !isOfLength(button, MOST_BUTTON)) {
    throw new TypeError(
      `@AgentCommand(): the button of "${name}" must have 1 to ${MOST_BUTTON} characters`,
    );
  }
  return AGENT_COMMAND.decorate(options);
}

function isOfLength(text: string, most: number): boolean {
  return text.trim() !== '' && text.length <= most;
}
