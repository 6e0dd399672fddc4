import type { ReactionTypeEmoji } from '@grammyjs/types';

/** An emoji that a bot may react with. */
export type ReactionEmoji = ReactionTypeEmoji['emoji'];

/** All 73 emoji that bots may react with, as `ReactionTypeEmoji` of the Bot API lists them. */
const REACTION_EMOJI: readonly ReactionEmoji[] = [
  '👍',
  '👎',
  '❤',
  '🔥',
  '🥰',
  '👏',
  '😁',
  '🤔',
  '🤯',
  '😱',
  '🤬',
  '😢',
  '🎉',
  '🤩',
  '🤮',
  '💩',
  '🙏',
  '👌',
  '🕊',
  '🤡',
  '🥱',
  '🥴',
  '😍',
  '🐳',
  '❤‍🔥',
  '🌚',
  '🌭',
  '💯',
  '🤣',
  '⚡',
  '🍌',
  '🏆',
  '💔',
  '🤨',
  '😐',
  '🍓',
  '🍾',
  '💋',
  '🖕',
  '😈',
  '😴',
  '😭',
  '🤓',
  '👻',
  '👨‍💻',
  '👀',
  '🎃',
  '🙈',
  '😇',
  '😨',
  '🤝',
  '✍',
  '🤗',
  '🫡',
  '🎅',
  '🎄',
  '☃',
  '💅',
  '🤪',
  '🗿',
  '🆒',
  '💘',
  '🙉',
  '🦄',
  '😘',
  '💊',
  '🙊',
  '😎',
  '👾',
  '🤷‍♂',
  '🤷',
  '🤷‍♀',
  '😡',
];

/**
 * The emoji as Telegram spells it: keyboards may add a selector of the coloured form, which Telegram leaves out.
 *
 * @returns Undefined when bots cannot react with it.
 */
export function toReactionEmoji(value: string): ReactionEmoji | undefined {
  const spelled = value.replaceAll('\u{fe0f}', '');
  return REACTION_EMOJI.find((emoji) => emoji === spelled);
}
