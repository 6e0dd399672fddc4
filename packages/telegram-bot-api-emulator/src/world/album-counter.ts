/** Telegram's ids of albums are long numbers in texts. */
const FIRST_GROUP_ID = 13_900_000_000_000_001n;

/** Gives each album an id of its own. */
export class AlbumCounter {
  #next = FIRST_GROUP_ID;

  /** The next `media_group_id`. */
  next(): string {
    return String(this.#next++);
  }
}
