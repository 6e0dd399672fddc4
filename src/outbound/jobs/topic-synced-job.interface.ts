/** The topic of a thread has to show how the thread stands now. */
export interface TopicSyncedJob {
  readonly v: 1;
  readonly type: 'topic.synced';
  readonly threadId: string;
}
