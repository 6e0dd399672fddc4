import type { PageMessage } from '../../src/page/page-message.interface.js';

/** The messages of a chat as far as the page has them. */
export class ChatMessages {
  readonly #byId = new Map<number, PageMessage>();
  #highestId = 0;
  #sorted: readonly PageMessage[] | undefined;

  /** The oldest first. */
  get list(): readonly PageMessage[] {
    this.#sorted ??= [...this.#byId.values()].toSorted((a, b) => a.id - b.id);
    return this.#sorted;
  }

  /** The highest id that there ever was. */
  get highestId(): number {
    return this.#highestId;
  }

  find(id: number): PageMessage | undefined {
    return this.#byId.get(id);
  }

  /** What says the same as before stays the same object, so that nothing is drawn again for it. */
  set(message: PageMessage): void {
    const known = this.#byId.get(message.id);
    if (known && JSON.stringify(known) === JSON.stringify(message)) return;
    this.#byId.set(message.id, message);
    this.#highestId = Math.max(this.#highestId, message.id);
    this.#sorted = undefined;
  }

  delete(id: number): void {
    if (this.#byId.delete(id)) this.#sorted = undefined;
  }

  /** Forgets the messages that are not among these. */
  keepOnly(ids: ReadonlySet<number>): void {
    for (const id of this.#byId.keys()) if (!ids.has(id)) this.delete(id);
  }
}
