import type { IncomingHttpHeaders } from 'node:http';
import {
  Inject,
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { SECRET_HEADER, type WebhookSecrets } from '../secrets/webhook-secrets.js';
import { WEBHOOK_SECRETS } from './webhook.constants.js';

/**
 * Lets requests pass that show the webhook's secret, compared in constant time. All others get 401
 * without detail, or 404 when the module is disabled or gets its updates in another way.
 *
 * @publicApi
 */
@Injectable()
export class TelegramSecretGuard implements CanActivate {
  readonly #secrets: WebhookSecrets | null;

  /** @hidden Nest calls it. */
  constructor(@Inject(WEBHOOK_SECRETS) secrets: WebhookSecrets | null) {
    this.#secrets = secrets;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.#secrets) throw new NotFoundException();
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: IncomingHttpHeaders }>();
    if (this.#secrets.accepts(headers[SECRET_HEADER])) return true;
    throw new UnauthorizedException();
  }
}
