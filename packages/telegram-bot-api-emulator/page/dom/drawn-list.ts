/** Something in a list that is drawn. */
export interface DrawnItem {
  readonly key: string;
  /** Changes whenever the item must be drawn anew. */
  readonly version: string;
  draw(): HTMLElement;
  /** Brings up to date what changes more often, without drawing the item anew. */
  refresh?(view: HTMLElement): void;
}

/**
 * Draws the items of a list, and again only those that have changed: the others keep their focus, their
 * selection and the videos that play in them.
 */
export class DrawnList {
  readonly #root: HTMLElement;
  readonly #drawn = new Map<string, { readonly version: string; readonly view: HTMLElement }>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  draw(items: readonly DrawnItem[]): void {
    const focused = this.#root.contains(document.activeElement) && document.activeElement;
    const keys = new Set(items.map(({ key }) => key));
    for (const [key, { view }] of this.#drawn) {
      if (keys.has(key)) continue;
      view.remove();
      this.#drawn.delete(key);
    }
    let previous: HTMLElement | undefined;
    for (const item of items) {
      const view = this.#viewOf(item);
      const following = previous ? previous.nextElementSibling : this.#root.firstElementChild;
      if (view !== following) this.#root.insertBefore(view, following);
      previous = view;
    }
    // What was moved has lost the focus.
    if (focused instanceof HTMLElement && focused !== document.activeElement) focused.focus();
  }

  find(key: string): HTMLElement | undefined {
    return this.#drawn.get(key)?.view;
  }

  #viewOf(item: DrawnItem): HTMLElement {
    const known = this.#drawn.get(item.key);
    if (known?.version === item.version) {
      item.refresh?.(known.view);
      return known.view;
    }
    const view = item.draw();
    item.refresh?.(view);
    this.#drawn.set(item.key, { version: item.version, view });
    if (known) replace(known.view, view);
    return view;
  }
}

const FOCUSABLE = 'a, button, input, select, textarea, video, audio, [tabindex]';

/** What had the focus, or what stands in its place, has it afterwards. */
function replace(old: HTMLElement, view: HTMLElement): void {
  const focused = document.activeElement;
  const hadFocus = old.contains(focused);
  const index = [...old.querySelectorAll(FOCUSABLE)].findIndex((inner) => inner === focused);
  old.replaceWith(view);
  if (!hadFocus) return;
  const again = index === -1 ? view : view.querySelectorAll<HTMLElement>(FOCUSABLE)[index];
  (again ?? view).focus();
}
