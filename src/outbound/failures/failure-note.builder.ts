import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { Html } from '../../notices/html.js';
import type { AgentNotifiedJob } from '../jobs/agent-notified-job.interface.js';
import { stateOf, type FailureState, type KnownFailure } from './failure.interface.js';

/** Builds the note that says how a failure stands. */
@Injectable()
export class FailureNoteBuilder {
  constructor(private readonly settings: TelegramSettings) {}

  build(known: KnownFailure): AgentNotifiedJob {
    const { jobId, threadId, code, target: inReplyTo, reason, count } = known.failure;
    const state = stateOf(known);
    const isOpen = state === 'failed';
    const shown = `${state}:${count}`;
    const job = { v: 1, type: 'agent.notified', inReplyTo, threadId } as const;
    const failure = { jobId, isOpen, shown };
    if (isOpen) return { ...job, code, reason, failure };
    return { ...job, code: 'failure_changed', answer: String(this.#words(state, known)), failure };
  }

  #words(state: Exclude<FailureState, 'failed'>, known: KnownFailure): Html {
    const { texts } = this.settings;
    const { reason, code } = known.failure;
    const agent = known.decision?.by ?? texts.plain('retryByApp');
    switch (state) {
      case 'retried':
        return texts.html('retryStarted', { agent, reason });
      case 'discarded':
        return texts.html('retryDiscarded', { agent });
      case 'expired':
        return texts.html('retryExpired');
      case 'outdated':
        return texts.html('retryOutdated');
      case 'handled':
        return texts.html(HANDLED[code]);
    }
  }
}

const HANDLED = {
  reply_failed: 'retryDelivered',
  edit_failed: 'retryEdited',
  deletion_failed: 'retryDeleted',
} as const;
