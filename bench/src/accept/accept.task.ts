/** Who takes the messages. */
export type AcceptorName =
  | 'BullMQ add'
  | 'notifyUserMessage, threads that already wait'
  | 'notifyUserMessage, a new thread each'
  | 'notifyUserMessage in memory, a new thread each';

/** What is asked of an acceptor in one run. */
export interface AcceptTask {
  readonly acceptor: AcceptorName;
  readonly redisUrl: string;
  readonly apiRoot: string;
  readonly token: string;
  readonly chatId: number;
  /** How many calls are under way at once. */
  readonly inFlight: number;
  readonly calls: number;
}

/** What came of it. */
export interface AcceptOutcome {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the accepting process. */
  readonly cpuMsPerThousand: number;
}
