import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { CommandEvent } from '../events/stored-event.interface.js';
import type { Html } from '../notices/html.js';
import type { CardState } from '../outbound/card-keyboard.js';

/** A command as it is given: without a thread where it stands in none. */
export type GivenCommand = Omit<CommandEvent, 'threadId'> & { readonly threadId: string | null };

/** A button that was pressed. */
export type PressedCommand = Pick<CommandEvent, 'threadId' | 'agent' | 'step' | 'argument'>;

/** The answer to a pressed button. */
export interface PressWords {
  readonly words: string;
  /** Whether that is all, and nothing is carried out. */
  readonly isRefused: boolean;
}

/** What an agent reads, with buttons. */
export interface CommandReply {
  readonly html: Html;
  readonly keyboard?: InlineKeyboardMarkup | undefined;
}

/** A command of the module. */
export interface BuiltInCommand {
  readonly name: string;

  /**
   * What whoever presses its button reads at once, in 200 characters at most. By default that it is in progress.
   *
   * @returns Null for the default.
   * @throws When the store does not answer.
   */
  press?(command: PressedCommand): Promise<PressWords | null>;

  /**
   * Names what its button asks, as the thread stands; the command is given that with the answer. By default each question
   * has a name of its own, and is answered once.
   */
  questionOf?(state: CardState): string | undefined;

  /**
   * Carries it out, in the queue of its thread.
   *
   * @returns What the agent reads; blank where a notice says it.
   * @throws When it has failed, which the agent reads as well.
   */
  run(command: CommandEvent): Promise<Html | CommandReply>;
}

/** A command of the module that needs no thread. */
export interface GeneralCommand extends Omit<BuiltInCommand, 'run' | 'press' | 'questionOf'> {
  /**
   * Carries it out: in the queue of its thread, outside of threads while Telegram waits for the answer to its update.
   *
   * @returns What the agent reads; blank where the command answers by itself.
   */
  run(command: GivenCommand): Promise<Html>;
}
