import type { ErrorCode } from './api/chat-error.js';
import type { MessageView } from '../api/views.interface.js';
import type { SupportChatElement } from './support-chat.element.js';

/**
 * What the element tells the page.
 *
 * @publicApi
 */
export interface SupportChatEvents {
  'support-chat:open': CustomEvent<undefined>;
  'support-chat:close': CustomEvent<undefined>;
  /** A message arrived, of an agent or of the customer's from another tab. */
  'support-chat:message': CustomEvent<{ readonly message: MessageView }>;
  'support-chat:unread': CustomEvent<{ readonly unread: number }>;
  'support-chat:error': CustomEvent<{ readonly code: ErrorCode; readonly retryAfterMs?: number }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'support-chat': SupportChatElement;
  }
  interface HTMLElementEventMap extends SupportChatEvents {}
}
