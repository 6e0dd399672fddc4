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
