/** A topic, or its `message_thread_id`; that of the General topic is 1. */
export type TopicReference = number | { readonly id: number };

/** The `message_thread_id` of a topic. */
export function topicIdOf(topic: TopicReference): number {
  return typeof topic === 'number' ? topic : topic.id;
}
