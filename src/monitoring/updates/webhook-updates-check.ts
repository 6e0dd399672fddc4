import { Injectable } from '@nestjs/common';
import { UpdateRouter } from '../../desk/update-router.js';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** What Telegram delivers only where it is named; all other types, where none is (Bot API, `setWebhook`). */
const ON_DEMAND: ReadonlySet<string> = new Set([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

/** Whether Telegram delivers every type of update that the desks of the bot need. */
@Injectable()
export class WebhookUpdatesCheck implements DiagnosticCheck {
  readonly id = 'webhook-updates';
  readonly needs = ['webhook'];

  constructor(private readonly updates: UpdateRouter) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates } = facts.settings;
    if (updates !== 'webhook') return skipped(`The option updates is '${updates}'`);
    const { allowed_updates: allowed = [] } = await facts.webhook();
    const isDelivered = (type: string): boolean =>
      allowed.length === 0 ? !ON_DEMAND.has(type) : allowed.some((each) => each === type);
    const missing = (await this.updates.updateTypes()).filter((type) => !isDelivered(type));
    if (missing.length === 0) return passed('The webhook gets all updates that the desk needs');
    const outcome = missing.includes('message') ? failed : warned;
    return outcome({
      finding: `The webhook was registered without ${missing.join(', ')}`,
      why: 'Telegram delivers no other updates than those it was registered with',
      remedy: 'Call registerWebhook(), and register the webhook by nothing else',
    });
  }
}
