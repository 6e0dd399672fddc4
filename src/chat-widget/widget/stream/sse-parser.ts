export interface SseEvent {
  readonly type: string;
  readonly id: string;
  readonly data: string;
}

/** Reads `text/event-stream` piece by piece. Comments and `retry` say nothing here. */
export class SseParser {
  #rest = '';
  #type = '';
  #id = '';
  #data: string[] = [];

  /** The events that end in this piece. */
  push(piece: string): SseEvent[] {
    const events: SseEvent[] = [];
    const lines = (this.#rest + piece).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') {
        if (this.#data.length) {
          events.push({ type: this.#type || 'message', id: this.#id, data: this.#data.join('\n') });
        }
        this.#type = '';
        this.#data = [];
      } else this.#readField(line);
    }
    return events;
  }

  #readField(line: string): void {
    const [, name, value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [];
    if (name === 'event') this.#type = value;
    if (name === 'id') this.#id = value;
    if (name === 'data') this.#data.push(value);
  }
}
