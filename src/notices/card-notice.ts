import type { StoredField } from '../context/stored-field.interface.js';
import type { Texts } from '../texts/texts.js';
import type { CardView } from './card-view.interface.js';
import { html, joinHtml, type Html } from './html.js';
import { linkTo } from './link-to.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import { label, shortened } from './notice-labels.js';
import type { CardNotice, ShownContextField } from './notice-templates.js';
import { timeFromNow } from './shown-time.js';
import { starsOf } from './stars.js';

/** What a template gets of how a thread stands. */
export function cardNoticeOf(view: CardView | undefined, texts: Texts): CardNotice {
  const { status, waitingSinceMs, assigneeName, context = [], rating } = view ?? {};
  const shown = {
    status,
    waitingSince: waitingSinceMs === undefined ? undefined : new Date(waitingSinceMs),
    assignee: label(assigneeName),
    context: context.map(shownField),
    rating: rating && { stars: rating.stars, comment: label(rating.comment) },
  };
  return { ...shown, card: joinHtml(linesOf(shown, texts), '\n') };
}

function linesOf(
  { status, waitingSince, assignee, context, rating }: Omit<CardNotice, 'card'>,
  texts: Texts,
): Html[] {
  const lines = context.map((field) =>
    texts.html('cardField', { label: field.label, value: valueOf(field, texts) }),
  );
  if (status === 'closed') lines.push(texts.html('cardClosed'));
  else if (waitingSince)
    lines.push(texts.html('cardWaiting', { time: html`${timeFromNow(waitingSince)}` }));
  if (assignee !== undefined) lines.push(texts.html('cardAssignee', { agent: assignee }));
  if (rating) {
    const { comment } = rating;
    const stars = starsOf(rating.stars);
    lines.push(
      comment === undefined
        ? texts.html('cardRating', { stars })
        : texts.html('cardRatingWithComment', { stars, comment }),
    );
  }
  return lines;
}

function shownField({
  label: name,
  text = '',
  atMs,
  url,
  copy = false,
}: StoredField): ShownContextField {
  const time = atMs === undefined ? undefined : new Date(atMs);
  // In code Telegram finds no mention, and what is copied has to be what the app has said.
  const words = shortened(copy ? text : neutralizeMentions(text));
  return { label: label(name) ?? '', text: words, time, url, copy };
}

/** Code is copied by a tap on it, in all apps of Telegram, and holds no link. */
function valueOf({ text, time, url, copy }: ShownContextField, texts: Texts): Html {
  const words = time ? html`${timeFromNow(time)}` : html`${text}`;
  if (!copy || time) return url === undefined ? words : linkTo(url, words);
  const code = html`<code>${text}</code>`;
  return url === undefined ? code : html`${code} ${linkTo(url, texts.plain('cardLink'))}`;
}
