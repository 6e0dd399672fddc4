import type { ReactionType, ReactionTypeEmoji } from '@grammyjs/types';

type Emoji = ReactionTypeEmoji['emoji'];

/** What says "taken", the clearest first. */
const PREFERRED: readonly Emoji[] = ['👍', '👌', '🔥', '❤', '🎉', '💯', '👏', '🤝', '🙏', '⚡'];

/** What an agent would take for a failure, a joke or an insult. */
const MISLEADING: ReadonlySet<Emoji> = new Set<Emoji>([
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
 * The emoji that tells an agent best that a reply was taken, of those that a chat allows; null where it
 * allows none that would not mislead.
 *
 * @param allowed The `available_reactions` of a chat. Custom emoji are left out: a bot may not know them.
 */
export function allowedAcknowledgement(allowed: readonly ReactionType[]): Emoji | null {
  const emoji = allowed.flatMap((reaction) => (reaction.type === 'emoji' ? [reaction.emoji] : []));
  return (
    PREFERRED.find((each) => emoji.includes(each)) ??
    emoji.find((each) => !MISLEADING.has(each)) ??
    null
  );
}
