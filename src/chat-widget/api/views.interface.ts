/** A message as its customer gets it. Dates are ISO texts. */
export interface MessageView {
  readonly id: string;
  readonly number: number;
  readonly changed: number;
  readonly author: { readonly kind: 'customer' | 'agent' | 'system'; readonly name?: string };
  /** Whether the customer has written it. */
  readonly mine: boolean;
  readonly text?: string;
  readonly html?: string;
  readonly attachments?: readonly AttachmentView[];
  readonly replyTo?: { readonly id?: string; readonly quote?: string };
  readonly event?: 'closed' | 'reopened' | 'rated';
  readonly reactions?: { readonly customer?: string; readonly agents?: readonly string[] };
  readonly sentAt: string;
  readonly editedAt?: string;
  readonly deletedAt?: string;
}

/** A file of a message. */
export interface AttachmentView {
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly contentType?: string;
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** Words for it, such as `[photo]`. */
  readonly text: string;
  /** Relative to the path of the chat, else a path or a URL. It expires. */
  readonly url: string;
  readonly thumbnailUrl?: string;
}

/** A thread as its customer gets it. */
export interface ThreadView {
  readonly id: string;
  readonly subject?: string;
  readonly status: 'open' | 'closed';
  readonly changed: number;
  /** The number from which to go on reading. */
  readonly cursor: number;
  readonly readByCustomer: number;
  readonly readByAgents: number;
  readonly unread: number;
  readonly rating?: { readonly stars: number; readonly comment?: string };
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** How much customers may upload. */
export interface UploadLimits {
  readonly maxBytes: number;
  readonly maxFiles: number;
  /** As in `accept` of an `<input>`; empty for any type. */
  readonly types?: readonly string[];
}

/** Who the customer is, and what is possible. */
export interface SessionView {
  readonly customer: { readonly key: string; readonly name?: string };
  /** For the header `Authorization`, when a token was exchanged. */
  readonly session?: string;
  readonly expiresAt?: string;
  readonly expiresInSeconds?: number;
  readonly threads: readonly ThreadView[];
  readonly uploads: UploadLimits | null;
  /** The longest text of a message, in characters. */
  readonly maxTextLength?: number;
  readonly availability: {
    readonly isOpen: boolean;
    readonly text?: string;
    readonly opensAt?: string;
  };
  readonly anonymous?: boolean;
}

/** A file that was uploaded, and not sent yet. */
export interface UploadView {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType?: string;
}
