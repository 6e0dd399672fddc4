/** What somebody chooses for a topic, besides its name. */
export interface TopicIconOptions {
  /** One of the free icons by its emoji, such as `'✅'`, or the id of any custom emoji. By default none. */
  readonly icon?: string;
  /** One of the six colours that Telegram knows, as a number. By default the blue one. */
  readonly color?: number;
}
