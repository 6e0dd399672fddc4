import { Injectable } from '@nestjs/common';
import { ErrorDescriber } from '../../errors/index.js';
import { causeOfDeliveryFailure } from '../../webhook/delivery-causes.js';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** More updates than this wait only when they come faster than the app takes them. */
const MANY = 100;

/** Whether Telegram's deliveries get through. */
@Injectable()
export class WebhookDeliveryCheck implements DiagnosticCheck {
  readonly id = 'webhook-delivery';
  readonly needs = ['webhook'];

  constructor(private readonly errors: ErrorDescriber) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates } = facts.settings;
    if (updates !== 'webhook') return skipped(`The option updates is '${updates}'`);
    const {
      pending_update_count: pending,
      last_error_message: error,
      last_error_date: seconds = 0,
    } = await facts.webhook();
    const last = error && `Telegram's last delivery failed: ${this.errors.describe(error)}`;
    const at = new Date(seconds * 1000).toISOString();
    if (last && pending > 0) {
      return failed({
        finding: `${last} (${at}); ${pending} updates are waiting`,
        why: 'Telegram delivers the updates of a chat in order, so that one that fails holds up all replies behind it',
        remedy: remedyOf(error),
      });
    }
    if (pending > MANY) {
      return warned({
        finding: `${pending} updates are waiting`,
        why: "Agents' replies arrive late",
        remedy:
          'See the log for handlers that are slow or fail; with the option redis they delay no delivery',
      });
    }
    return passed(
      last
        ? `No update waits. The last failure is over: ${this.errors.describe(error)} (${at})`
        : `Deliveries get through; ${pending} updates are waiting`,
    );
  }
}

function remedyOf(error: string): string {
  const cause = causeOfDeliveryFailure(error);
  if (cause) return `Likely cause: ${cause}`;
  if (error.includes('503')) return 'See the log: the app could not store the update';
  return 'Check that the public URL leads to this app, and see the log of the app and of the proxy before it';
}
