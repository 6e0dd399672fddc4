/** Why Telegram's deliveries fail, by the status that it got, with what to look at. */
const CAUSES: Readonly<Record<string, string>> = {
  401: 'another secret was registered',
  403: 'a global guard, see webhookDecorators',
  404: "webhookUrl lacks the app's global prefix",
};

/** All of them in one line. */
export const DELIVERY_CAUSES = Object.entries(CAUSES)
  .map(([status, cause]) => `${status}: ${cause}`)
  .join('. ');

/** The cause of a failure that Telegram reports in `last_error_message`; undefined when the message says it. */
export function causeOfDeliveryFailure(message: string): string | undefined {
  return Object.entries(CAUSES).find(([status]) => message.includes(status))?.[1];
}
