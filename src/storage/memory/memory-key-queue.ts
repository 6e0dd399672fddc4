import { KeyQueue, type KeyLease } from '../../queue/key-queue.js';

/** A key that waits for its turn. */
interface WaitingKey {
  readonly key: string;
  readonly priority: number;
}

/** The keys of this process, by priority, and then in the order in which they were added. */
export class MemoryKeyQueue<T, P> extends KeyQueue<T, P> {
  readonly #waiting: WaitingKey[] = [];
  /** The keys that are worked on, each with how it waits next, if it was added meanwhile. */
  readonly #active = new Map<string, WaitingKey | undefined>();
  #take: ((lease: KeyLease | undefined) => void) | undefined;
  #isStopped = false;

  next(): Promise<KeyLease | undefined> {
    return new Promise((resolve) => {
      this.#take = resolve;
      this.#handOut();
    });
  }

  /** What waits, and what comes of what is worked on, is handed out still. */
  stop(): Promise<void> {
    this.#isStopped = true;
    this.#handOut();
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  protected push(key: string, priority: number): Promise<void> {
    if (this.#active.has(key)) this.#active.set(key, { key, priority });
    else this.#insert({ key, priority });
    return Promise.resolve();
  }

  /** @param place Among the keys of the same priority. */
  #insert(added: WaitingKey, place: 'first' | 'last' = 'last'): void {
    const isBefore = ({ priority }: WaitingKey): boolean =>
      place === 'first' ? priority < added.priority : priority <= added.priority;
    this.#waiting.splice(this.#waiting.findLastIndex(isBefore) + 1, 0, added);
    this.#handOut();
  }

  #handOut(): void {
    const isOver = this.#isStopped && this.#active.size === 0;
    if (!this.#take || (this.#waiting.length === 0 && !isOver)) return;
    const take = this.#take;
    this.#take = undefined;
    const first = this.#waiting.shift();
    take(first && this.#lease(first));
  }

  #lease(taken: WaitingKey): KeyLease {
    const { key } = taken;
    this.#active.set(key, undefined);
    const end = (next: WaitingKey | undefined, place?: 'first'): Promise<void> => {
      this.#active.delete(key);
      if (next) this.#insert(next, place);
      else this.#handOut();
      return Promise.resolve();
    };
    const finish = () => end(this.#active.get(key));
    const giveBack = () => end(this.#isStopped ? undefined : taken, 'first');
    return { key, finish, passOn: finish, giveBack, abandon: () => void finish() };
  }
}
