/** What the Tab key stops at; code that is scrolled is a stop of its own. */
const STOPS = 'a, button, audio, video, summary';

/**
 * Lets the Tab key pass over what is in an element until the element itself, or something in it, has the
 * focus: a hundred messages would be some hundred stops.
 */
export function rove(view: HTMLElement): void {
  closeStops(view);
  view.addEventListener('focusin', () => setStops(view, 0));
  view.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && view.contains(relatedTarget))) setStops(view, -1);
  });
}

/** Passes over what was added to such an element since. */
export function closeStops(view: HTMLElement): void {
  setStops(view, view.contains(document.activeElement) ? 0 : -1);
}

/** Lets the Tab key stop at one of several elements, among which the arrows move. */
export function stopAtOne(views: readonly HTMLElement[], chosen: HTMLElement | undefined): void {
  for (const view of views) view.tabIndex = view === chosen ? 0 : -1;
}

function setStops(view: HTMLElement, tabIndex: 0 | -1): void {
  for (const stop of view.querySelectorAll<HTMLElement>(STOPS)) stop.tabIndex = tabIndex;
}
