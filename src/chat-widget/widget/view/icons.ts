const NAMESPACE = 'http://www.w3.org/2000/svg';

/** Lines on a grid of 24. */
const PATHS = {
  chat: 'M21 11.5a8.4 8.4 0 0 1-12 7.6L3.5 20.5 5 15.2A8.4 8.4 0 1 1 21 11.5Z',
  close: 'M6 6l12 12M18 6 6 18',
  down: 'M6 9l6 6 6-6',
  menu: 'M4 7h16M4 12h16M4 17h10',
  plus: 'M12 5v14M5 12h14',
  send: 'M12 19V5M5.5 11.5 12 5l6.5 6.5',
  check: 'M5 12.5 10 17.5 19.5 7',
  attach:
    'm20 11-8.6 8.6a5 5 0 0 1-7-7l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.9-7.8',
  camera: 'M4 8h3l2-3h6l2 3h3v11H4ZM12 10a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 1 0 0-6.4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  file: 'M6 3h8l5 5v13H6ZM14 3v5h5',
  star: 'm12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8Z',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 8v4l2.5 2',
  sent: 'm5 12.5 4.5 4.5L19 7.5',
  seen: 'm2 12.5 4.5 4.5L16 7.5M12 16.5l.5.5L22 7.5',
  failed: 'M12 4a8 8 0 1 0 0 16 8 8 0 1 0 0-16M12 8v5M12 16h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** A picture beside words, or in a button that has a name. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(NAMESPACE, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(NAMESPACE, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
