import { ChatError } from './chat-error.js';
import type { SessionView } from '../../api/views.interface.js';
import type { Words } from '../locales/words.js';
import type { SessionStore } from './session-store.js';

const TIMEOUT_MS = 20_000;
/** The chat begins with the words. */
const WORDS_TIMEOUT_MS = 3000;

export interface ApiOptions {
  /** Where the routes of the module are, without a slash at the end. */
  readonly base: string;
  /** A token of `chat.customerToken()`, asked for whenever a session begins. */
  readonly token: () => Promise<string | undefined>;
  /** Headers of the page's own for each request. */
  readonly headers: () => Readonly<Record<string, string>>;
  readonly sessions: SessionStore;
  /** Another customer has logged in meanwhile: nothing of the former one may be sent or shown any more. */
  readonly onOtherCustomer: () => void;
}

type Init = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** The requests to the module. An answer of 401 renews the session once and repeats the request. */
export class ChatApi {
  #session: string | undefined;
  #customer: string | undefined;
  #renewal: Promise<SessionView> | undefined;

  constructor(private readonly options: ApiOptions) {}

  /** Begins or renews the session. Callers at the same time share one request. */
  openSession(): Promise<SessionView> {
    this.#renewal ??= this.#open()
      .then((view) => this.#checked(view))
      .finally(() => (this.#renewal = undefined));
    return this.#renewal;
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await this.fetch(path, {
      method,
      signal,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return JSON.parse((await response.text().catch(fail)) || 'null');
  }

  /** @throws {@link ChatError} For each status that is no success, and when there is no answer. */
  fetch(path: string, init: Init): Promise<Response> {
    return this.inSession(async () => checked(await this.#send(path, init)));
  }

  /** Sends a request, and with a new session again when the present one is over or is not the customer's. */
  async inSession<T>(send: () => Promise<T>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (ChatError.of(error).code !== 'unauthenticated') throw error;
      await this.openSession();
      return send();
    }
  }

  urlOf(path: string): string {
    return `${this.options.base}/${path}`;
  }

  /** The address of a file, which may be given from where the routes are. */
  resolve(url: string): string {
    return new URL(url, new URL(`${this.options.base}/`, document.baseURI)).href;
  }

  /** The words of a language, from beside the script. */
  async words(language: string): Promise<Partial<Words>> {
    const signal = AbortSignal.timeout(WORDS_TIMEOUT_MS);
    return checked(await this.#send(`widget.${language}.json`, { signal })).json();
  }

  /** Those of each request. The server refuses what is not of the customer that they name. */
  headers(): Record<string, string> {
    return {
      ...this.options.headers(),
      'X-Support-Chat': '1',
      ...(this.#customer && { 'X-Support-Customer': this.#customer }),
      ...(this.#session && { Authorization: `Bearer ${this.#session}` }),
    };
  }

  async #open(): Promise<SessionView> {
    if (this.#session) {
      const renewed = await this.#renew();
      if (renewed) return renewed;
    }
    const token = await this.options.token();
    this.#session = this.options.sessions.read(token);
    const view = (this.#session && (await this.#renew())) || (await this.#exchange(token));
    this.#session = view.session;
    this.options.sessions.write(token, view.session);
    return view;
  }

  #checked(view: SessionView): SessionView {
    const { key } = view.customer;
    this.#customer ??= key;
    if (key === this.#customer) return view;
    this.options.onOtherCustomer();
    throw new ChatError('unauthenticated');
  }

  /** Goes on with the present session, unless it is over. */
  async #renew(): Promise<SessionView | undefined> {
    try {
      const view = await this.#exchange();
      this.#session = view.session ?? this.#session;
      return view;
    } catch (error) {
      if (ChatError.of(error).code !== 'unauthenticated') throw error;
      this.#session = undefined;
      return undefined;
    }
  }

  async #exchange(token?: string): Promise<SessionView> {
    const response = await this.#send('session', {
      method: 'POST',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    return checked(response).json().catch(fail);
  }

  #send(path: string, init: Init): Promise<Response> {
    const headers: Record<string, string> = { ...this.headers(), ...init.headers };
    // A session is opened by whoever is there.
    if (path === 'session') delete headers['X-Support-Customer'];
    return fetch(this.urlOf(path), { ...init, headers, credentials: 'same-origin' }).catch(fail);
  }
}

function checked(response: Response): Response {
  if (response.ok) return response;
  throw ChatError.ofStatus(response.status, response.headers.get('Retry-After'));
}

function fail(error: unknown): never {
  throw ChatError.of(error);
}
