import { required, type ChatInput } from './chat-input.js';

/** Pictures with their joiners, selectors, skin tones and tags, keycaps and flags: no words, and not joiners alone. */
const EMOJI =
  /^(?=.{1,32}$)(?=.*(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[\d#*]\ufe0f?\u20e3))(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3|[\u{e0061}-\u{e007f}]|[\d#*](?=\ufe0f?\u20e3))+$/u;

/** The emoji of a reaction; null to take it away. */
export function emojiIn(input: ChatInput): string | null {
  if (input.isNull('emoji')) return null;
  return required('emoji', input.matching('emoji', EMOJI, 'must be one emoji, or null'));
}
