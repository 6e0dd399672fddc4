import type { StoredField } from '../../context/stored-field.interface.js';
import type { StoredAttachment } from '../../files/stored-attachment.interface.js';
import type { CardView } from '../../notices/card-view.interface.js';
import type { MessageState } from '../../notices/notice-templates.js';
import type { MessageRef } from '../../threads/message-ref.interface.js';
import type { Customer } from '../customer.js';

/** What a customer wrote. */
export interface MessageBody {
  /** Empty when the message consists of files only. */
  readonly text: string;
  readonly attachments?: readonly StoredAttachment[] | undefined;
  /** What the customer has done with it since. */
  readonly state?: MessageState | undefined;
}

/** A customer has opened a thread. */
export interface ThreadOpenedJob {
  readonly v: 1;
  readonly type: 'thread.opened';
  readonly threadId: string;
  /** The app's id of the message; missing in what a version before this one has stored. */
  readonly messageId?: string;
  readonly body: MessageBody;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  readonly url?: string | undefined;
  /** What the app says of the thread. */
  readonly context?: readonly StoredField[] | undefined;
  /** How the thread stands when it is shown. Not stored. */
  readonly card?: CardView | undefined;
  /** The agent's reply that it answers. */
  readonly replyTo?: MessageRef | undefined;
}

/** A customer has added a message to a thread. */
export interface MessageAddedJob {
  readonly v: 1;
  readonly type: 'message.added';
  readonly threadId: string;
  /** The app's id of the message; missing in what a version before this one has stored. */
  readonly messageId?: string;
  readonly body: MessageBody;
  readonly customer?: Customer | undefined;
  /** The agent's reply that it answers. */
  readonly replyTo?: MessageRef | undefined;
}
