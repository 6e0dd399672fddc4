import { Injectable } from '@nestjs/common';
import type { Problem } from '../../common/problem.js';
import { LeaderElection } from '../../polling/leader-election.js';
import { PollingLog } from '../../polling/polling-log.js';
import { WebhookActiveError } from '../../polling/webhook-active.error.js';
import { failed, passed, skipped } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether updates arrive by polling. */
@Injectable()
export class PollingCheck implements DiagnosticCheck {
  readonly id = 'polling';
  readonly needs = ['token'];

  constructor(
    private readonly log: PollingLog,
    private readonly election: LeaderElection,
  ) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates, polling } = facts.settings;
    if (updates !== 'polling') return skipped(`The option updates is '${updates}'`);
    const { url } = await facts.webhook();
    const problem =
      url && !polling.removeWebhook
        ? {
            finding: new WebhookActiveError(url).message,
            remedy: 'Call unregisterWebhook(), or set polling.removeWebhook',
          }
        : this.log.problem;
    if (problem && !url && isWebhookProblem(problem)) {
      return passed('No webhook is registered any more; polling goes on within a minute');
    }
    if (problem) {
      return failed({
        ...problem,
        finding: `Polling fails: ${problem.finding}`,
        why: "Agents' replies do not arrive; Telegram keeps them for 24 hours",
      });
    }
    if (facts.settings.isIdle) {
      return skipped('This process does not poll; see the log of the app');
    }
    if (this.election.isLeader) return passed('This process polls');
    return skipped(
      'This process does not poll: another one does, or none has begun yet; see the log of the one that polls',
    );
  }
}

function isWebhookProblem({ finding }: Problem): boolean {
  return /webhook/i.test(finding);
}
