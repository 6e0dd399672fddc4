import type { PageMessage } from '../../src/page/page-message.interface.js';

/** The id of the General topic of a forum. */
export const GENERAL_TOPIC_ID = 1;

/** Where messages stand: a chat, or one of its topics. */
export interface Place {
  /** The key of the chat. */
  readonly chat: string;
  readonly topicId?: number | undefined;
}

/** Names a place in maps and in what is stored. */
export function placeKey({ chat, topicId }: Place): string {
  return topicId === undefined ? chat : `${chat} ${topicId}`;
}

/** Whether a message stands in a place; without a topic, all of the chat do. */
export function isIn(message: PageMessage, { chat, topicId }: Place): boolean {
  return message.chat === chat && (topicId === undefined || message.topicId === topicId);
}
