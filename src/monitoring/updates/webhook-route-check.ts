import { Injectable } from '@nestjs/common';
import { NestInternals } from '../../webhook/nest-internals.js';
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
    private readonly nest: NestInternals,
  ) {}

  run({ settings }: DeskFacts): CheckOutcome {
    if (settings.updates !== 'webhook') {
      return skipped(`The option updates is '${settings.updates}'`);
    }
    if (!this.nest.isHttp) {
      return skipped('This process serves no HTTP, so it does not know the path of the webhook');
    }
    const found = this.diagnostics.atBoot(this.webhook.expectedUrl);
    const text = found.map((each) => each.text).join('. ');
    if (text === '') return passed('The app serves the webhook');
    if (!found.some(({ level }) => level === 'warn')) return passed(text);
    const remedy = found.flatMap((each) => each.remedy ?? []).join('. ');
    return warned({ finding: text, why: 'Updates may not reach the app, or arrive late', remedy });
  }
}
