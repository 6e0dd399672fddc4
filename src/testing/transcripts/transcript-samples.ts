import { deepEqual, fail } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { TranscriptStore } from '../../chat-widget/transcripts/transcript-store.js';
import type {
  NewTranscriptMessage,
  TranscriptMessage,
  TranscriptThread,
} from '../../chat-widget/transcripts/transcript.interface.js';

/** A time whose milliseconds are kept by every database. */
export const SENT_AT = new Date('2026-03-01T12:00:00.000Z');

/** An id that nothing else has. */
export function newId(prefix: string): string {
  return `${prefix}_${randomUUID()}`;
}

/** A new thread of a new customer. */
export function createThread(
  store: TranscriptStore,
  customerId = newId('customer'),
): Promise<TranscriptThread> {
  return store.createThread({ threadId: newId('chat'), customerId });
}

export function fromCustomer(id: string, text = `text of ${id}`): NewTranscriptMessage {
  return { id, author: { kind: 'customer' }, text, sentAt: SENT_AT };
}

export function fromAgent(id: string, text = `text of ${id}`): NewTranscriptMessage {
  const author = { kind: 'agent', id: '7', name: 'Ada' } as const;
  return { id, author, text, html: `<b>${id}</b>`, sentAt: SENT_AT };
}

/** Appends a message to a thread that is there. */
export async function append(
  store: TranscriptStore,
  threadId: string,
  message: NewTranscriptMessage,
): Promise<TranscriptMessage> {
  const appended = await store.append(threadId, message);
  return appended?.message ?? fail('append() returns null for a thread that is there');
}

export async function threadOf(
  store: TranscriptStore,
  threadId: string,
): Promise<TranscriptThread> {
  return (
    (await store.findThread(threadId)) ?? fail('findThread() does not find a thread that is there')
  );
}

/** Compares what a store returns with what is wanted; fields that are undefined count as left out. */
export function same(actual: unknown, wanted: unknown, what: string): void {
  deepEqual(withoutUndefined(actual), withoutUndefined(wanted), what);
}

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutUndefined(field)]));
}
