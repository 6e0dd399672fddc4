import type { ReplyContent } from '../events/reply-event.interface.js';

/** How far a deletion has come: `refused` when the app has no handler for it, or its handlers have failed. */
export type DeletionState = 'asked' | 'done' | 'refused';

/** The newest form of a reply; plain JSON. */
export interface ReplyForm {
  /** How often it was edited. */
  readonly version: number;
  /** What it looks like since the last edit; null without one, and after its thread was purged. */
  readonly content: ReplyContent | null;
  /** When it was edited last, by Telegram's clock, and with which update; 0 without an edit. */
  readonly editedAtMs: number;
  readonly editUpdateId: number;
}

/** Whether a reply is to be deleted; plain JSON. */
export interface ReplyDeletion {
  /** Undefined unless it was deleted. */
  readonly deletion?: { readonly state: DeletionState; readonly updateId: number };
  /** Who has set 🙈 on it before it came: Telegram delivers reactions and messages in no common order. */
  readonly earlyDeletion?: { readonly agentId: number; readonly atMs: number };
}

/** What an agent has made of a reply since it was written. */
export interface ReplyVersion extends ReplyForm, ReplyDeletion {}
