/** A panel beside what it belongs to: closed by Esc, by a click elsewhere, and when focus leaves it. */
export class Popover {
  readonly #panel: HTMLElement;
  readonly #owner: HTMLElement;
  readonly #abort = new AbortController();

  /** @param owner Gets the focus back. */
  private constructor(panel: HTMLElement, owner: HTMLElement) {
    this.#panel = panel;
    this.#owner = owner;
  }

  /** Opens a panel at a point of the window, or at the element that it belongs to. */
  static open(panel: HTMLElement, owner: HTMLElement, at = pointAt(owner)): Popover {
    const popover = new Popover(panel, owner);
    document.body.append(panel);
    place(panel, at);
    const { signal } = popover.#abort;
    panel.addEventListener('keydown', (event) => popover.#onKey(event), { signal });
    panel.addEventListener('focusout', (event) => popover.#onFocusOut(event), { signal });
    document.addEventListener('pointerdown', (event) => popover.#onPointer(event), {
      signal,
      capture: true,
    });
    return popover;
  }

  close(): void {
    if (this.#abort.signal.aborted) return;
    this.#abort.abort();
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#panel.remove();
    if (hadFocus) this.#owner.focus();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' && event.key !== 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  #onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget instanceof Node && !this.#panel.contains(relatedTarget)) this.close();
  }

  #onPointer({ target }: PointerEvent): void {
    if (target instanceof Node && !this.#panel.contains(target)) this.close();
  }
}

/** A point of the window, in CSS pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

const MARGIN = 8;

/** Keeps the panel inside the window, above the point where there is no room below. */
function place(panel: HTMLElement, { x, y }: Point): void {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const left = Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN));
  const isBelow = y + height + MARGIN <= innerHeight;
  const top = isBelow ? y : Math.max(MARGIN, Math.min(y - height, innerHeight - height - MARGIN));
  panel.style.setProperty('left', `${left}px`);
  panel.style.setProperty('top', `${top}px`);
}

function pointAt(owner: HTMLElement): Point {
  const { left, bottom, top } = owner.getBoundingClientRect();
  return { x: left, y: bottom > innerHeight / 2 ? top : bottom };
}
