import { element } from './element.js';

/** Reads out what happens, for those who do not see it. */
export class Announcer {
  readonly root = element('div', {
    class: 'visually-hidden',
    attributes: { 'aria-live': 'polite', 'aria-atomic': 'false' },
  });

  say(words: string): void {
    const line = element('p', {}, words);
    this.root.append(line);
    while (this.root.childElementCount > 5) this.root.firstChild?.remove();
  }
}
