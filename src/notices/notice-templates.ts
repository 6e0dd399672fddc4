import type { Customer } from '../outbound/customer.js';
import type { HistoryMessage } from '../history/history-message.interface.js';
import type { TopicObstacle } from '../outbound/jobs/desk-notified-job.interface.js';
import type { ThreadStatus } from '../threads/thread-record.interface.js';
import type { Html } from './html.js';

/**
 * What a customer has done with a message that is shown.
 *
 * @publicApi
 */
export type MessageState = 'edited' | 'deleted';

/** The piece of a text that a notice shows, when the text is too long for one message. */
export interface NoticePart {
  /** The customer's words, see {@link NoticeTemplates}; empty when the message has files alone. */
  readonly text: string;
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** A field of the context of a thread, as a card shows it. */
export interface ShownContextField {
  readonly label: string;
  /** On one line; empty where it is a time. */
  readonly text: string;
  readonly time?: Date | undefined;
  /** Where it leads. */
  readonly url?: string | undefined;
  /** Whether agents copy the text by a tap on it: show it as `code`. */
  readonly copy: boolean;
}

/** How a thread stands. The notice is edited when that changes, and its template called again. */
export interface CardNotice {
  /** Undefined where it is not known. */
  readonly status?: ThreadStatus | undefined;
  /** When the customer wrote the first message that no agent has answered yet; undefined when none waits. */
  readonly waitingSince?: Date | undefined;
  /** The name of the agent who has the thread; undefined when nobody has it. */
  readonly assignee?: string | undefined;
  /** What the app has said of the thread. Some of the last ones are left out where they do not fit. */
  readonly context: readonly ShownContextField[];
  /** How the customer has rated the conversation: 1 to 5 stars, and the beginning of the comment. */
  readonly rating?: { readonly stars: number; readonly comment?: string | undefined } | undefined;
  /** All of these, as the default template shows them: one line for each; blank when there is none. */
  readonly card: Html;
}

/** What the first notice of a thread shows. */
export interface NewThreadNotice extends NoticePart, CardNotice {
  readonly threadId: string;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  /** Where the app shows the thread. */
  readonly url?: string | undefined;
  /** What the customer has done with the message since. Where a template does not show it, a line below says so. */
  readonly state?: MessageState | undefined;
}

/** What the notice of a further message shows. */
export interface UserMessageNotice extends NoticePart {
  readonly threadId: string;
  readonly customer?: Customer | undefined;
  /** Whether it stands right below another message of the same customer, in the same notice. */
  readonly continued: boolean;
  /** What the customer has done with the message since. Where a template does not show it, a line below says so. */
  readonly state?: MessageState | undefined;
}

/** What a customer has made of a message, when its notice cannot be changed, or is not known any more. */
export interface MessageEditedNotice extends NoticePart {
  readonly threadId: string;
  readonly customer?: Customer | undefined;
  /** `deleted` when the customer has deleted the message since. Where a template does not show it, a line below says so. */
  readonly state?: MessageState | undefined;
}

/** For agents when a customer has deleted a message and its notice cannot be changed. */
export interface MessageDeletedNotice {
  readonly threadId: string;
  readonly customer?: Customer | undefined;
}

/** For an agent whose reply, or whose edit or deletion of one, the app's handlers could not process. */
export interface ReplyFailedNotice {
  readonly threadId: string;
  /**
   * The message of the last error of the app's handler on one line, without secrets and shortened; neutral
   * words with `replies.exposeErrors: false`.
   */
  readonly reason: string;
}

/**
 * Why something that an agent wrote is no reply.
 *
 * - `plain`: it replies to nothing.
 * - `ambiguous`: in a private desk, it may be meant for more than one thread.
 * - `unknown`: in a private desk, no thread was notified lately.
 * - `command`: it is a command.
 * - `comment`: it comments on a channel's post.
 * - `channel`: it is in a channel, or comments on a post of one that is set as the desk.
 * - `no_thread`: the desk shows threads as topics, and it is in a topic of no thread, or in General.
 * - `two_threads`: it is in the topic of one thread and replies to a notice of another.
 * - `edited_to_note`: it is a reply of which an edit has made a note or a command.
 * - `edited_deleted`: it was deleted before it was edited.
 * - `edited_note`: it was a note or a command before it was edited.
 * - `stays_in_telegram`: the app gets words only for what it is, such as a story, a game or a giveaway.
 * - `late_note`: it is a note in an album whose other files have reached the customer before.
 */
export type NotAReplyReason = (typeof NOT_A_REPLY_REASONS)[number];

const NOT_A_REPLY_REASONS = [
  'plain',
  'ambiguous',
  'unknown',
  'command',
  'comment',
  'channel',
  'no_thread',
  'two_threads',
  'edited_to_note',
  'edited_deleted',
  'edited_note',
  'late_note',
  'stays_in_telegram',
] as const;

/** @internal */
export function isNotAReplyReason(value: string): value is NotAReplyReason {
  return NOT_A_REPLY_REASONS.some((reason) => reason === value);
}

/** For an agent who wrote something that looks like an answer and reached no customer. */
export interface NotAReplyNotice {
  readonly reason: NotAReplyReason;
}

/**
 * Why what an agent wanted to delete is not deleted.
 *
 * - `no_target`: `/del` replies to nothing.
 * - `notice`: it replies to a message of the bot.
 * - `not_own`: it replies to a message of somebody else.
 * - `no_reply`: the message is no reply to a customer, or one that is not known any more.
 * - `no_handler`: the app has no method that deletes replies of the thread.
 * - `deleted_before`: it is deleted already.
 * - `edited`: a message became `/del` by an edit.
 */
export type NotDeletedReason = (typeof NOT_DELETED_REASONS)[number];

const NOT_DELETED_REASONS = [
  'no_target',
  'notice',
  'not_own',
  'no_reply',
  'no_handler',
  'deleted_before',
  'edited',
] as const;

/** @internal */
export function isNotDeletedReason(value: string): value is NotDeletedReason {
  return NOT_DELETED_REASONS.some((reason) => reason === value);
}

/** For an agent who wanted to delete something that is not deleted. */
export interface NotDeletedNotice {
  readonly reason: NotDeletedReason;
}

/**
 * Why an agent does not get the history of a thread.
 *
 * - `no_thread`: `/history` stands in no topic of a thread, and replies to no notice of one.
 * - `no_method`: the app has no method with `@LoadHistory()` for the thread, in the process that answers.
 * - `no_messages`: the app has kept no messages of the thread.
 * - `failed`: the app could not load them. The log says why.
 */
export type NoHistoryReason = (typeof NO_HISTORY_REASONS)[number];

const NO_HISTORY_REASONS = ['no_thread', 'no_method', 'no_messages', 'failed'] as const;

/** @internal */
export function isNoHistoryReason(value: string): value is NoHistoryReason {
  return NO_HISTORY_REASONS.some((reason) => reason === value);
}

/** For an agent who has asked for the history of a thread in vain. */
export interface NoHistoryNotice {
  readonly reason: NoHistoryReason;
}

/** A message of before. */
export interface ShownHistoryMessage {
  readonly author: HistoryMessage['author'];
  readonly name?: string | undefined;
  /** See {@link NoticeTemplates}; the end is cut where it is too long. It may be empty. */
  readonly text: string;
  readonly sentAt: Date;
}

/** What was said in a thread before. */
export interface ThreadHistoryNotice {
  readonly threadId: string;
  /** The oldest first. */
  readonly messages: readonly ShownHistoryMessage[];
  /** How many older ones are left out, because they do not fit. The template is called again with fewer messages then. */
  readonly omitted: number;
}

/** For an agent whose command has been carried out. */
export interface CommandAnsweredNotice {
  /** Empty where the command stands in no thread. */
  readonly threadId: string;
  /** Without the slash; empty where something else is answered that an agent wrote. */
  readonly command: string;
  /** What the command says. Show all of it. */
  readonly answer: Html;
}

/** For an agent whose command has failed. */
export interface CommandFailedNotice {
  readonly threadId: string;
  /** Without the slash. */
  readonly command: string;
  /** As {@link ReplyFailedNotice.reason}. */
  readonly reason: string;
}

/** For all agents of a desk that cannot show threads as topics. */
export interface TopicsUnavailableNotice {
  /** The chat has no topics, or the bot lacks the right to manage them. */
  readonly reason: TopicObstacle;
}

/** What the desk has to say, such as that a customer waits too long. */
export interface ToldNotice {
  /** Empty for what is about no single thread. */
  readonly threadId: string;
  /** In the language of the desk. Show all of it. */
  readonly text: Html;
}

/** For the agents of the desk that a thread has left. */
export interface ThreadMovedNotice {
  readonly threadId: string;
  /** The name of the desk that has the thread now. */
  readonly desk: string;
}

/** For the agents of the desk that a thread was moved to. */
export interface ThreadArrivedNotice extends CardNotice {
  readonly threadId: string;
  /** The name of the desk that has had the thread. */
  readonly desk: string;
  readonly subject?: string | undefined;
  /** The name of the customer, or what else is known of them. */
  readonly customer?: string | undefined;
  readonly url?: string | undefined;
}

/** A file of a customer's message that is missing in the notice. */
export interface FileNotSentNotice {
  /** The name of the file, on one line. */
  readonly name: string;
  /** It could not be had, or is larger than Telegram takes. */
  readonly cause: 'missing' | 'too_big';
  /** Of one that is missing: why. Empty when nothing is known. */
  readonly reason: string;
  /** In bytes, where it is known. */
  readonly size?: number | undefined;
  /** Where the app has it, if the app has said so. */
  readonly link?: string | undefined;
}

/** For agents when a customer reacts with an emoji that the bot cannot react with in the chat. */
export interface CustomerReactedNotice {
  readonly threadId: string;
  readonly customer?: Customer | undefined;
  readonly emoji: string;
}

/** For agents when a customer rates the conversation. */
export interface RatedNotice extends NoticePart {
  readonly threadId: string;
  readonly customer?: Customer | undefined;
  /** From 1 to 5. */
  readonly rating: number;
  /** The same as stars, such as ★★★★☆. */
  readonly stars: string;
  /** The customer's comment, see {@link NoticeTemplates}; empty without one. */
  readonly text: string;
}

/**
 * How notices look. Each template returns {@link Html} made by the `html` tag, which escapes every
 * value. A template that throws is reported in the log, and the default is used in its place.
 *
 * A text that is too long for one message is cut, and its template called for each part.
 *
 * What customers wrote is handed over harmless: without control characters, overrides of direction and
 * heaps of empty lines, subjects and names on one line, and without mentions and commands, whose @ or /
 * is replaced by a look-alike. Show the text in a `blockquote`, as the defaults do: it is the one thing
 * that a text cannot imitate.
 *
 * Prettier takes whatever is tagged `html` for a web page and moves its line breaks: set
 * `embeddedLanguageFormatting: 'off'`, or import the tag under another name.
 *
 * @publicApi
 *
 * @example
 * TelegramModule.forRoot({
 *   templates: { userMessage: ({ customer, text }) => html`<b>${customer?.name}</b>\n<blockquote>${text}</blockquote>` },
 * });
 */
export interface NoticeTemplates {
  newThread(notice: NewThreadNotice): Html;
  userMessage(notice: UserMessageNotice): Html;
  /** The customer has edited a message, and its notice cannot show that. */
  messageEdited(notice: MessageEditedNotice): Html;
  /** The customer has deleted a message, and its notice cannot show that. It may be a reply to the notice. */
  messageDeleted(notice: MessageDeletedNotice): Html;
  /** The customer reacts to a message by an emoji that the bot cannot show. It is a reply to the message where that is known. */
  customerReacted(notice: CustomerReactedNotice): Html;
  /** The customer rates the conversation. */
  rated(notice: RatedNotice): Html;
  /** Stands below the customer's text. */
  fileNotSent(notice: FileNotSentNotice): Html;
  replyFailed(notice: ReplyFailedNotice): Html;
  replyUnroutable(): Html;
  replyRefused(): Html;
  replyWaits(): Html;
  reactionsForbidden(): Html;
  /** An agent has changed a reply, and the app has no handler that takes edits. */
  replyEdited(): Html;
  /** An agent has changed a reply, and the app's handlers could not process that. */
  editFailed(notice: ReplyFailedNotice): Html;
  /** The app has deleted a reply, in a chat that forbids the reaction which says so. */
  replyDeleted(): Html;
  notDeleted(notice: NotDeletedNotice): Html;
  /** An agent has deleted a reply, and the app's handlers could not process that. */
  deletionFailed(notice: ReplyFailedNotice): Html;
  /** The messages of before, for an agent who asks with `/history`, in a new topic of an old thread, or at another desk. */
  threadHistory(notice: ThreadHistoryNotice): Html;
  noHistory(notice: NoHistoryNotice): Html;
  commandAnswered(notice: CommandAnsweredNotice): Html;
  commandFailed(notice: CommandFailedNotice): Html;
  /** A reply is of a kind that this version does not know. */
  replyUnsupported(): Html;
  notAReply(notice: NotAReplyNotice): Html;
  /** Threads are shown as replies, because topics cannot be used. */
  topicsUnavailable(notice: TopicsUnavailableNotice): Html;
  /** The app has closed a thread that has no topic. */
  threadClosed(): Html;
  /** The app has opened a closed thread again that has no topic. */
  threadReopened(): Html;
  /** A reminder, a word before a conversation is closed, or which conversations wait when the desk opens. */
  told(notice: ToldNotice): Html;
  /** The app has moved the thread to another desk. */
  threadMoved(notice: ThreadMovedNotice): Html;
  /** The app has moved the thread here; this is the first that this desk sees of it. */
  threadArrived(notice: ThreadArrivedNotice): Html;
}
