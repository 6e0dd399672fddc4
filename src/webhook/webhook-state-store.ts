/** What is remembered of the webhook that was registered last, by all processes where they share a store. */
export interface WebhookStateStore {
  /** Null when nothing is known. */
  loadWebhookMark(): Promise<string | null>;
  saveWebhookMark(mark: string): Promise<void>;
}
