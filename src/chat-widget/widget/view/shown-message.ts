import type { AttachmentView, MessageView, UploadView } from '../../api/views.interface.js';
import type { Conversation } from '../state/conversation.js';
import type { OutboxEntry } from '../state/outbox-entry.js';

const EXCERPT_LENGTH = 200;

export type Mark = 'sending' | 'sent' | 'seen' | 'failed';

/** A line of the log: a message of the server's, or one that is on its way. */
export interface ShownMessage {
  readonly message: MessageView;
  readonly mark?: Mark;
  readonly entry?: OutboxEntry;
  /** What it answers. */
  readonly quote?: string;
}

/** What the log shows, oldest first. */
export function shownMessages(
  conversation: Conversation,
  entries: readonly OutboxEntry[],
  previews: ReadonlyMap<string, string>,
): ShownMessage[] {
  let lastOfCustomer: string | undefined;
  const known = conversation.messages.map((message): ShownMessage => {
    const quote = quoteIn(message, conversation, lastOfCustomer);
    if (!message.mine) return { message, quote };
    lastOfCustomer = message.id;
    return { message, quote, mark: conversation.isSeen(message) ? 'seen' : 'sent' };
  });
  const unsent = entries.filter(({ clientId }) => !conversation.find(`c:${clientId}`));
  return [...known, ...unsent.map((entry) => toShown(entry, previews))];
}

/** Agents mostly answer what the customer wrote last: that need not be said. */
function quoteIn(
  { mine, replyTo }: MessageView,
  conversation: Conversation,
  lastOfCustomer: string | undefined,
): string | undefined {
  const { id, quote } = replyTo ?? {};
  if (quote !== undefined || id === undefined) return quote;
  const answered = conversation.find(id);
  return answered && (mine || id !== lastOfCustomer) ? excerptOf(answered) : undefined;
}

/** The beginning of a message. */
export function excerptOf({ text, attachments = [] }: MessageView): string {
  return (text || attachments.map((file) => file.text).join(' ')).slice(0, EXCERPT_LENGTH);
}

function toShown(entry: OutboxEntry, previews: ReadonlyMap<string, string>): ShownMessage {
  const message: MessageView = {
    id: `c:${entry.clientId}`,
    number: Infinity,
    changed: 0,
    author: { kind: 'customer' },
    mine: true,
    text: entry.text,
    attachments: entry.uploads.map((upload) => toAttachment(upload, previews.get(upload.id))),
    replyTo: entry.replyTo,
    sentAt: entry.sentAt,
  };
  return { message, entry, quote: entry.replyTo?.quote, mark: entry.error ? 'failed' : 'sending' };
}

function toAttachment(
  { id, name, size, contentType }: UploadView,
  url: string | undefined,
): AttachmentView {
  // Only pictures are shown before the server has them.
  return { id, kind: 'document', name, size, contentType, text: name, url: url ?? '' };
}
