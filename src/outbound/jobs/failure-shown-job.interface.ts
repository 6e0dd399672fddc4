/** The note of a failure has to show how that stands now. */
export interface FailureShownJob {
  readonly v: 1;
  readonly type: 'failure.shown';
  readonly threadId: string;
  /** A job of the inbound queue. */
  readonly failedJobId: string;
}
