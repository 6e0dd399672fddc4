import { type Place, placeKey } from './place.js';

/** What a bot is doing just now. */
export interface BotAction {
  readonly bot: number;
  /** Such as `typing`. */
  readonly action: string;
}

/** How long Telegram shows that a bot is typing. */
const SHOWN_MS = 5_000;

/** What bots show to be doing in places, for five seconds each. */
export class BotActions {
  readonly #actions = new Map<string, BotAction>();
  readonly #timers = new Map<string, number>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  in(place: Place): BotAction | undefined {
    return this.#actions.get(placeKey(place));
  }

  set(place: Place, action: BotAction): void {
    const key = placeKey(place);
    this.#forget(key);
    this.#actions.set(key, action);
    const timer = window.setTimeout(() => {
      this.#forget(key);
      this.#onChange();
    }, SHOWN_MS);
    this.#timers.set(key, timer);
  }

  /** A message of the bot ends what it was doing. */
  end(place: Place, bot: number): void {
    if (this.in(place)?.bot === bot) this.#forget(placeKey(place));
  }

  #forget(key: string): void {
    window.clearTimeout(this.#timers.get(key));
    this.#actions.delete(key);
    this.#timers.delete(key);
  }
}
