import type { DeskFacts } from '../desk-facts.js';

/** Telegram repeats a delivery that fails after 2 minutes at the latest, so that a failure which lasts is not older. */
const LONGEST_AGE_MS = 600_000;

/** How the last delivery to the webhook has failed, in Telegram's words; undefined when none has. */
export interface DeliveryFailure {
  readonly error: string;
  readonly at: Date;
  /** Whether deliveries still fail. Telegram keeps what it says of a failure when later deliveries get through. */
  readonly isCurrent: boolean;
}

/** How the last delivery has failed; undefined when none has. */
export async function lastFailureOf(facts: DeskFacts): Promise<DeliveryFailure | undefined> {
  const { pending_update_count: pending, ...info } = await facts.webhook();
  const { last_error_message: error, last_error_date: seconds = 0 } = info;
  if (!error) return undefined;
  const atMs = seconds * 1000;
  const isCurrent = pending > 0 && facts.telegramNowMs - atMs < LONGEST_AGE_MS;
  return { error, at: new Date(atMs), isCurrent };
}
