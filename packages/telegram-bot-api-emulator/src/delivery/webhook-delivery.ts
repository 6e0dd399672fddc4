import type { Update } from '@grammyjs/types';

/** A POST to the webhook. */
export interface WebhookDelivery {
  /** The bot whose webhook it went to. */
  readonly botId: number;
  /** The update; undefined when what was sent is none. */
  readonly update: Update | undefined;
  /** What was sent, to the letter. */
  readonly body: string;
  readonly url: string;
  /** The headers that were sent, but for `Host`. */
  readonly headers: Readonly<Record<string, string>>;
  /** What the webhook answered; null while or if it did not. */
  readonly status: number | null;
  /** What getWebhookInfo says of it. */
  readonly error?: string;
  /** When it was sent, in milliseconds since the Unix epoch by the emulator's clock. */
  readonly at: number;
}

/** A delivery while it is under way. */
export type RecordedDelivery = {
  -readonly [Field in keyof WebhookDelivery]: WebhookDelivery[Field];
};

/** A delivery that has just been sent. */
export function createDelivery(
  sent: Pick<WebhookDelivery, 'botId' | 'body' | 'url' | 'headers' | 'at'>,
): RecordedDelivery {
  return { ...sent, update: parseUpdate(sent.body), status: null };
}

function parseUpdate(body: string): Update | undefined {
  const value: unknown = JSON.parse(body);
  return isUpdate(value) ? value : undefined;
}

function isUpdate(value: unknown): value is Update {
  return (
    typeof value === 'object' &&
    value !== null &&
    'update_id' in value &&
    typeof value.update_id === 'number'
  );
}
