import { Listeners } from './listeners.js';
import { type Place, placeKey } from './place.js';
import { StoredMap } from './stored-map.js';

/** What somebody is about to send in a place. */
export interface Draft {
  readonly text: string;
  readonly reply?: { readonly messageId: number; readonly quote?: string | undefined } | undefined;
  /** The message that gets the text in the place of its own. */
  readonly editing?: number | undefined;
  readonly files: readonly File[];
}

const EMPTY: Draft = { text: '', files: [] };

/** The drafts of all places. Their texts are kept over reloads. */
export class Drafts {
  readonly changed = new Listeners();
  readonly #drafts = new Map<string, Draft>();
  readonly #texts = new StoredMap<string>('drafts');

  in(place: Place): Draft {
    const key = placeKey(place);
    return this.#drafts.get(key) ?? { ...EMPTY, text: this.#texts.get(key) ?? '' };
  }

  change(place: Place, change: Partial<Draft>): void {
    const key = placeKey(place);
    const draft = { ...this.in(place), ...change };
    this.#drafts.set(key, draft);
    this.#texts.set(key, draft.editing === undefined ? draft.text || undefined : undefined);
    this.changed.notify();
  }

  clear(place: Place): void {
    this.change(place, { text: '', reply: undefined, editing: undefined, files: [] });
  }
}
