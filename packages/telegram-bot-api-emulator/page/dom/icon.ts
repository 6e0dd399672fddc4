const SVG = 'http://www.w3.org/2000/svg';

/** Lines of a square of 24, drawn with a pen of 2. */
const LINES = {
  attach:
    'M20 11.5 12 19.5a5.5 5.5 0 0 1-7.8-7.8l8.5-8.5a3.7 3.7 0 0 1 5.2 5.2l-8.5 8.5a1.8 1.8 0 0 1-2.6-2.6l7.8-7.8',
  back: 'M15 5l-7 7 7 7',
  bolt: 'M13 2 5 13.5h6L10 22l9-12h-6.5z',
  check: 'M4 12.5l5 5L20 6.5',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3.5 2',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  down: 'M6 9l6 6 6-6',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  edit: 'M4 20l1-4.5L16.5 4 20 7.5 8.5 19z',
  external: 'M8 6h10v10M18 6L6 18',
  file: 'M6 2h8l5 5v15H6zM14 2v5h5',
  flag: 'M6 21V4M6 4h12l-2.5 4L18 12H6',
  hash: 'M5 9h15M4 15h15M10 4L8 20M16 4l-2 16',
  image: 'M4 4h16v16H4zM4 16l5-5 5 5 2-2 4 4M15 9v.01',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  menu: 'M4 6h16M4 12h16M4 18h16',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z',
  more: 'M12 5v.01M12 12v.01M12 19v.01',
  person: 'M12 12a4 4 0 1 0 0-8a4 4 0 0 0 0 8M4 21a8 8 0 0 1 16 0',
  pin: 'M9 3h6l-.5 6 3 4h-11l3-4zM12 13v8',
  place:
    'M12 21s7-6.5 7-11.5a7 7 0 0 0-14 0C5 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5a2.5 2.5 0 0 0 0 5',
  play: 'M7 4l13 8-13 8z',
  plus: 'M12 5v14M5 12h14',
  quote: 'M5 7h14M9 12h10M9 17h10M5 12v5',
  reply: 'M10 6L4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  search: 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5',
  send: 'M4 4l17 8-17 8 3-8zM7 12h14',
  smile: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8 14.5c2 2.5 6 2.5 8 0M9 9.5v.01M15 9.5v.01',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19',
  trash: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13',
  forward: 'M14 6l6 6-6 6M20 12h-9a7 7 0 0 0-7 7',
} as const;

/** The name of an icon. */
export type IconName = keyof typeof LINES;

/** Draws an icon. It says nothing to screen readers; what holds it has a name. */
export function icon(name: IconName): SVGSVGElement {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.setAttribute('viewBox', '0 0 24 24');
  drawing.setAttribute('aria-hidden', 'true');
  drawing.setAttribute('class', `icon icon-${name}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', LINES[name]);
  drawing.append(path);
  return drawing;
}
