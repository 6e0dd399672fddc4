import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SafeLogger } from '../../common/safe-logger.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { DeskDiagnosis } from '../../monitoring/desk-diagnosis.js';
import { ErrorDescriber } from '../../errors/index.js';
import { html, type Html } from '../../notices/html.js';
import { AgentNotices } from '../../outbound/agent-notices.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';
import { doctorAnswer } from './doctor-answer.js';

/** Until Telegram has the answer to the update of the command, it counts that as one that waits. */
const UPDATE_TAKEN_MS = 1_000;

/** Diagnoses the desk, and tells the agent alone, where Telegram lets the bot, what is wrong and what to do. */
@Injectable()
export class DoctorCommand implements GeneralCommand {
  readonly name = 'doctor';
  readonly #logger: SafeLogger;

  constructor(
    private readonly diagnosis: DeskDiagnosis,
    private readonly notices: AgentNotices,
    private readonly settings: TelegramSettings,
    private readonly clock: Clock,
    errors: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(DoctorCommand.name, errors);
  }

  /** Answers in the background: Telegram waits for this, and a diagnosis takes seconds. */
  run(command: GivenCommand): Promise<Html> {
    void this.#answer(command);
    return Promise.resolve(html``);
  }

  /** Never rejects. */
  async #answer({ id, agent, threadId, message }: GivenCommand): Promise<void> {
    const { desk, texts } = this.settings;
    try {
      const diagnosis = await this.diagnosis.of(desk, () => this.#updateTaken());
      const answer = String(doctorAnswer(diagnosis, texts));
      const details = {
        ...(threadId !== null && { threadId }),
        command: this.name,
        answer,
        // Of an anonymous administrator nobody knows who could be told.
        ...(!agent.anonymous && { privately: [{ agentId: agent.id, answer }] }),
      };
      await this.notices.notify('command_answered', message, details, `doctor:${id}`);
    } catch (error) {
      this.#logger.warn(
        `/${this.name} was not answered: ${this.#logger.describe(error)}. Write it again once the cause is fixed, or call telegram.diagnose()`,
      );
    }
  }

  /** The timer does not keep the process alive. */
  #updateTaken(): Promise<void> {
    return new Promise((resolve) => {
      this.clock.setTimer(resolve, UPDATE_TAKEN_MS).unref?.();
    });
  }
}
