import type { InlineKeyboardMarkup } from '@grammyjs/types';
import type { PlacedMessage } from '../../threads/placed-message.interface.js';

/**
 * What an agent is notified of.
 *
 * - `reply_failed`: the app's handlers could not process the reply.
 * - `reply_waiting`: no running process handles replies.
 * - `reply_edited`: the app has the reply as it was before the edit.
 * - `edit_failed`: the app's handlers could not process the edit of a reply.
 * - `reply_deleted`: the app has deleted the reply.
 * - `not_deleted`: a reply was not deleted; `reason` says why.
 * - `deletion_failed`: the app's handlers could not process the deletion of a reply.
 * - `unroutable`: the reply answers a message that belongs to no thread.
 * - `unsupported`: the reply is of a kind that cannot be handed over.
 * - `not_allowed`: only registered agents may answer.
 * - `not_a_reply`: the message reached no customer; `reason` says why.
 * - `history`: the agent has asked for the last messages of the thread, at most `limit` of them, or of no thread.
 * - `command_answered`: a command has been carried out, and has this `answer`.
 * - `command_failed`: a command has failed; `reason` says why.
 * - `failure_changed`: what has failed is tried again, delivered or discarded; `answer` says which.
 * - `reactions_forbidden`: the chat allows no reaction that could acknowledge replies.
 */
export type AgentNoticeCode =
  | 'reply_failed'
  | 'reply_waiting'
  | 'reply_edited'
  | 'edit_failed'
  | 'reply_deleted'
  | 'not_deleted'
  | 'deletion_failed'
  | 'unroutable'
  | 'unsupported'
  | 'not_allowed'
  | 'not_a_reply'
  | 'history'
  | 'command_answered'
  | 'command_failed'
  | 'failure_changed'
  | 'reactions_forbidden';

/** What one agent is told alone. */
export interface PrivateNotice {
  /** Their Telegram user id. */
  readonly agentId: number;
  /** As markup. */
  readonly answer: string;
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  /** The ephemeral message of theirs that it answers, while Telegram lets the bot. */
  readonly ephemeralMessageId?: number | undefined;
}

/** A notice to an agent about one of their messages. */
export interface AgentNotifiedJob {
  readonly v: 1;
  readonly type: 'agent.notified';
  /** The agent's message. */
  readonly inReplyTo: PlacedMessage;
  readonly code: AgentNoticeCode;
  /**
   * Of what has failed, the words of the error; of `not_a_reply`, a `NotAReplyReason`; of `not_deleted`, a
   * `NotDeletedReason`; of `history`, a `NoHistoryReason`.
   */
  readonly reason?: string | undefined;
  readonly threadId?: string | undefined;
  /** Of `history`. */
  readonly limit?: number | undefined;
  /** Of a command, its name without the slash. */
  readonly command?: string | undefined;
  /** Of `command_answered` and `failure_changed`, as markup. */
  readonly answer?: string | undefined;
  /** The buttons below it. */
  readonly keyboard?: InlineKeyboardMarkup | undefined;
  /** What agents are told alone, instead of the notice, where Telegram lets the bot. */
  readonly privately?: readonly PrivateNotice[] | undefined;
  /** Of what can be tried again. */
  readonly failure?: ShownFailure | undefined;
  /** Whether it says that the agent's message is held, and has buttons until that ends. */
  readonly isHold?: boolean | undefined;
}

/** A failure as a note shows it. */
export interface ShownFailure {
  /** The job that has failed. */
  readonly jobId: string;
  /** Whether it has buttons, since nothing is decided yet. */
  readonly isOpen: boolean;
  /** Names what is shown, to be compared. */
  readonly shown: string;
}
