/**
 * Icons of topics that bots may use, by the emoji that they stand for: some of those of Telegram's own set,
 * with the ids that they have there.
 */
export const TOPIC_ICONS: ReadonlyMap<string, string> = new Map([
  ['📝', '5373251851074415873'],
  ['💬', '5417915203100613993'],
  ['❗️', '5379748062124056162'],
  ['❓', '5377316857231450742'],
  ['✅', '5237699328843200968'],
  ['🏁', '5408906741125490282'],
  ['🔥', '5312241539987020022'],
  ['💰', '5350452584119279096'],
  ['💻', '5350554349074391003'],
  ['⚡️', '5312016608254762256'],
  ['⭐️', '5235579393115438657'],
  ['📣', '5309984423003823246'],
  ['‼️', '5377498341074542641'],
]);

/** Whether this is the id of one of them. */
export function isTopicIcon(customEmojiId: string): boolean {
  return [...TOPIC_ICONS.values()].includes(customEmojiId);
}

/** The id of the custom emoji that is meant by the emoji of a free icon, or by itself; undefined when it is neither. */
export function topicIconId(icon: string): string | undefined {
  if (/^[1-9]\d*$/.test(icon)) return icon;
  return [...TOPIC_ICONS].find(([emoji]) => bare(emoji) === bare(icon))?.[1];
}

/** The emoji that a free icon stands for; undefined for other custom emoji. */
export function topicIconEmoji(customEmojiId: string): string | undefined {
  return [...TOPIC_ICONS].find(([, id]) => id === customEmojiId)?.[0];
}

/** The colours of topics without an icon. */
const TOPIC_COLORS = [0x6f_b9_f0, 0xff_d6_7e, 0xcb_86_db, 0x8e_ee_98, 0xff_93_b2, 0xfb_6f_5f];

/** Whether this is one of the six colours that Telegram knows. */
export function isTopicColor(color: number): boolean {
  return TOPIC_COLORS.includes(color);
}

/** Without a trailing variation selector, which people write or not. */
function bare(emoji: string): string {
  return emoji.replace(/\ufe0f$/, '');
}
