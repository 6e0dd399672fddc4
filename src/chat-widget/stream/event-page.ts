/** An event as it is sent. */
export interface StreamEvent {
  readonly id: number;
  readonly bytes: Buffer;
}

/** Events that follow each other, for all readers alike. */
export class EventPage {
  /** All changes up to this number are known to whoever has got the page. */
  readonly upTo: number;
  /** It has all changes above this number. Whoever has not got so far would miss some. */
  readonly from: number;
  readonly #events: readonly StreamEvent[];
  #all: Buffer | undefined;

  /** @param events In ascending order of their ids. */
  constructor(events: readonly StreamEvent[], from: number, upTo: number) {
    this.#events = events;
    this.from = from;
    this.upTo = upTo;
  }

  /** What a reader has not got yet, whose cursor this is; empty when there is nothing. */
  after(cursor: number): Buffer {
    const [first] = this.#events;
    if (!first || first.id > cursor) return (this.#all ??= concat(this.#events));
    return concat(this.#events.filter(({ id }) => id > cursor));
  }
}

/** An event in the format of `text/event-stream`. JSON has no line breaks. */
export function encodeEvent(event: string, data: object, id?: number): Buffer {
  const place = id === undefined ? '' : `id: ${id}\n`;
  return Buffer.from(`${place}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

function concat(events: readonly StreamEvent[]): Buffer {
  return Buffer.concat(events.map(({ bytes }) => bytes));
}
