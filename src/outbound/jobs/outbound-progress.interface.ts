import type { FileProgress } from '../file-progress.interface.js';
import type { AgentNotifiedJob } from './agent-notified-job.interface.js';
import type { CustomerActionTold } from './customer-action-job.interface.js';

/** How far the desk has come with a job: its progress in the queue; plain JSON. */
export interface OutboundProgress {
  /** How many parts of its text are in Telegram. */
  readonly sentParts: number;
  /** Whether the next part may be in Telegram already: the answer to its call was lost. */
  readonly maybeSent: boolean;
  /** Whether to send it by itself: Telegram has refused a message that showed it with others. */
  readonly sendAlone: boolean;
  /** The name of the topic that it needs and that may be created already: the call was made. */
  readonly topicName?: string | undefined;
  /** How often that topic was looked for in vain. */
  readonly topicLooks?: number | undefined;
  /** Whether the topic of its thread has been mended for it. */
  readonly isRecovered?: boolean | undefined;
  /** Whether it cannot be posted in the topic of its thread. */
  readonly isOutside?: boolean | undefined;
  /** How long it has waited for further changes of a topic, for another desk or for late messages, in milliseconds. */
  readonly waitedMs?: number | undefined;
  /** How far its files are; undefined while none has been sent. */
  readonly files?: FileProgress | undefined;
  /** How often it was left to processes of a newer version. */
  readonly leftToOthers?: number | undefined;
  /** How often its topic, or what stands in for it, has refused it, or changing the topic has failed. */
  readonly failures?: number | undefined;
  /**
   * Whether it shows what was said before, where there is a history: true for the first notice in a new topic of an old
   * thread, false when Telegram has refused it with that.
   */
  readonly withHistory?: boolean | undefined;
  /** How many agents have been told something alone. */
  readonly toldAgents?: number | undefined;
  /** Whether Telegram takes no answer to the ephemeral message of the agent who is told next. */
  readonly isAnswerRefused?: boolean | undefined;
  /** Whether it is posted as a notice, because agents cannot be told alone. */
  readonly isPublic?: boolean | undefined;
  /** The ids of the notices in which a deletion could not be shown, and whether they are gone. */
  readonly unchanged?: Readonly<Record<string, 'refused' | 'gone'>> | undefined;
  /** How an action of a customer is told that the notices cannot show; undefined while they may. */
  readonly told?: CustomerActionTold | undefined;
  /** How the note of a failure is said in a message of its own; undefined while another message may show it. */
  readonly failureNote?: AgentNotifiedJob | undefined;
}

/** The progress of a job of which nothing has been sent. */
export const NOTHING_SENT: OutboundProgress = {
  sentParts: 0,
  maybeSent: false,
  sendAlone: false,
};
