import type { ErrorCode } from '../api/chat-error.js';
import type { MessageView, ThreadView } from '../../api/views.interface.js';

/** What a stream brings, whether this tab reads it or another one. */
export type StreamEvent =
  | { readonly type: 'message'; readonly cursor: number; readonly message: MessageView }
  | { readonly type: 'thread'; readonly cursor: number; readonly thread: ThreadView }
  | { readonly type: 'ready'; readonly cursor: number }
  /** Loads anew: the cursor is of no use, or what other tabs were told is not known. */
  | { readonly type: 'reset' }
  | { readonly type: 'gone' }
  | { readonly type: 'lost'; readonly code: ErrorCode };

export interface StreamReader {
  readonly threadId: string;
  /** What this tab has seen. Waits until it has read the newest messages. */
  cursor(): Promise<number>;
  onEvent(event: StreamEvent): void;
}
