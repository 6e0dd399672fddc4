import type { ReactionType, ReactionTypeEmoji } from '@grammyjs/types';

type Emoji = ReactionTypeEmoji['emoji'];

/** Emoji that mean "delivered", the clearest first. */
const PREFERRED: readonly Emoji[] = ['👍', '👌', '🔥', '❤', '🎉', '💯', '👏', '🤝', '🙏', '⚡'];

/** Emoji that an agent would read as a failure, a joke or an insult. */
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
 * The clearest emoji that a chat allows to acknowledge a reply; null when each of those it allows would
 * mislead.
 *
 * @param allowed The `available_reactions` of a chat. Custom emoji are skipped: not every bot may use them.
 */
export function allowedAcknowledgement(allowed: readonly ReactionType[]): Emoji | null {
  const emoji = allowed.flatMap((reaction) => (reaction.type === 'emoji' ? [reaction.emoji] : []));
  return (
    PREFERRED.find((each) => emoji.includes(each)) ??
    emoji.find((each) => !MISLEADING.has(each)) ??
    null
  );
}
