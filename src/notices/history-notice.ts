import type { HistoryMessage } from '../history/history-message.interface.js';
import type { Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import { label } from './notice-labels.js';
import type { NoticeTemplates } from './notice-templates.js';
import { sanitizeText } from './sanitize-text.js';

/** Messages as a notice may hold them: cleaned, but with their mentions, since they may be cut yet. */
export function cleanHistory(messages: readonly HistoryMessage[]): readonly HistoryMessage[] {
  return messages.map((message) => ({ ...message, text: sanitizeText(message.text) }));
}

/**
 * Shows messages by the template.
 *
 * @param messages As {@link cleanHistory} returns them.
 */
export function applyHistoryTemplate(
  templates: NoticeTemplates,
  threadId: string,
  messages: readonly HistoryMessage[],
  omitted: number,
): Html {
  const shown = messages.map(({ author, name, text, sentAt }) => ({
    author,
    name: label(name ?? undefined),
    text: neutralizeMentions(text),
    sentAt,
  }));
  return templates.threadHistory({ threadId, messages: shown, omitted });
}
