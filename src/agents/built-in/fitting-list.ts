import { html, joinHtml, type Html } from '../../notices/html.js';
import { fits } from '../../notices/notice-draft.js';
import { PART_LENGTH } from '../../notices/notice-renderer.js';

/** Each line has one entity at least, and Telegram shows 100. */
const MOST_LINES = 90;

/**
 * A title and as many lines below it as a message holds.
 *
 * @param moreOf What stands below them when some are left out.
 */
export function fittingList(
  title: Html,
  lines: readonly Html[],
  moreOf: (count: number) => Html = () => html`…`,
): Html {
  const listed = (count: number): Html => {
    const cut = count < lines.length ? [moreOf(lines.length - count)] : [];
    return html`${title}\n${joinHtml([...lines.slice(0, count), ...cut], '\n')}`;
  };
  let count = Math.min(lines.length, MOST_LINES);
  while (count > 0 && !fits(listed(count), PART_LENGTH)) count -= 1;
  return listed(count);
}
