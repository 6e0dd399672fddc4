import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { BotApiEmulator } from '../../src/index.js';
import type { PageAction, PageActionResult } from '../../src/page/page-action.interface.js';
import type { PageMessage } from '../../src/page/page-message.interface.js';
import type {
  PageChange,
  PageMessageList,
  PageSnapshot,
  PageUpload,
} from '../../src/page/page-protocol.js';

const POST_HEADERS = { 'X-Emulator-Page': '1' };
/** For a loaded machine; then a test fails. */
const TIMEOUT_MS = 20_000;

/** A page that is open without a browser. */
export class PageClient {
  readonly url: string;
  /** All changes since the connection, the oldest first. */
  readonly changes: PageChange[] = [];
  /** All snapshots, of which each connection has one. */
  readonly snapshots: PageSnapshot[] = [];
  #request: ClientRequest | undefined;
  readonly #checks = new Set<() => void>();

  constructor(telegram: BotApiEmulator) {
    this.url = telegram.pageUrl;
  }

  /** Opens the event stream; resolves with its snapshot. */
  async open(): Promise<PageSnapshot> {
    const request = get(`${this.url}events`);
    this.#request = request;
    const [response]: IncomingMessage[] = await once(request, 'response');
    if (response?.statusCode !== 200) throw new Error(`status ${response?.statusCode}`);
    const count = this.snapshots.length;
    this.#read(response);
    return this.#wait(() => this.snapshots[count], 'snapshot');
  }

  /** Resolves when the stream has ended. */
  async closed(): Promise<void> {
    const request = this.#request;
    if (request && !request.closed) await new Promise((resolve) => request.once('close', resolve));
  }

  close(): void {
    this.#request?.destroy();
  }

  /** Resolves with the first change of a type that fits, at once if it is there already. */
  waitFor<T extends PageChange['type']>(
    type: T,
    fits: (change: Extract<PageChange, { type: T }>) => boolean = () => true,
  ): Promise<Extract<PageChange, { type: T }>> {
    return this.#wait(
      () => this.changes.find((change) => isOfType(change, type) && fits(change)),
      `change ${type}`,
    ).then((change) => {
      if (isOfType(change, type)) return change;
      throw new Error('another type');
    });
  }

  /** The message as the page has it once it fits. */
  async waitForMessage(fits: (message: PageMessage) => boolean): Promise<PageMessage> {
    return (await this.waitFor('message', ({ message }) => fits(message))).message;
  }

  /** Does what must succeed. */
  async act(action: PageAction): Promise<PageActionResult> {
    const { status, body } = await this.post('actions', action);
    if (status !== 200 || !isResult(body)) throw new Error(JSON.stringify(body));
    return body;
  }

  /** The words with which an action is refused. */
  async refusal(action: unknown): Promise<string> {
    const { status, body } = await this.post('actions', action);
    if (status !== 400 || !isFailure(body)) throw new Error(`${status} ${JSON.stringify(body)}`);
    return body.error;
  }

  async upload(bytes: Uint8Array<ArrayBuffer>, query: string): Promise<string> {
    const response = await fetch(`${this.url}uploads?${query}`, {
      method: 'POST',
      headers: POST_HEADERS,
      body: bytes,
    });
    const body: unknown = await response.json();
    if (!isUpload(body)) throw new Error(JSON.stringify(body));
    return body.upload;
  }

  /** Older messages, by the query of `GET messages`. */
  async history(query: string): Promise<PageMessageList> {
    const list: PageMessageList = JSON.parse(
      await (await fetch(`${this.url}messages?${query}`)).text(),
    );
    return list;
  }

  async post(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ readonly status: number; readonly body: unknown }> {
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { ...POST_HEADERS, 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }

  #read(response: IncomingMessage): void {
    let text = '';
    response.setEncoding('utf8');
    // That of a connection that is closed.
    response.on('error', () => undefined);
    response.on('data', (chunk: string) => {
      text += chunk;
      if (!chunk.includes('\n')) return;
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      for (const event of events) this.#take(event);
    });
  }

  #take(event: string): void {
    const [, name, data = ''] = /event: (\w+)\ndata: (.*)$/.exec(event) ?? [];
    if (name === 'snapshot') {
      const snapshot: PageSnapshot = JSON.parse(data);
      this.snapshots.push(snapshot);
    } else if (name === 'changes') {
      const changes: PageChange[] = JSON.parse(data);
      this.changes.push(...changes);
    }
    for (const check of this.#checks) check();
  }

  #wait<T>(find: () => T | undefined, what: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const timeout = setTimeout(() => {
        reject(new Error(`no such ${what}: ${JSON.stringify(this.changes).slice(0, 2_000)}`));
      }, TIMEOUT_MS);
      const check = (): void => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timeout);
        this.#checks.delete(check);
        resolve(found);
      };
      this.#checks.add(check);
      check();
    });
  }
}

function isOfType<T extends PageChange['type']>(
  change: PageChange,
  type: T,
): change is Extract<PageChange, { type: T }> {
  return change.type === type;
}

function isResult(body: unknown): body is PageActionResult {
  return typeof body === 'object' && body !== null && 'ok' in body && body.ok === true;
}

function isFailure(body: unknown): body is { error: string } {
  return typeof body === 'object' && body !== null && 'error' in body;
}

function isUpload(body: unknown): body is PageUpload {
  return typeof body === 'object' && body !== null && 'upload' in body;
}
