import {
  Inject,
  Injectable,
  NotFoundException,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import type { Secret } from '../secrets/secret.js';
import { WEBHOOK_SECRET } from './webhook.tokens.js';

/** The header in which Telegram repeats the secret that the webhook was registered with. */
export const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

interface RequestWithHeaders {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/**
 * Lets only requests through that know the webhook's secret; all others get 401 and learn nothing,
 * not even from the time it takes. Answers 404 when the module is disabled.
 *
 * @publicApi
 */
@Injectable()
export class TelegramSecretGuard implements CanActivate {
  readonly #secret: Secret | null;

  constructor(@Inject(WEBHOOK_SECRET) secret: Secret | null) {
    this.#secret = secret;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.#secret) throw new NotFoundException();
    const given = context.switchToHttp().getRequest<RequestWithHeaders>().headers[SECRET_HEADER];
    if (typeof given === 'string' && this.#secret.equals(given)) return true;
    throw new UnauthorizedException();
  }
}
