/** On a phone the open chat is the whole screen above the keyboard, and the page behind it does not scroll. */
export class PhoneScreen {
  readonly #query = matchMedia('(max-width: 480px)');
  #overflow: string | undefined;

  constructor(
    private readonly panel: HTMLElement,
    signal: AbortSignal,
  ) {
    const fit = (): void => this.#fit();
    visualViewport?.addEventListener('resize', fit, { signal });
    visualViewport?.addEventListener('scroll', fit, { signal });
    this.#query.addEventListener('change', () => this.update(), { signal });
    signal.addEventListener('abort', () => this.#lock(false));
  }

  get isPhone(): boolean {
    return this.#query.matches;
  }

  /** To be called when the chat opens or closes. */
  update(): void {
    const isFull = this.isPhone && !this.panel.hidden;
    this.panel.ariaModal = isFull ? 'true' : null;
    this.#lock(isFull);
    this.#fit();
  }

  #fit(): void {
    const { style } = this.panel;
    const view = this.isPhone && !this.panel.hidden ? visualViewport : undefined;
    style.setProperty('--_h', view ? `${view.height}px` : '');
    style.setProperty('--_t', view ? `${view.offsetTop}px` : '');
  }

  #lock(isLocked: boolean): void {
    const { style } = document.documentElement;
    if (isLocked && this.#overflow === undefined) {
      this.#overflow = style.overflow;
      style.overflow = 'hidden';
    } else if (!isLocked && this.#overflow !== undefined) {
      style.overflow = this.#overflow;
      this.#overflow = undefined;
    }
  }
}
