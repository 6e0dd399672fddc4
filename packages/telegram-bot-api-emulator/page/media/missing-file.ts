import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';

/** What stands where a file cannot be shown, as those that tests make up. */
export function missingFile(label: string, sign: SVGSVGElement = icon('file')): HTMLElement {
  return element('span', { class: 'missing-file' }, sign, label);
}
