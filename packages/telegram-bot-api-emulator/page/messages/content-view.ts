import type { PageContent } from '../../src/page/page-message.interface.js';
import { type Child, element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { initialsOf } from '../text/sender.js';

type Poll = Extract<PageContent, { readonly kind: 'poll' }>;
type Spot = Extract<PageContent, { readonly latitude: number }>;

/** What is no text and no file. */
export function contentView(content: PageContent): HTMLElement {
  switch (content.kind) {
    case 'poll':
      return pollView(content);
    case 'location':
      return spotView(content, 'Location', '');
    case 'venue':
      return spotView(content, content.title, content.address);
    case 'contact':
      return card(
        element('span', { class: 'contact-sign' }, initialsOf(content.name)),
        content.name,
        content.phoneNumber,
      );
    case 'dice':
      return diceView(content.emoji, content.value);
    case 'checklist':
      return checklistView(content);
    case 'other':
      return card(element('span', { class: 'file-sign' }, icon('file')), content.words, '');
  }
}

function pollView({ question, options, isClosed, isQuiz }: Poll): HTMLElement {
  const total = options.reduce((sum, { votes }) => sum + votes, 0);
  const kind = isClosed ? 'Final results' : isQuiz ? 'Quiz' : 'Poll';
  return element(
    'div',
    { class: 'poll' },
    element('strong', { attributes: { dir: 'auto' } }, question),
    element('span', { class: 'file-size' }, kind),
    element('ul', {}, ...options.map((option) => pollOption(option, total))),
    element('span', { class: 'file-size' }, total === 1 ? '1 vote' : `${total} votes`),
  );
}

function pollOption(
  { text, votes }: { readonly text: string; readonly votes: number },
  total: number,
): HTMLElement {
  const percent = total === 0 ? 0 : Math.round((votes / total) * 100);
  const bar = element('span', { class: 'poll-bar' });
  bar.style.setProperty('--share', `${percent}%`);
  return element(
    'li',
    {},
    element('span', { class: 'poll-share' }, `${percent}%`),
    element('span', { attributes: { dir: 'auto' } }, text),
    bar,
  );
}

function spotView({ latitude, longitude }: Spot, title: string, address: string): HTMLElement {
  const numbers = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const view = card(
    element('span', { class: 'file-sign' }, icon('place')),
    title,
    address || numbers,
  );
  view.title = numbers;
  return view;
}

function diceView(emoji: string, value: number): HTMLElement {
  const label = `${emoji} ${value}`;
  return element(
    'div',
    { class: 'dice', attributes: { role: 'img', 'aria-label': label } },
    emoji,
    element('span', { class: 'dice-value' }, String(value)),
  );
}

function checklistView({
  title,
  tasks,
}: Extract<PageContent, { readonly kind: 'checklist' }>): HTMLElement {
  const items = tasks.map(({ text, isDone }) =>
    element('li', { class: isDone ? 'is-done' : '' }, isDone ? '☑ ' : '☐ ', text),
  );
  return element(
    'div',
    { class: 'poll' },
    element('strong', { attributes: { dir: 'auto' } }, title),
    element('ul', {}, ...items),
  );
}

function card(sign: Child, title: string, note: string): HTMLElement {
  return element(
    'div',
    { class: 'file-card' },
    sign,
    element(
      'span',
      { class: 'file-words' },
      element('bdi', { class: 'file-name' }, title),
      element('bdi', { class: 'file-size' }, note),
    ),
  );
}
