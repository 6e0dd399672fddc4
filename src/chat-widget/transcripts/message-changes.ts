import type {
  NewTranscriptMessage,
  TranscriptMessage,
  TranscriptMessageChange,
  TranscriptReactions,
  TranscriptThread,
  TranscriptThreadChange,
} from './transcript.interface.js';

/** A new message with its number. */
export function numbered(message: NewTranscriptMessage, number: number): TranscriptMessage {
  return { ...message, number, changed: number };
}

/** A message after a change that has taken a number. */
export function edited(
  message: TranscriptMessage,
  change: TranscriptMessageChange,
  changed: number,
): TranscriptMessage {
  const { reactions, ...rest } = change;
  const merged = reactions && mergeReactions(message.reactions, reactions);
  const all = { ...rest, ...(reactions && { reactions: merged ?? null }) };
  return { ...merge(message, all), changed };
}

/** What is left of a message when it is deleted. */
export function tombstoneOf(
  { id, number, author, sentAt }: TranscriptMessage,
  deletedAt: Date,
  changed: number,
): TranscriptMessage {
  return { id, number, changed, author, sentAt, deletedAt };
}

/** Whether a change would leave the record of a thread as it is. */
export function isAsWanted(thread: TranscriptThread, change: TranscriptThreadChange): boolean {
  const { status = thread.status, subject = thread.subject, rating = thread.rating } = change;
  return (
    status === thread.status &&
    subject === thread.subject &&
    rating?.stars === thread.rating?.stars &&
    rating?.comment === thread.rating?.comment
  );
}

function mergeReactions(
  present: TranscriptReactions = {},
  change: NonNullable<TranscriptMessageChange['reactions']>,
): TranscriptReactions | undefined {
  const agents = change.agents?.length === 0 ? null : change.agents;
  const merged = merge(present, { ...change, ...(agents !== undefined && { agents }) });
  return Object.keys(merged).length > 0 ? merged : undefined;
}

/** What is undefined stays, what is null goes. */
function merge<T extends object>(present: T, change: { readonly [K in keyof T]?: T[K] | null }): T {
  const merged = { ...present };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (value !== undefined) Reflect.set(merged, name, value);
  }
  return merged;
}
