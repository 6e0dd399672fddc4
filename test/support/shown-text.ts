/** The line of a card that says since when the customer waits, which differs in each run. */
const WAITING = /\n⏳ Waiting for an answer: \d{4}-\d\d-\d\d \d\d:\d\d UTC/u;

/** The text of a message of the desk without what is hidden, and without since when the customer waits. */
export function shownText({ text = '' }: { readonly text?: string | undefined }): string {
  return text.replaceAll('\u200b', '').replace(WAITING, '');
}
