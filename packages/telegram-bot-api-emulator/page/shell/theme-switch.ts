import { StoredMap } from '../state/stored-map.js';

/** Dark or light, as the system says until somebody chooses. The choice is kept. */
export class ThemeSwitch {
  readonly #stored = new StoredMap<string>('theme', 'localStorage');
  readonly #system = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    this.#system.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get isDark(): boolean {
    const chosen = this.#stored.get('theme');
    return chosen === undefined ? this.#system.matches : chosen === 'dark';
  }

  /** From dark to light, or back. What the system says anyway is no choice. */
  toggle(): void {
    const isDark = !this.isDark;
    const isOfSystem = isDark === this.#system.matches;
    this.#stored.set('theme', isOfSystem ? undefined : isDark ? 'dark' : 'light');
    this.#apply();
  }

  #apply(): void {
    document.documentElement.dataset['theme'] = this.isDark ? 'dark' : 'light';
  }
}
