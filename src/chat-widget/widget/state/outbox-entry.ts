import type { ErrorCode } from '../api/chat-error.js';
import type { UploadView } from '../../api/views.interface.js';

/** A message of the customer's that the server does not have yet. */
export interface OutboxEntry {
  readonly clientId: string;
  /** The thread it goes to; empty for one that it begins. */
  threadId: string;
  readonly text: string;
  readonly uploads: readonly UploadView[];
  readonly replyTo?: { readonly id: string; readonly quote: string };
  readonly pageUrl: string;
  readonly sentAt: string;
  /** Why the server refused it. It stays until the customer decides. */
  error?: ErrorCode;
}

/** Whether this is one, as it was kept by this version of the widget. */
export function isEntry(value: unknown): value is OutboxEntry {
  return (
    typeof value === 'object' &&
    value !== null &&
    'clientId' in value &&
    'uploads' in value &&
    'sentAt' in value
  );
}
