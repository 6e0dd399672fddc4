import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../config/telegram-settings.js';
import type { CommandEvent } from '../events/stored-event.interface.js';
import { HandlerRegistry } from '../events/handler-registry.js';
import type { InboundEvent, InboundProgress } from '../inbound/inbound-event.interface.js';
import { AgentNotices } from '../outbound/agent-notices.js';
import type { JobBatch, Pause } from '../queue/job-processor.interface.js';
import { CommandKeyboard } from './command-keyboard.js';
import { CommandMethods, isPublishedFor } from './command-methods.js';
import { CommandRunner, type CommandResult } from './command-runner.js';
import { KeyboardEditor } from './keyboard-editor.js';
import { PressedButtons } from './pressed-buttons.js';

/** How long a command waits for a process that has its method, and at most how often. */
const WAIT_MS = 100;
const MOST_WAITS = 600;

/** Has commands run at their turn, in a process that has their method, and posts what they say. */
@Injectable()
export class CommandProcessor {
  constructor(
    private readonly runner: CommandRunner,
    private readonly methods: CommandMethods,
    private readonly registry: HandlerRegistry,
    private readonly keyboard: CommandKeyboard,
    private readonly editor: KeyboardEditor,
    private readonly buttons: PressedButtons,
    private readonly notices: AgentNotices,
    private readonly settings: TelegramSettings,
  ) {}

  /**
   * Carries out the command that is the first job of the batch. What it has said is stored before it is posted, so that
   * the command does not run again when it cannot be posted yet.
   *
   * @returns How long it waits for another process.
   * @throws When the store does not answer.
   */
  async process(
    batch: JobBatch<InboundEvent, InboundProgress>,
    event: CommandEvent,
    progress: InboundProgress,
  ): Promise<Pause | void> {
    if (event.step === 'ask' || event.step === 'no') return this.#ask(event);
    // Only a process that has the command, since another one lacks the buttons of the app as well.
    const mayGrey = progress.command === undefined && this.runner.canRun(event);
    const isUntouched = mayGrey && !(await this.buttons.begin(event));
    const ran = progress.command ?? (await this.runner.run(event));
    if (!ran) {
      const handedOn = (progress.handedOn ?? 0) + 1;
      if (handedOn <= MOST_WAITS && (await this.#isElsewhere(event.name))) {
        await batch.complete(0, { ...progress, handedOn });
        return { pauseMs: WAIT_MS, keyOnly: true, isPassedOn: true };
      }
    }
    const result = ran ?? { reason: this.settings.texts.plain('commandGone') };
    if (!progress.command) await batch.complete(0, { ...progress, command: result });
    await this.#post(event, result);
    if (event.step === 'run' && !isUntouched) await this.buttons.end(event);
    if (event.step !== 'yes') return;
    const state = await this.buttons.stateOf(event);
    const shown = await this.editor.show(event.message, this.keyboard.of(event.threadId, state));
    if (typeof shown === 'object') return shown;
  }

  /** Asks whether the button is meant, or shows the buttons again. A process without the method shows those that it has. */
  async #ask(event: CommandEvent): Promise<Pause | void> {
    const { name, threadId, message, step } = event;
    const state = await this.buttons.stateOf(event);
    const question =
      step === 'ask'
        ? this.keyboard.question(
            name,
            { threadId, state },
            message,
            this.runner.questionOf(event, state),
          )
        : undefined;
    const keyboard = question ?? this.keyboard.of(threadId, state);
    const shown = await this.editor.show(message, keyboard);
    if (typeof shown === 'object') return shown;
    if (!shown && step === 'ask') {
      await this.#post(event, { reason: this.settings.texts.plain('commandNotAsked') });
    }
  }

  async #isElsewhere(command: string): Promise<boolean> {
    const [own, published] = [this.methods.names(), await this.registry.published()];
    return published.some((name) => isPublishedFor(name, command) && !own.includes(name));
  }

  /** An answer that is blank is none: whoever has given the command sees what it has done. */
  async #post({ id, threadId, name, message }: CommandEvent, result: CommandResult): Promise<void> {
    if ('answer' in result && result.answer === '') return;
    const code = 'answer' in result ? 'command_answered' : 'command_failed';
    const details = { threadId, command: name, ...result };
    await this.notices.notify(code, message, details, `command:${id}`);
  }
}
