import type { Locale } from '../locales/locale.js';
import { h } from './dom.js';
import { icon } from './icons.js';

const STARS = [1, 2, 3, 4, 5];

/** Asks in the stream how a closed conversation was. */
export function renderRating(
  locale: Locale,
  onRate: (stars: number, comment: string) => Promise<boolean>,
): HTMLElement {
  const { words } = locale;
  const comment = h('textarea', {
    rows: 2,
    'aria-label': words.comment,
    placeholder: words.comment,
    maxlength: 1000,
  });
  const send = h('button', { class: 'primary', disabled: true }, words.send);
  const stars = STARS.map((value) =>
    h(
      'label',
      {},
      h('input', { type: 'radio', name: 'stars', value, class: 'hidden' }),
      icon('star'),
      h('span', { class: 'hidden' }, locale.count(words.stars, value)),
    ),
  );
  const form = h(
    'form',
    { class: 'rating', part: 'rating' },
    h('fieldset', {}, h('legend', {}, words.rate), ...stars),
    comment,
    send,
  );
  const chosen = (): number => Number(new FormData(form).get('stars') ?? 0);
  form.addEventListener('change', () => {
    send.disabled = !chosen();
    stars.forEach((star, index) => star.classList.toggle('on', index < chosen()));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send.disabled = true;
    void onRate(chosen(), comment.value.trim()).then((isSent) => (send.disabled = isSent));
  });
  return form;
}

/** How it was rated. */
export function renderRated(locale: Locale, stars: number): HTMLElement {
  const label = locale.count(locale.words.stars, stars);
  return h(
    'div',
    { class: 'notice' },
    `${locale.words.rated} `,
    h('span', { role: 'img', 'aria-label': label }, '★'.repeat(stars) + '☆'.repeat(5 - stars)),
  );
}
