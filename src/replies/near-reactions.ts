import { type ReactionEmoji, toReactionEmoji } from '../config/reaction-emoji.js';

/** Skin tones, which no reaction has. */
const SKIN_TONES = /[\u{1f3fb}-\u{1f3ff}]/gu;

/** Emoji that say nearly the same, those of the first list by one of the second. */
const NEAR: ReadonlyArray<readonly [emoji: string, reactions: readonly ReactionEmoji[]]> = [
  ['👍 👌 ✅ ☑ ✔ 🆗 💪', ['👍', '👌', '💯']],
  ['❤ 🧡 💛 💚 💙 💜 🖤 🤍 🤎 ♥ 💕 💖 💗 💓 💞 💝 😍 🥰 😻', ['❤', '🥰', '😍']],
  ['😂 😹 😆 😅 🤣', ['🤣', '😁']],
  ['😀 😃 😄 😁 😊 🙂 ☺ 😸', ['😁', '🤗', '😇']],
  ['🎉 🎊 🥳 🎈', ['🎉', '🍾', '🔥']],
  ['👏 🙌 🏆 🥇', ['👏', '🏆', '🔥']],
  ['🙏 🤲', ['🙏', '🤝']],
  ['😢 😭 😞 😔 ☹ 🙁 😿 😥', ['😢', '😭']],
  ['😠 😡 🤬 😤 👿', ['😡', '🤬']],
  ['😮 😲 😯 😱 🙀', ['😱', '🤯']],
  ['🤔 🧐 ❓', ['🤔', '🤨']],
  ['👎 ❌ 🚫', ['👎']],
];

/** The reactions of Telegram that say what an emoji says, the closest first; none when nothing comes close. */
export function nearReactions(emoji: string): readonly ReactionEmoji[] {
  const plain = emoji.trim().replaceAll(SKIN_TONES, '').replaceAll('\u{fe0f}', '');
  const exact = toReactionEmoji(plain);
  const near = NEAR.find(([group]) => group.split(' ').includes(plain))?.[1] ?? [];
  return [...new Set([...(exact ? [exact] : []), ...near])];
}
