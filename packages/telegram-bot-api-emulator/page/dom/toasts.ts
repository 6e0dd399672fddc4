import { element } from './element.js';
import { iconButton } from './icon-button.js';

/** How long a toast stays, in milliseconds, and for each character of it. */
const SHOWN_MS = 4_000;
const SHOWN_MS_PER_CHARACTER = 60;

/** Short notes at the edge of the page, read out by screen readers. */
export class Toasts {
  readonly root = element('div', { class: 'toasts', attributes: { role: 'status' } });

  show(words: string, kind: 'error' | 'note' = 'note'): void {
    const text = element('span', { attributes: { dir: 'auto' } }, words);
    const toast = element('div', { class: `toast is-${kind}` }, text);
    const close = iconButton('close', 'Close', () => toast.remove());
    toast.append(close);
    this.root.append(toast);
    const shownMs = SHOWN_MS + words.length * SHOWN_MS_PER_CHARACTER;
    window.setTimeout(() => toast.remove(), Math.min(20_000, shownMs));
  }
}
