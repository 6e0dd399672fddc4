import type { PageMessage } from '../../src/page/page-message.interface.js';
import { dayOf } from '../text/date-time.js';

/** What stands in a conversation, from the top to the bottom. */
export type MessageRow =
  | { readonly kind: 'day'; readonly at: number }
  | { readonly kind: 'unread'; readonly count: number }
  | { readonly kind: 'service'; readonly message: PageMessage }
  | {
      readonly kind: 'message';
      /** More than one are an album. */
      readonly messages: readonly [PageMessage, ...PageMessage[]];
      /** Whether it is the first, or the last, of those that one sender wrote in a row. */
      readonly isFirst: boolean;
      readonly isLast: boolean;
    };

/** Within which time messages of one sender stand together. */
const TOGETHER_MS = 15 * 60_000;

/** Puts messages in rows: albums together, days and what is unread apart. */
export function rowsOf(
  messages: readonly PageMessage[],
  unread: { readonly firstId: number; readonly count: number } | undefined,
): MessageRow[] {
  const albums = joinAlbums(messages);
  return albums.flatMap((album, index) => {
    const [message] = album;
    const before = albums[index - 1]?.[0];
    const after = albums[index + 1]?.[0];
    const rows: MessageRow[] = [];
    const isNewDay = !before || dayOf(before.sentAt) !== dayOf(message.sentAt);
    if (isNewDay) rows.push({ kind: 'day', at: message.sentAt });
    const isFirstUnread = unread !== undefined && unread.firstId === message.id;
    if (isFirstUnread) rows.push({ kind: 'unread', count: unread.count });
    if (message.service !== undefined) rows.push({ kind: 'service', message });
    else {
      const isFirst = isNewDay || isFirstUnread || !isTogether(before, message);
      rows.push({ kind: 'message', messages: album, isFirst, isLast: !isTogether(message, after) });
    }
    return rows;
  });
}

function joinAlbums(messages: readonly PageMessage[]): [PageMessage, ...PageMessage[]][] {
  const albums: [PageMessage, ...PageMessage[]][] = [];
  for (const message of messages) {
    const last = albums.at(-1);
    const isSame = message.albumId !== undefined && last?.[0].albumId === message.albumId;
    if (last && isSame) last.push(message);
    else albums.push([message]);
  }
  return albums;
}

function isTogether(before: PageMessage | undefined, after: PageMessage | undefined): boolean {
  if (!before || !after) return false;
  if (before.service !== undefined || after.service !== undefined) return false;
  const [a, b] = [before.sender, after.sender];
  const isSameSender = a.id === b.id && a.kind === b.kind && a.signature === b.signature;
  return (
    isSameSender &&
    Math.abs(after.sentAt - before.sentAt) < TOGETHER_MS &&
    dayOf(before.sentAt) === dayOf(after.sentAt)
  );
}
