import type { BotApiSchema } from './bot-api-schema.interface.js';
import { suggestName } from './suggest-name.js';

/**
 * Names that Telegram's server still reads, or did for long, and that its documentation and the
 * types do not know any more, with the names that took their place in one object or another.
 */
const LEGACY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  allow_sending_without_reply: ['reply_parameters'],
  can_manage_voice_chats: ['can_manage_video_chats'],
  correct_option_id: ['correct_option_ids'],
  disable_web_page_preview: ['link_preview_options'],
  png_sticker: ['stickers', 'sticker'],
  reply_to_message_id: ['reply_parameters'],
  request_user: ['request_users'],
  switch_pm_parameter: ['button'],
  switch_pm_text: ['button'],
  tgs_sticker: ['stickers', 'sticker'],
  thumb: ['thumbnail'],
  thumb_height: ['thumbnail_height'],
  thumb_mime_type: ['thumbnail_mime_type'],
  thumb_url: ['thumbnail_url'],
  thumb_width: ['thumbnail_width'],
  webm_sticker: ['stickers', 'sticker'],
};

/** Knows what to use instead of a name that does not exist. */
export class NameSuggester {
  readonly #renamed: BotApiSchema['renamed'];

  constructor(renamed: BotApiSchema['renamed']) {
    this.#renamed = renamed;
  }

  /** The method that took the place of another one. */
  findMethod(name: string): string | undefined {
    const lower = name.toLowerCase();
    const entry = Object.entries(this.#renamed.methods).find(
      ([old]) => old.toLowerCase() === lower,
    );
    return entry?.[1];
  }

  /**
   * What is wrong with an unknown name, to be put behind it.
   *
   * @param noun What the name would be of, such as `parameter of this method`.
   * @param known The names that exist beside it.
   */
  explain(name: string, noun: string, known: readonly string[]): string {
    const replacement = this.#replacements(name).find((candidate) => known.includes(candidate));
    if (replacement !== undefined) return `is a legacy name; use "${replacement}" instead`;
    return `is no ${noun}${suggestName(name, known)}`;
  }

  #replacements(name: string): readonly string[] {
    const { fields } = this.#renamed;
    const renamed = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (renamed !== undefined) return [renamed];
    return Object.hasOwn(LEGACY_FIELDS, name) ? (LEGACY_FIELDS[name] ?? []) : [];
  }
}
