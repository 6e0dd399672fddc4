import { isWebAddress } from './validate-webhook-url.js';
import { diagnoseProxyPath, type Diagnostic } from './webhook-proxy-check.js';
import type { WebhookRoutes } from './webhook-routes.js';
import { pathIn, webhookUrlOf } from './webhook-url.js';

/** Where Telegram is to post, and what the log is to say of it; or why it cannot be told that. */
export type WebhookTarget =
  { readonly url: string; readonly finding?: Diagnostic | undefined } | { readonly flaw: string };

/** Makes the URL that Telegram is given of one that an app has passed, by the rules of `webhookUrl`. */
export class WebhookService {
  readonly #routes: WebhookRoutes;
  readonly #updates: 'webhook' | 'polling' | 'off';

  constructor(routes: WebhookRoutes, updates: 'webhook' | 'polling' | 'off') {
    this.#routes = routes;
    this.#updates = updates;
  }

  of(url: string): WebhookTarget {
    if (this.#updates !== 'webhook') {
      return { flaw: `with updates: '${this.#updates}' this app serves no webhook` };
    }
    // Who registers says what is wrong with it.
    if (!isWebAddress(url)) return { url };
    const { found, isHttp, path, paths } = this.#routes;
    const target = webhookUrlOf(url, this.#routes);
    if (!isHttp) {
      return pathIn(url).replace(/\/+$/, '') === pathIn(target)
        ? { url: target }
        : {
            flaw: `this app serves no HTTP, and does not know the path in the app that does. Pass the whole URL of the webhook, which ends in ${path}, or call it there`,
          };
    }
    if (found) return { url: target, finding: diagnoseProxyPath(target, path, 'The URL') };
    // A controller whose path has parameters: which of its URLs is meant, nobody else knows.
    if (paths.length > 0 && pathIn(url).length > 1) return { url };
    return {
      flaw: 'no controller of this app takes its updates: with webhook: false, one has to extend TelegramWebhookController; where its path has parameters, pass the whole URL',
    };
  }
}
