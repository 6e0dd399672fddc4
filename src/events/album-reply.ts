import { hasOwnText } from '../updates/message-text.js';
import type { ReplyEvent } from './reply-event.interface.js';

/**
 * The reply that an album is, from those of its files: with the texts that agents wrote at any of them, else with a
 * description of each file.
 */
export function albumReply(replies: readonly [ReplyEvent, ...ReplyEvent[]]): ReplyEvent {
  const [anyone] = replies;
  const files = replies.toSorted((a, b) => a.message.messageId - b.message.messageId);
  const written = files.filter(({ raw }) => hasOwnText(raw));
  const worded = written.length > 0 ? written : files;
  return {
    ...(files[0] ?? anyone),
    text: worded.map(({ text }) => text).join('\n'),
    html: worded.map(({ html }) => html).join('\n'),
    album: files.map(({ raw }) => raw),
  };
}
