import { Injectable } from '@nestjs/common';
import { WebhookDiagnostics } from '../../webhook/webhook-diagnostics.js';
import { WebhookService } from '../../webhook/webhook.service.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether settings of the app keep updates out. */
@Injectable()
export class WebhookRouteCheck implements DiagnosticCheck {
  readonly id = 'webhook-route';
  readonly needs = ['options'];

  constructor(
    private readonly diagnostics: WebhookDiagnostics,
    private readonly webhook: WebhookService,
  ) {}

  run({ settings }: DeskFacts): CheckOutcome {
    if (settings.updates !== 'webhook')
      return skipped(`The option updates is '${settings.updates}'`);
    const found = this.diagnostics.atBoot(this.webhook.expectedUrl);
    const text = found.map((each) => each.text).join('. ');
    if (text === '') return passed('The app serves the webhook');
    // What a warning says ends with its remedy.
    return found.some(({ level }) => level === 'warn') ? warned({ finding: text }) : passed(text);
  }
}
