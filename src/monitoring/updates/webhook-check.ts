import { Injectable } from '@nestjs/common';
import { ErrorDescriber } from '../../errors/index.js';
import { NestInternals } from '../../webhook/nest-internals.js';
import { pathIn } from '../../webhook/webhook-url.js';
import { WebhookRoutes } from '../../webhook/webhook-routes.js';
import { WebhookService } from '../../webhook/webhook.service.js';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

const REGISTER = 'Set webhookUrl (TELEGRAM_WEBHOOK_URL), or call registerWebhook()';

/** Whether Telegram delivers the updates of the bot to this app. */
@Injectable()
export class WebhookCheck implements DiagnosticCheck {
  readonly id = 'webhook';
  readonly needs = ['token'];

  constructor(
    private readonly webhook: WebhookService,
    private readonly routes: WebhookRoutes,
    private readonly nest: NestInternals,
    private readonly errors: ErrorDescriber,
  ) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates } = facts.settings;
    if (updates !== 'webhook') return skipped(`The option updates is '${updates}'`);
    const { url } = await facts.webhook();
    if (!url) {
      return failed({
        finding: 'No webhook is registered',
        why: "Agents' replies do not arrive; Telegram keeps them for 24 hours",
        remedy: facts.settings.isIdle
          ? `${REGISTER}. If the app polls, say so here, too, with TELEGRAM_UPDATES=polling`
          : REGISTER,
      });
    }
    const { expectedUrl } = this.webhook;
    if (expectedUrl === undefined) return this.#judgePath(url, facts.settings.isIdle);
    if (url === expectedUrl) return passed(`The webhook is registered at ${this.#show(url)}`);
    // A process without HTTP does not know the path in the one that serves the webhook.
    const isSameOrigin = originOf(url) === originOf(expectedUrl);
    if (isSameOrigin && !this.nest.isHttp) {
      return passed(`The webhook is registered at ${originOf(url)}, by a process that serves HTTP`);
    }
    const there = isSameOrigin ? `another path of ${originOf(url)}` : originOf(url);
    return failed({
      finding: `The webhook leads to ${there}, and not to ${this.#show(expectedUrl)}`,
      why: "Agents' replies do not arrive here: another app, or another environment, uses the same bot token",
      remedy:
        'Give each app and each environment a bot of its own, or call registerWebhook() to take the webhook over',
    });
  }

  /** Where it leads is known by its path alone: the app has neither configured nor registered a URL. */
  #judgePath(url: string, isIdle: boolean): CheckOutcome {
    if (pathIn(url).endsWith(this.routes.served.path)) {
      return passed(`The webhook is registered at ${originOf(url)}`);
    }
    if (isIdle) {
      return skipped(
        `The webhook leads to ${originOf(url)}; whether that is the app is not known here, since the app may set its path in code`,
      );
    }
    return warned({
      finding: `The webhook leads to ${originOf(url)}, of which this process knows nothing`,
      why: "If that is not this app, agents' replies do not arrive here",
      remedy: 'Set webhookUrl (TELEGRAM_WEBHOOK_URL), so that the module registers it',
    });
  }

  /** Without its query. */
  #show(url: string): string {
    return this.errors.redact(originOf(url) + pathIn(url));
  }
}

/** Of another app no more is shown, because a path may hold a secret. */
function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : 'another URL';
}
