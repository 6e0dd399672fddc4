const FOCUSABLE = 'button, a[href], input:not([hidden]), textarea, audio, video, [tabindex="0"]';

/** Keeps the Tab key within a dialog that covers the page. */
export function trapFocus(dialog: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const all = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const reachable = all.filter((element) => element.checkVisibility?.() ?? element.offsetParent);
  const edge = event.shiftKey ? reachable[0] : reachable.at(-1);
  const root = dialog.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : document.activeElement;
  if (active !== edge && active !== dialog) return;
  event.preventDefault();
  (event.shiftKey ? reachable.at(-1) : reachable[0])?.focus();
}
