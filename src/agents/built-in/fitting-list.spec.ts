import { expect, it } from 'vitest';
import { html } from '../../notices/html.js';
import { fits } from '../../notices/notice-draft.js';
import { PART_LENGTH } from '../../notices/notice-renderer.js';
import { fittingList } from './fitting-list.js';

const linesOf = (count: number, length: number) =>
  Array.from({ length: count }, (_, index) => html`<code>/c${index}</code> ${'x'.repeat(length)}`);

it.each([
  [40, 200],
  [200, 1],
  [1, 10_000],
])('cuts %d lines of %d characters so that a message holds them', (count, length) => {
  const list = fittingList(html`<b>Title</b>`, linesOf(count, length));
  expect(fits(list, PART_LENGTH)).toBe(true);
  expect(list.toPlainText()).toMatch(/^Title\n[^]*…$/);
});

it('shows all lines where there is room', () => {
  expect(fittingList(html`<b>Title</b>`, linesOf(2, 1)).toPlainText()).toBe('Title\n/c0 x\n/c1 x');
});
