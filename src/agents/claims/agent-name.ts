import { html, type Html } from '../../notices/html.js';
import { label } from '../../notices/notice-labels.js';
import type { Assignee } from '../../threads/thread-claims.js';

/** How agents read the name of another one. */
export function nameOf({ id, name }: Assignee): string {
  return label(name) ?? String(id);
}

/** The same so that Telegram notifies them. */
export function mentionOf(agent: Assignee): Html {
  return html`<a href="tg://user?id=${agent.id}">${nameOf(agent)}</a>`;
}
