/** How near to the end counts as being there, in pixels. */
const NEAR_PX = 60;

/** Keeps a list that is read from its end there, and what is looked at in its place. */
export class ScrollAnchor {
  readonly #scroller: HTMLElement;
  #staysAtEnd = true;

  constructor(scroller: HTMLElement) {
    this.#scroller = scroller;
    scroller.addEventListener('scroll', () => (this.#staysAtEnd = this.isAtEnd));
    // Pictures that come late, and a window that shrinks, push the end away.
    const follow = (): void => {
      if (this.#staysAtEnd) this.toEnd();
    };
    scroller.addEventListener('load', follow, { capture: true });
    new ResizeObserver(follow).observe(scroller);
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_PX;
  }

  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#staysAtEnd = true;
  }

  /** Shows an element in the middle. */
  toView(view: Element): void {
    this.#staysAtEnd = false;
    view.scrollIntoView({ block: 'center' });
  }

  /** Changes the list while what stood at the end, or was looked at, stays where it is. */
  keep(change: () => void): void {
    const wasAtEnd = this.#staysAtEnd;
    const fromEnd = this.#scroller.scrollHeight - this.#scroller.scrollTop;
    const wasAtStart = this.#scroller.scrollTop < NEAR_PX;
    change();
    if (wasAtEnd) this.toEnd();
    else if (wasAtStart) this.#scroller.scrollTop = this.#scroller.scrollHeight - fromEnd;
  }
}
