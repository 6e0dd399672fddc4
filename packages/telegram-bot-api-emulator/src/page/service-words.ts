import type { Message } from '@grammyjs/types';
import { mediaOf } from '../files/message-file.js';
import { isServiceMessage, SERVICE_FIELDS } from '../world/bot-visibility.js';
import { topicIconEmoji } from '../world/topic-icons.js';
import { createPageSender, nameOfUser } from './sender-view.js';

/** How much of another message an event or a reply shows. */
const EXCERPT_LENGTH = 120;

/** What the event is that a message reports, in words; undefined when it reports none. */
export function describeService(message: Message): string | undefined {
  if (!isServiceMessage(message)) return undefined;
  const { name } = createPageSender(message);
  return (
    describeTopic(message, name) ?? describeMembers(message, name) ?? describeChat(message, name)
  );
}

/** What a message says, in a line: its text, or what it holds. */
export function excerptOf(message: Message): string {
  const text = message.text ?? message.caption ?? '';
  if (text === '') return describeService(message) ?? (nounOf(message) || 'Message');
  const characters = Array.from(text.replaceAll(/\s+/g, ' '));
  return characters.length > EXCERPT_LENGTH
    ? `${characters.slice(0, EXCERPT_LENGTH).join('')}…`
    : characters.join('');
}

/** What a message holds beside text, in a word or two; empty when it is nothing. */
export function nounOf(message: Message): string {
  const media = mediaOf(message).replaceAll('_', ' ');
  if (media !== '') return media.charAt(0).toUpperCase() + media.slice(1);
  if (message.poll) return `Poll: ${message.poll.question}`;
  if (message.venue) return `Venue: ${message.venue.title}`;
  if (message.location) return 'Location';
  if (message.contact) return `Contact: ${message.contact.first_name}`;
  return message.dice?.emoji ?? '';
}

function describeTopic(message: Message, name: string): string | undefined {
  const { forum_topic_created: created, forum_topic_edited: edited } = message;
  if (created) return `${name} created the topic "${created.name}"`;
  if (edited) {
    const { name: renamed, icon_custom_emoji_id: icon } = edited;
    if (renamed !== undefined) return `${name} renamed the topic to "${renamed}"`;
    if (icon === '') return `${name} took away the icon of the topic`;
    return `${name} changed the icon of the topic to ${topicIconEmoji(icon ?? '') ?? 'another'}`;
  }
  if (message.forum_topic_closed) return `${name} closed the topic`;
  if (message.forum_topic_reopened) return `${name} reopened the topic`;
  if (message.general_forum_topic_hidden) return `${name} hid the topic`;
  return message.general_forum_topic_unhidden ? `${name} showed the topic again` : undefined;
}

function describeMembers(message: Message, name: string): string | undefined {
  const { new_chat_members: come, left_chat_member: gone, from } = message;
  if (come) {
    const isOwn = come.length === 1 && come[0]?.id === from?.id;
    return isOwn ? `${name} joined` : `${name} added ${come.map(nameOfUser).join(', ')}`;
  }
  if (!gone) return undefined;
  return gone.id === from?.id ? `${name} left` : `${name} removed ${nameOfUser(gone)}`;
}

function describeChat(message: Message, name: string): string {
  const { pinned_message: pinned, new_chat_title: title } = message;
  if (pinned) {
    return `${name} pinned ${'date' in pinned && pinned.date > 0 ? `"${excerptOf(pinned)}"` : 'a message'}`;
  }
  if (title !== undefined) return `${name} renamed the chat to "${title}"`;
  if (message.migrate_to_chat_id !== undefined) return 'This group became a supergroup';
  if (message.migrate_from_chat_id !== undefined) return 'This supergroup was a group before';
  const field = SERVICE_FIELDS.find((one) => message[one] !== undefined);
  return `${name}: ${(field ?? 'event').replaceAll('_', ' ')}`;
}
