import { Injectable } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';

/** Why the webhook of a bot has rejected a request. */
export type WebhookRejection =
  /** It showed no secret, or a wrong one. */
  | { readonly reason: 'secret' }
  /** It was Telegram's, but a guard, pipe or interceptor of the app rejected it. */
  | { readonly reason: 'app'; readonly status: number };

/**
 * Announces the requests that the webhook of one bot rejects. Whoever rejects emits, so that the code
 * that checks requests does not know who acts on it.
 */
@Injectable()
export class WebhookRejections {
  readonly #subject = new Subject<WebhookRejection>();

  /** Emits each rejection as it happens. Anybody can cause one, so a listener has to limit its work. */
  readonly events: Observable<WebhookRejection> = this.#subject.asObservable();

  emit(rejection: WebhookRejection): void {
    this.#subject.next(rejection);
  }
}
