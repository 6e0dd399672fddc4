import { Injectable } from '@nestjs/common';
import { ErrorDescriber } from '../../errors/index.js';
import { causeOfDeliveryFailure } from '../../webhook/delivery-causes.js';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { lastFailureOf } from './last-failure.js';

/** More updates than this wait only when they come faster than the app takes them. */
const MANY = 100;

/** Whether Telegram's deliveries get through. */
@Injectable()
export class WebhookDeliveryCheck implements DiagnosticCheck {
  readonly id = 'webhook-delivery';
  readonly needs = ['webhook', 'webhook-secret'];

  constructor(private readonly errors: ErrorDescriber) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates } = facts.settings;
    if (updates !== 'webhook') return skipped(`The option updates is '${updates}'`);
    const { pending_update_count: pending } = await facts.webhook();
    const failure = await lastFailureOf(facts);
    const shown = failure && `${this.errors.describe(failure.error)} (${failure.at.toISOString()})`;
    if (failure?.isCurrent) {
      return failed({
        finding: `Telegram's last delivery failed: ${shown}; ${pending} updates are waiting`,
        why: 'Telegram delivers the updates of a chat in order, so that one that fails holds up all replies behind it',
        remedy: remedyOf(failure.error),
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
    const counted = `${pending} updates are waiting`;
    return passed(
      shown
        ? `${counted}. The last failure is over: ${shown}`
        : `Deliveries get through; ${counted}`,
    );
  }
}

function remedyOf(error: string): string {
  const cause = causeOfDeliveryFailure(error);
  if (cause) return `Likely cause: ${cause}`;
  return 'Check that the public URL leads to this app, and see the log of the app and of the proxy before it';
}
