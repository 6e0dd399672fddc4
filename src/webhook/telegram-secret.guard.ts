import type { IncomingHttpHeaders } from 'node:http';
import {
  Inject,
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { WebhookSecrets } from '../secrets/webhook-secrets.js';
import { WebhookRegistration } from './webhook-registration.js';
import { WEBHOOK_SECRETS } from './webhook.constants.js';

/** The header in which Telegram repeats the secret that the webhook was registered with. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/**
 * Lets only requests through that know the webhook's secret; all others get 401 and learn nothing,
 * not even from the time it takes. Answers 404 when the module is disabled.
 *
 * @publicApi
 */
@Injectable()
export class TelegramSecretGuard implements CanActivate {
  readonly #secrets: WebhookSecrets | null;
  readonly #keeper: WebhookRegistration | null;
  /** Marks headers that have shown the secret: the server's door asks before Nest does. Nobody else knows it. */
  readonly #admitted = Symbol('admitted');

  constructor(
    @Inject(WEBHOOK_SECRETS) secrets: WebhookSecrets | null,
    @Inject(WebhookRegistration) keeper: WebhookRegistration | null,
  ) {
    this.#secrets = secrets;
    this.#keeper = keeper;
  }

  /** Whether there is anybody to let through: not when the module is disabled, or updates are off. */
  get isOpen(): boolean {
    return this.#secrets !== null;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.isOpen) throw new NotFoundException();
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: IncomingHttpHeaders }>();
    if (this.admits(headers)) return true;
    throw new UnauthorizedException();
  }

  /** Whether the headers of a request show the secret. If not, Telegram may have another one. */
  admits(headers: IncomingHttpHeaders): boolean {
    if (Reflect.get(headers, this.#admitted) === true) return true;
    const given = headers[SECRET_HEADER];
    if (typeof given === 'string' && this.#secrets?.accepts(given) === true) {
      return Reflect.set(headers, this.#admitted, true);
    }
    this.#keeper?.recheck();
    return false;
  }
}
