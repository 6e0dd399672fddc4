/** Names one forum topic. */
export interface TopicRef {
  readonly chatId: number;
  /** Telegram's `message_thread_id`. */
  readonly topicId: number;
}
