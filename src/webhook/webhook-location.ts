import type { ServedPath } from './webhook-url.js';

/** Knows where the app serves the webhook of one bot. */
export abstract class WebhookLocation {
  /** Where the webhook is, or would be if the app served one. */
  abstract readonly served: ServedPath;
}
