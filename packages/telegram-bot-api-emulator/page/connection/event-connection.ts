import type { PageChange, PageSnapshot } from '../../src/page/page-protocol.js';
import { Listeners } from '../state/listeners.js';

/** What comes over a connection. */
interface EventReceiver {
  replace(snapshot: PageSnapshot): void;
  apply(changes: readonly PageChange[]): void;
}

/** The pause before a connection is tried anew, in milliseconds: it doubles up to the longest. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** The stream of what happens in the emulator, which is opened again whenever it breaks. */
export class EventConnection {
  readonly changed = new Listeners();
  readonly #receiver: EventReceiver;
  #isOpen = false;
  #pauseMs = FIRST_PAUSE_MS;
  #timer: number | undefined;

  constructor(receiver: EventReceiver) {
    this.#receiver = receiver;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  open(): void {
    const source = new EventSource('events');
    source.addEventListener('snapshot', ({ data }: MessageEvent<string>) => {
      const snapshot: PageSnapshot = JSON.parse(data);
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#receiver.replace(snapshot);
      this.#set(true);
    });
    source.addEventListener('changes', ({ data }: MessageEvent<string>) => {
      const changes: PageChange[] = JSON.parse(data);
      this.#receiver.apply(changes);
    });
    // The browser's own retry gives up for good when the answer is an error.
    source.addEventListener('error', () => {
      source.close();
      this.#set(false);
      this.#retry();
    });
  }

  /** Tries at once, for somebody who does not want to wait. */
  retryNow(): void {
    if (this.#timer === undefined) return;
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.open();
  }

  #retry(): void {
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.open();
    }, this.#pauseMs);
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2);
  }

  #set(isOpen: boolean): void {
    if (this.#isOpen === isOpen) return;
    this.#isOpen = isOpen;
    this.changed.notify();
  }
}
