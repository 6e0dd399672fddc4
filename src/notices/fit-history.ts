import type { HistoryMessage } from '../history/history-message.interface.js';
import type { Html } from './html.js';
import { splitText } from './split-text.js';

/** Shows messages, and how many older ones are left out. */
export type RenderHistory = (messages: readonly HistoryMessage[], omitted: number) => Html;

/**
 * As many of the newest messages as fit. When not even the newest one does, it is cut.
 *
 * @returns Undefined when there is no room for any.
 */
export function fitHistory(
  messages: readonly HistoryMessage[],
  render: RenderHistory,
  fits: (content: Html) => boolean,
): Html | undefined {
  for (let omitted = 0; omitted < messages.length; omitted += 1) {
    const content = render(messages.slice(omitted), omitted);
    if (fits(content)) return content;
  }
  const newest = messages.at(-1);
  return newest && cutToFit(newest, messages.length - 1, render, fits);
}

/** Shorter by a tenth each time. */
function cutToFit(
  message: HistoryMessage,
  omitted: number,
  render: RenderHistory,
  fits: (content: Html) => boolean,
): Html | undefined {
  for (let length = message.text.length; length >= 2; length = Math.floor(length * 0.9)) {
    const [text = ''] = splitText(message.text, length - 1);
    const content = render([{ ...message, text: `${text}…` }], omitted);
    if (fits(content)) return content;
  }
  return undefined;
}
