import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../../common/with-timeout.js';
import { REDIS_TIMEOUT_MS } from '../../redis/redis-connection.js';
import type { WebhookSecrets } from '../../secrets/webhook-secrets.js';
import { BotStorage } from '../../storage/bot-storage.js';
import { WebhookRejections, type WebhookRejection } from '../../webhook/webhook-rejections.js';
import { WEBHOOK_SECRETS } from '../../webhook/webhook.constants.js';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';
import { lastFailureOf } from './last-failure.js';

const REMEDY = 'Call registerWebhook(), which registers the present secret';
const WHY = 'Updates with another secret are refused, since anybody may have sent them';

/**
 * Whether Telegram sends the secret that the app expects. Telegram never says which one it has, so this is known by what
 * was registered last, and by how deliveries were answered.
 */
@Injectable()
export class WebhookSecretCheck implements DiagnosticCheck {
  readonly id = 'webhook-secret';
  readonly needs = ['webhook'];
  #lastRejection: WebhookRejection | undefined;

  constructor(
    @Inject(WEBHOOK_SECRETS) private readonly secrets: WebhookSecrets | null,
    private readonly storage: BotStorage,
    rejections: WebhookRejections,
  ) {
    rejections.events.subscribe((rejection) => (this.#lastRejection = rejection));
  }

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { updates } = facts.settings;
    if (updates !== 'webhook' || !this.secrets)
      return skipped(`The option updates is '${updates}'`);
    const failure = await lastFailureOf(facts);
    if (failure?.isCurrent && /\b401\b/.test(failure.error)) return this.#judgeRefusal();
    const { url = '' } = await facts.webhook();
    const registered = await this.#registered();
    if (registered === null || this.secrets.isRotating) {
      return passed('No delivery is refused for its secret');
    }
    if (registered === this.secrets.fingerprint(url)) {
      return passed('The app has registered the webhook with its secret');
    }
    if (facts.settings.isIdle) {
      return skipped(
        'The webhook is registered with another secret than this environment has: the app may set its own',
      );
    }
    return warned({
      finding: 'The app has not registered this webhook with its present secret',
      why: WHY,
      remedy: REMEDY,
    });
  }

  /** The fingerprint of what was registered last; null when it is not known. */
  async #registered(): Promise<string | null> {
    try {
      return await withTimeout(this.storage.loadWebhookFingerprint(), REDIS_TIMEOUT_MS);
    } catch {
      // The check "redis" says that the store does not answer.
      return null;
    }
  }

  #judgeRefusal(): CheckOutcome {
    if (this.#lastRejection?.reason === 'app') {
      return failed({
        finding: 'A guard of this app answers deliveries of Telegram with 401',
        why: "Agents' replies do not arrive",
        remedy: 'Exempt the webhook from it with the option webhookDecorators',
      });
    }
    return failed({
      finding:
        'Deliveries of Telegram are answered with 401: it sends another secret than this app expects',
      why: WHY,
      remedy: REMEDY,
    });
  }
}
