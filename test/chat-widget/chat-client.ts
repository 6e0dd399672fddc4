import type { MessageView, ThreadView } from '../../src/chat-widget/index.js';

/** What a route has answered. */
export interface ChatAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed, if it was JSON. */
  readonly body: {
    readonly thread: ThreadView;
    readonly threads: readonly ThreadView[];
    readonly message: MessageView;
    readonly messages: readonly MessageView[];
    readonly cursor: number;
    readonly session: string;
    readonly error: string;
    readonly [other: string]: unknown;
  };
  readonly text: string;
}

/** A browser of a customer: it keeps cookies and a session, and sends what the widget sends. */
export class ChatClient {
  session: string | undefined;
  cookie: string | undefined;
  /** Sent with each request. */
  headers: Record<string, string> = {};

  /** @param base The URL of the chat, with a slash at the end. */
  constructor(readonly base: string) {}

  /** Opens a session, as the widget does first. */
  async open(body: object = {}): Promise<ChatAnswer> {
    const answer = await this.call('POST', 'session', body);
    const [cookie] = answer.headers.getSetCookie();
    if (cookie) this.cookie = cookie.split(';')[0];
    return answer;
  }

  /** Opens a thread. */
  async start(text: string, more: object = {}): Promise<ChatAnswer> {
    return this.call('POST', 'threads', { clientId: crypto.randomUUID(), text, ...more });
  }

  async messagesOf(threadId: string): Promise<readonly MessageView[]> {
    const { body } = await this.call('GET', `threads/${threadId}/messages`);
    return body.messages;
  }

  /** Calls a route with a JSON body. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string | undefined> = {},
  ): Promise<ChatAnswer> {
    const isText = typeof body === 'string';
    const json = body === undefined || isText ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' };
    return this.send(method, path, json, { ...type, ...headers });
  }

  /** Uploads a file. */
  upload(bytes: Uint8Array<ArrayBuffer>, name = 'photo.png'): Promise<ChatAnswer> {
    const path = `uploads?name=${encodeURIComponent(name)}`;
    return this.send('POST', path, bytes, { 'Content-Type': 'application/octet-stream' });
  }

  async send(
    method: string,
    path: string,
    body: NonNullable<RequestInit['body']> | undefined,
    headers: Record<string, string | undefined> = {},
  ): Promise<ChatAnswer> {
    const all = {
      'X-Support-Chat': '1',
      Authorization: this.session && `Bearer ${this.session}`,
      Cookie: this.cookie,
      ...this.headers,
      ...headers,
    };
    const given = Object.entries(all).flatMap(([name, value]): Array<[string, string]> =>
      value === undefined ? [] : [[name, value]],
    );
    const response = await fetch(new URL(path, this.base), {
      method,
      headers: given,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : {},
      text,
    };
  }
}
