import type { BotApiError } from '../errors/index.js';

/**
 * What a refusal says of topics.
 *
 * - `gone`: the topic is deleted, or Telegram cannot find it any more.
 * - `closed`: the topic is closed, and the bot may not write there.
 * - `not_modified`: the topic is like that already.
 * - `no_topics`: the chat has no topics.
 * - `no_right`: the bot may not do this to topics.
 */
export type TopicError = 'gone' | 'closed' | 'not_modified' | 'no_topics' | 'no_right';

/**
 * Words are from telegram-bot-api (Client.cpp) and tdlib/td (ForumTopicManager.cpp), codes in capitals from Telegram's
 * MTProto servers. Within a minute of its deletion a topic is TOPIC_DELETED, later it is not found.
 */
const WORDS: ReadonlyArray<readonly [TopicError, RegExp]> = [
  ['gone', /^(?:message thread not found|TOPIC_(?:DELETED|ID_INVALID))$/i],
  ['closed', /^TOPIC_CLOSED$/i],
  ['not_modified', /^TOPIC_NOT_MODIFIED$/i],
  ['no_topics', /^(?:the chat is not a (?:supergroup )?forum|CHANNEL_FORUM_MISSING)$/i],
  ['no_right', /^not enough rights to (?:create a topic|edit the topic|close or open the topic)/i],
];

/** Undefined when the refusal is not about topics. */
export function topicErrorOf({ description }: BotApiError): TopicError | undefined {
  const words = description.trim().replace(/^bad request\s*:\s*/i, '');
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}
