import type { Message } from '@grammyjs/types';
import type { Clock } from '../time/clock.js';
import type { ArrivalWaiters } from './arrival-waiters.js';

/** What ephemeral messages work with. */
export interface EphemeralContext {
  readonly clock: Clock;
  readonly waiters: ArrivalWaiters;
  /** Whether the app of a person is open; one that comes while it is closed is never seen. */
  readonly isOnline: (personId: number) => boolean;
  /** Called with the id of each that came, changed or is not seen any more. */
  readonly onChange: (ephemeralId: number) => void;
}

/** Between whom an ephemeral message is, and where the person sees it. */
export interface EphemeralPlace {
  readonly personId: number;
  readonly botId: number;
  /** The last message of the chat when it came; 0 when there was none. */
  readonly after: number;
  /** The message of the chat in whose place the person sees it. */
  readonly replaces?: number | undefined;
  /** The topic where the person sees it; undefined for the General one, and where there are none. */
  readonly topicId?: number | undefined;
}

/** A message that one person and one bot see. */
export interface EphemeralMessage extends EphemeralPlace {
  readonly message: Message;
  /** By the monotonic time of the clock. */
  readonly sentAt: number;
  /** How many came before it in the chat. */
  readonly order: number;
}

/** After this an app forgets them (td: MessagesManager.cpp, `parse_ephemeral_message`, `ttl_period`). */
const LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The ephemeral messages of a chat. They have ids of their own, and one that is free is used again, as the
 * documentation of `ephemeral_message_id` says may happen; that it is the lowest is the emulator's choice.
 */
export class EphemeralMessages {
  readonly #clock: Clock;
  readonly #waiters: ArrivalWaiters;
  readonly #isOnline: (personId: number) => boolean;
  readonly #onChange: (ephemeralId: number) => void;
  readonly #messages = new Map<number, EphemeralMessage>();
  /** The ids of those that the person does not see any more, or never did. */
  readonly #hidden = new Set<number>();
  #count = 0;

  constructor({ clock, waiters, isOnline, onChange }: EphemeralContext) {
    this.#isOnline = isOnline;
    this.#clock = clock;
    this.#waiters = waiters;
    this.#onChange = onChange;
  }

  /** Adds one, which reaches a person whose app is open. */
  add(place: EphemeralPlace, create: (ephemeralId: number) => Message): Message {
    this.dropExpired();
    let id = 1;
    while (this.#messages.has(id)) id++;
    const message = create(id);
    const sentAt = this.#clock.monotonicMs();
    this.#messages.set(id, { ...place, message, sentAt, order: this.#count++ });
    if (!this.#isOnline(place.personId)) this.#hidden.add(id);
    this.#changed([id]);
    return message;
  }

  /** The one of this id, as long as Telegram knows it. */
  find(ephemeralId: number): EphemeralMessage | undefined {
    this.dropExpired();
    return this.#messages.get(ephemeralId);
  }

  /** Whether one came no longer than so many milliseconds ago. */
  isRecent(ephemeralId: number, maxAgeMs: number): boolean {
    const sentAt = this.#messages.get(ephemeralId)?.sentAt;
    return sentAt !== undefined && sentAt + maxAgeMs >= this.#clock.monotonicMs();
  }

  /** Those that the person of each sees, the oldest first. */
  get seen(): EphemeralMessage[] {
    this.dropExpired();
    const seen = [...this.#messages].filter(([id]) => !this.#hidden.has(id));
    return seen.map(([, each]) => each).toSorted((one, other) => one.order - other.order);
  }

  /** Those that a person sees, the oldest first. */
  seenBy(personId: number): EphemeralMessage[] {
    return this.seen.filter((each) => each.personId === personId);
  }

  /** The one of this id, as long as its person sees it. */
  findSeen(ephemeralId: number): EphemeralMessage | undefined {
    return this.#hidden.has(ephemeralId) ? undefined : this.find(ephemeralId);
  }

  /** Puts a changed message in the place of the old one. */
  replace(message: Message): void {
    const id = message.ephemeral_message_id ?? 0;
    const old = this.#messages.get(id);
    if (!old) return;
    this.#messages.set(id, { ...old, message });
    this.#changed([id]);
  }

  delete(ephemeralId: number): void {
    this.#drop([ephemeralId]);
  }

  /** Lets all of them expire. */
  clear(): void {
    this.#drop([...this.#messages.keys()]);
  }

  /** Lets the person not see one any more; Telegram and the bots go on as if it did. */
  hide(ephemeralId: number): void {
    if (!this.#messages.has(ephemeralId)) return;
    this.#hidden.add(ephemeralId);
    this.#changed([ephemeralId]);
  }

  /** Hides from a person those that there are. */
  hideFrom(personId: number): void {
    const own = [...this.#messages].filter(([, each]) => each.personId === personId);
    const ids = own.map(([id]) => id).filter((id) => !this.#hidden.has(id));
    for (const id of ids) this.#hidden.add(id);
    this.#changed(ids);
  }

  /** Forgets those that are too old. This happens as well whenever somebody looks. */
  dropExpired(): void {
    const now = this.#clock.monotonicMs();
    const expired = [...this.#messages].filter(([, { sentAt }]) => sentAt + LIFETIME_MS <= now);
    this.#drop(expired.map(([id]) => id));
  }

  /** Resolves with the first that the person sees and that fits. */
  waitFor(
    personId: number,
    predicate: (message: Message) => boolean,
    timeoutMs: number,
  ): Promise<Message> {
    const seen = (): Message[] => this.seenBy(personId).map(({ message }) => message);
    return this.#waiters.wait(
      () => seen().find(predicate),
      timeoutMs,
      () => `No such ephemeral message came within ${timeoutMs} ms. ${describe(seen())}`,
    );
  }

  #drop(ids: readonly number[]): void {
    for (const id of ids) {
      this.#messages.delete(id);
      this.#hidden.delete(id);
    }
    this.#changed(ids);
  }

  #changed(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#waiters.notify();
    for (const id of ids) this.#onChange(id);
  }
}

function describe(messages: readonly Message[]): string {
  const lines = messages.map(
    ({ ephemeral_message_id: id, from, text, caption }) =>
      `  ${id} ${from?.first_name}: ${JSON.stringify(text ?? caption ?? '(no text)')}`,
  );
  return lines.length === 0 ? 'The person sees none.' : `The person sees:\n${lines.join('\n')}`;
}
