import type { ReactionType } from '@grammyjs/types';
import type { ReactionEmoji } from '../config/reaction-emoji.js';
import type { ReactionSettings } from '../config/group-settings.js';

/** Emoji that mean "delivered", the clearest first. */
const PREFERRED: readonly ReactionEmoji[] = [
  '👍',
  '👌',
  '🔥',
  '❤',
  '🎉',
  '💯',
  '👏',
  '🤝',
  '🙏',
  '⚡',
];

/** Emoji that an agent would read as a failure, a joke or an insult. */
const MISLEADING: ReadonlySet<ReactionEmoji> = new Set<ReactionEmoji>([
  '👎',
  '💩',
  '🤮',
  '😢',
  '😭',
  '😱',
  '🤬',
  '😡',
  '💔',
  '🖕',
  '🤯',
  '😨',
  '🤔',
  '🤨',
  '😐',
  '🥱',
  '🥴',
  '🤡',
  '👻',
  '😴',
  '🌚',
  '🍌',
  '🍓',
  '🍾',
  '💋',
  '😈',
  '🌭',
  '🙈',
  '🙉',
  '🙊',
  '🗿',
  '🤪',
  '💊',
  '💅',
  '🤷',
  '🤷‍♂',
  '🤷‍♀',
  '👾',
  '🤣',
  '😁',
  '🤓',
  '👀',
  '🎃',
  '🐳',
  '🦄',
  '💘',
  '😍',
  '🥰',
  '😘',
  '❤‍🔥',
]);

/**
 * The emoji to acknowledge a reply with: the one that the desk wants, else the clearest that the chat allows; null when
 * each of those would mislead.
 *
 * @param allowed The `available_reactions` of a chat. Custom emoji are skipped: not every bot may use them.
 */
export function allowedAcknowledgement(
  allowed: readonly ReactionType[],
  { taken, read, deleted, close }: ReactionSettings,
): ReactionEmoji | null {
  const emoji = allowed.flatMap((reaction) => (reaction.type === 'emoji' ? [reaction.emoji] : []));
  if (taken && emoji.includes(taken)) return taken;
  const free = emoji.filter((each) => each !== read && each !== deleted && each !== close);
  return (
    PREFERRED.find((each) => free.includes(each)) ??
    free.find((each) => !MISLEADING.has(each)) ??
    null
  );
}
