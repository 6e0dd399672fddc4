import type {
  NewTranscriptMessage,
  NewTranscriptThread,
  TranscriptMessage,
  TranscriptThread,
  TranscriptThreadChange,
} from './transcript.interface.js';

/** The fields of a message that are dates, and stand in JSON as text. */
type StoredMessage = Omit<NewTranscriptMessage, 'sentAt' | 'editedAt'> & {
  readonly sentAt: string;
  readonly editedAt?: string;
  readonly deletedAt?: string;
};

/** The fields of a new thread, each name before its value. */
export function fieldsOfNew(
  { threadId, customerId, subject }: NewTranscriptThread,
  now: number,
): Array<string | number> {
  const zeros = ['lastNumber', 'changed', 'readByCustomer', 'readByAgents'];
  const fields = {
    threadId,
    customerId,
    status: 'open',
    ...Object.fromEntries(zeros.map((name) => [name, 0])),
    createdAt: now,
    updatedAt: now,
    ...(subject !== undefined && { subject }),
  };
  return Object.entries(fields).flat();
}

/** The fields of a changed thread, each name before its value. */
export function fieldsOfChange({ status, subject, rating }: TranscriptThreadChange): string[] {
  const { stars, comment } = rating ?? {};
  return [
    ...(status === undefined ? [] : ['status', status]),
    ...(subject === undefined ? [] : ['subject', subject]),
    ...(rating === undefined ? [] : ['rating', JSON.stringify({ stars, comment })]),
  ];
}

/** Null when there are no fields. */
export function readThread(reply: unknown): TranscriptThread | null {
  const [fields, unread] = listOf(reply);
  const texts = listOf(fields).map(String);
  const record = new Map<string, string>();
  for (let i = 0; i + 1 < texts.length; i += 2) record.set(texts[i] ?? '', texts[i + 1] ?? '');
  const threadId = record.get('threadId');
  const customerId = record.get('customerId');
  if (threadId === undefined || customerId === undefined) return null;
  const numberOf = (name: string): number => Number(record.get(name) ?? 0);
  const subject = record.get('subject');
  const rating = record.get('rating');
  return {
    threadId,
    customerId,
    ...(subject !== undefined && { subject }),
    status: record.get('status') === 'closed' ? 'closed' : 'open',
    lastNumber: numberOf('lastNumber'),
    changed: numberOf('changed'),
    readByCustomer: numberOf('readByCustomer'),
    readByAgents: numberOf('readByAgents'),
    unread: Number(unread),
    ...(rating !== undefined && { rating: JSON.parse(rating) }),
    createdAt: new Date(numberOf('createdAt')),
    updatedAt: new Date(numberOf('updatedAt')),
  };
}

/** A message as JSON, without its numbers, which the entry of the stream has. */
export function textOfMessage(message: NewTranscriptMessage | TranscriptMessage): string {
  return JSON.stringify({ ...message, number: undefined, changed: undefined });
}

/** Reads an entry of the stream: its id, and its fields `number` and `message`. */
export function readMessage(entry: unknown): TranscriptMessage | null {
  const [id, fields] = listOf(entry);
  const [, number, , text] = listOf(fields);
  if (typeof text !== 'string') return null;
  const { sentAt, editedAt, deletedAt, ...rest }: StoredMessage = JSON.parse(text);
  return {
    ...rest,
    number: Number(number),
    changed: Number.parseInt(String(id), 10),
    sentAt: new Date(sentAt),
    ...(editedAt !== undefined && { editedAt: new Date(editedAt) }),
    ...(deletedAt !== undefined && { deletedAt: new Date(deletedAt) }),
  };
}

export function readMessages(reply: unknown): TranscriptMessage[] {
  return listOf(reply).flatMap((entry) => readMessage(entry) ?? []);
}

/** The parts of a reply; none of one that is no list. */
export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}
