import type { HtmlValue } from '../notices/html.js';
import type { ENGLISH } from './english.js';

/** The name of a text. */
export type TextKey = keyof typeof ENGLISH;

/**
 * The texts that agents read, by their names. Each is markup of Telegram (`<b>`, `<i>`, `<code>` …); a value, which is
 * escaped, takes the place of each name in braces, such as `{agent}`.
 *
 * @publicApi
 */
export type AgentTexts = Readonly<Record<TextKey, string>>;

type PlaceholderIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderIn<Rest>
  : never;

/** The values of a text: one for each of its placeholders. */
export type TextValues<Key extends TextKey> = Readonly<
  Record<PlaceholderIn<(typeof ENGLISH)[Key]>, HtmlValue>
>;

/** The values as an argument, which a text without placeholders does not take. */
export type TextArguments<Key extends TextKey> = keyof TextValues<Key> extends never
  ? []
  : [values: TextValues<Key>];
