import { element } from '../dom/element.js';

/** Says that the emulator does not answer, and tries again at once when asked to. */
export class StatusLine {
  readonly root: HTMLElement;

  constructor(retry: () => void) {
    const button = element(
      'button',
      { class: 'text-button', attributes: { type: 'button' }, on: { click: retry } },
      'Try now',
    );
    const attributes = { role: 'status', hidden: '' };
    const words = 'The emulator does not answer. Trying again… ';
    this.root = element('div', { class: 'status-line', attributes }, words, button);
  }

  show(isConnected: boolean): void {
    this.root.hidden = isConnected;
  }
}
