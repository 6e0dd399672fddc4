/**
 * A conversation of the chat, as it is stored.
 *
 * @publicApi
 */
export interface TranscriptThread {
  readonly threadId: string;
  /** Whose thread it is: nobody else may see it. */
  readonly customerId: string;
  readonly subject?: string;
  readonly status: 'open' | 'closed';
  /** The counter of the thread: how many changes there have been. Each takes the next number. */
  readonly lastNumber: number;
  /** The counter when this record itself last changed: its status, subject, rating or marks. A message does not change it. */
  readonly changed: number;
  /** Messages whose number is not above it have been read by the customer. */
  readonly readByCustomer: number;
  /** Messages whose number is not above it have been read by agents. */
  readonly readByAgents: number;
  /** How many messages of agents have numbers above {@link readByCustomer}. Deleted ones do not count. */
  readonly unread: number;
  readonly rating?: TranscriptRating;
  readonly createdAt: Date;
  /** When something of the thread last changed. */
  readonly updatedAt: Date;
}

/**
 * What a customer thinks of a conversation.
 *
 * @publicApi
 */
export interface TranscriptRating {
  readonly stars: 1 | 2 | 3 | 4 | 5;
  readonly comment?: string;
}

/**
 * A message of a thread in its present form, as it is stored. All of it but the dates is plain JSON.
 *
 * @publicApi
 */
export interface TranscriptMessage {
  /** Unique within the thread: whoever appends a message again with the same id appends nothing. */
  readonly id: string;
  /** The place in the thread: the counter when it was appended. It never changes. */
  readonly number: number;
  /** The counter when it last changed. Equal to {@link number} at first. */
  readonly changed: number;
  readonly author: TranscriptAuthor;
  readonly text?: string;
  /** The text as escaped HTML. Only messages of agents have it. */
  readonly html?: string;
  readonly attachments?: readonly TranscriptAttachment[];
  readonly replyTo?: TranscriptReplyTarget;
  /** What a message of the system tells. */
  readonly event?: TranscriptEvent;
  readonly reactions?: TranscriptReactions;
  /** The page that the customer wrote on. */
  readonly pageUrl?: string;
  readonly sentAt: Date;
  readonly editedAt?: Date;
  /** A deleted message keeps its id, numbers, author and date of sending, and nothing else. */
  readonly deletedAt?: Date;
}

/** @publicApi */
export type TranscriptEvent = 'closed' | 'reopened' | 'rated';

/** @publicApi */
export interface TranscriptAuthor {
  readonly kind: 'customer' | 'agent' | 'system';
  readonly id?: string;
  readonly name?: string;
}

/** @publicApi */
export interface TranscriptReplyTarget {
  /** The id of the message, if it is one of the thread. */
  readonly id?: string;
  readonly quote?: string;
}

/** @publicApi */
export interface TranscriptReactions {
  readonly customer?: string;
  readonly agents?: readonly string[];
}

/**
 * A file of a message, as it is stored: links are made when it is read.
 *
 * @publicApi
 */
export interface TranscriptAttachment {
  /** Unique within the message. */
  readonly id: string;
  readonly kind: string;
  readonly name?: string;
  readonly contentType?: string;
  /** In bytes. */
  readonly size?: number;
  /** In pixels. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
  /** What stands for it where it cannot be shown, such as `[photo]`. */
  readonly text: string;
  readonly source: TranscriptFileSource;
}

/**
 * Where the bytes of a file are: an upload of the customer, or a file in Telegram.
 *
 * @publicApi
 */
export type TranscriptFileSource =
  | { readonly uploadId: string }
  | {
      /** The name of the desk whose agent sent it. */
      readonly desk: string;
      /** Telegram's `file_id`. */
      readonly fileId: string;
      /** The `file_id` of a picture of it. */
      readonly thumbnailFileId?: string;
    };

/**
 * What a thread begins with.
 *
 * @publicApi
 */
export type NewTranscriptThread = Pick<TranscriptThread, 'threadId' | 'customerId' | 'subject'>;

/**
 * A message before the store has numbered it.
 *
 * @publicApi
 */
export type NewTranscriptMessage = Omit<TranscriptMessage, 'number' | 'changed' | 'deletedAt'>;

/**
 * What to change of a message. What is left out stays; null takes it away.
 *
 * @publicApi
 */
export interface TranscriptMessageChange {
  readonly text?: string | null;
  readonly html?: string | null;
  readonly attachments?: readonly TranscriptAttachment[] | null;
  /** Each side changes its own reactions and leaves those of the other. */
  readonly reactions?: {
    readonly customer?: string | null;
    readonly agents?: readonly string[] | null;
  };
  readonly editedAt?: Date;
}

/**
 * What to change of a thread. What is left out stays.
 *
 * @publicApi
 */
export type TranscriptThreadChange = Partial<
  Pick<TranscriptThread, 'status' | 'subject' | 'rating'>
>;

/**
 * Which messages to list.
 *
 * @publicApi
 */
export type TranscriptSelection =
  | {
      /** Those that have changed since, each once in its present form, in ascending order of `changed`. */
      readonly after: number;
      readonly limit: number;
    }
  | {
      /** The last ones whose `number` is below it, in ascending order of `number`; left out: the last ones of all. */
      readonly before?: number;
      readonly limit: number;
    };

/**
 * What became of {@link TranscriptStore.append}.
 *
 * @publicApi
 */
export interface AppendedMessage {
  readonly message: TranscriptMessage;
  /** False when the thread had a message of that id already, which is then `message`. */
  readonly isNew: boolean;
}
