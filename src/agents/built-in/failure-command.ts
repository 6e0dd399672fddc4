import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { LetterDecisions } from '../../dead-letters/letter-decisions.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import { html, type Html } from '../../notices/html.js';
import { FailureRecords } from '../../outbound/failures/failure-records.js';
import {
  stateOf,
  type FailureState,
  type KnownFailure,
} from '../../outbound/failures/failure.interface.js';
import type { TextKey } from '../../texts/agent-texts.interface.js';
import type { BuiltInCommand, PressedCommand, PressWords } from '../built-in-command.interface.js';
import { failedJobId } from '../failure-argument.js';

type PlainKey = Extract<TextKey, `retryIs${string}` | `${string}Pressed`>;

/** What is read where nothing is left to decide. */
const WORDS = {
  retried: 'retryIsRunning',
  discarded: 'retryIsDiscarded',
  expired: 'retryIsUnknown',
  outdated: 'retryIsUnknown',
  handled: 'retryIsHandled',
} as const satisfies Record<Exclude<FailureState, 'failed'>, PlainKey>;

/** Decides on what the app could not process, when a button below its note is pressed. The note says what comes of it. */
@Injectable()
export abstract class FailureCommand implements BuiltInCommand {
  abstract readonly name: 'retry' | 'discard';

  constructor(
    private readonly failures: FailureRecords,
    private readonly decisions: LetterDecisions,
    private readonly settings: TelegramSettings,
  ) {}

  async press(pressed: PressedCommand): Promise<PressWords> {
    const { texts } = this.settings;
    const known = await this.#find(pressed);
    const state = known && stateOf(known);
    if (state === 'failed') return { words: texts.plain(`${this.name}Pressed`), isRefused: false };
    return { words: texts.plain(state ? WORDS[state] : 'retryIsUnknown'), isRefused: true };
  }

  async run(command: CommandEvent): Promise<Html> {
    const { texts } = this.settings;
    if (command.argument === undefined) return texts.html('retryHow');
    const known = await this.#find(command);
    if (!known) return texts.html('retryIsUnknown');
    const { failure } = known;
    const decision = { action: this.name, by: command.agent.name };
    if (await this.decisions.decide(failure, decision)) return html``;
    const after = await this.failures.find(failure.jobId);
    // Whoever was faster has decided, which the note says.
    return after && stateOf(after) === 'failed' ? texts.html('retryIsNotThere') : html``;
  }

  async #find({ threadId, argument }: PressedCommand): Promise<KnownFailure | null> {
    const jobId = failedJobId(argument);
    const known = jobId === undefined ? null : await this.failures.find(jobId);
    return known?.failure.threadId === threadId ? known : null;
  }
}
