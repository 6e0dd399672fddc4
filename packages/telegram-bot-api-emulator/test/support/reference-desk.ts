import {
  BotApiEmulator,
  type BotApiEmulatorOptions,
  type EmulatedChat,
  type ResponseParameters,
  VirtualClock,
} from '../../src/index.js';

/** What came back over HTTP. */
export interface ReferenceAnswer {
  readonly status: number;
  /** The envelope. */
  readonly body: unknown;
}

/** A method with its parameters. */
export type ReferenceCall = readonly [method: string, params: object];

/**
 * A fact about the Bot API's own server: the fact in short, where its source says so, the call in a
 * state that shows it, and the whole answer.
 */
export type ReferenceRow = readonly [
  fact: string,
  source: string,
  arrange: (desk: ReferenceDesk) => ReferenceCall | Promise<ReferenceCall>,
  answer: ReferenceAnswer,
];

/** The whole answer to a call that is refused. */
export function refused(
  errorCode: number,
  description: string,
  parameters?: ResponseParameters,
): ReferenceAnswer {
  const body = { ok: false, error_code: errorCode, description, ...(parameters && { parameters }) };
  return { status: errorCode, body };
}

/** The whole answer to a call that succeeds. */
export function accepted(result: unknown, description?: string): ReferenceAnswer {
  const said = description === undefined ? {} : { description };
  return { status: 200, body: { ok: true, result, ...said } };
}

/** When the time of a {@link ReferenceDesk} begins, in seconds since the Unix epoch. */
export const START = 1_750_000_000;

/** An emulator on a time of the test's, with a chat of each kind, called over real HTTP. */
export class ReferenceDesk {
  readonly group: EmulatedChat;
  readonly supergroup: EmulatedChat;
  readonly forum: EmulatedChat;
  readonly channel: EmulatedChat;
  /** The private chat of Ann. */
  readonly person: EmulatedChat;

  private constructor(
    readonly telegram: BotApiEmulator<VirtualClock>,
    readonly clock: VirtualClock,
  ) {
    this.group = telegram.createGroup({ title: 'Group' });
    this.supergroup = telegram.createSupergroup({ title: 'Supergroup' });
    this.forum = telegram.createForum({ title: 'Forum' });
    this.channel = telegram.createChannel({ title: 'Channel' });
    this.person = telegram.createPrivateChat('Ann');
  }

  static async start(options: Omit<BotApiEmulatorOptions, 'clock'> = {}): Promise<ReferenceDesk> {
    const clock = new VirtualClock(START * 1000);
    const log = (): void => undefined;
    return new ReferenceDesk(await BotApiEmulator.start({ log, ...options, clock }), clock);
  }

  /** Where calls of the method go to. */
  url(method: string): string {
    return `${this.telegram.apiRoot}/bot${this.telegram.bot.token}/${method}`;
  }

  /** Calls a method with JSON. */
  call(method: string, params: object = {}): Promise<ReferenceAnswer> {
    return this.post(method, 'application/json', JSON.stringify(params));
  }

  /** Calls a method with any body. */
  post(method: string, contentType: string, body: string): Promise<ReferenceAnswer> {
    return this.request(method, {
      method: 'POST',
      headers: { 'Content-Type': contentType },
      body,
    });
  }

  /** Calls a method with a form; what is a file is sent as one. */
  upload(
    method: string,
    fields: Readonly<Record<string, string | number | File>>,
  ): Promise<ReferenceAnswer> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (value instanceof File) body.append(name, value, value.name);
      else body.append(name, String(value));
    }
    return this.request(method, { method: 'POST', body });
  }

  /** Calls a method in any way. */
  async request(method: string, init?: RequestInit): Promise<ReferenceAnswer> {
    const response = await fetch(this.url(method), init);
    return { status: response.status, body: await response.json() };
  }

  /** The result of a call that has to succeed. */
  async result(method: string, params: object = {}): Promise<unknown> {
    const { body } = await this.call(method, params);
    if (isSuccess(body)) return body.result;
    throw new Error(`${method} was refused: ${JSON.stringify(body)}`);
  }

  /** Lets the bot write to a chat; resolves with the id of the message. */
  async send(chat: EmulatedChat, params: object = {}): Promise<number> {
    await this.result('sendMessage', { chat_id: chat.id, text: 'hi', ...params });
    return chat.messages.at(-1)?.message_id ?? 0;
  }

  /** Lets the bot create a topic of the forum; resolves with its thread id. */
  async createTopic(name = 'Topic'): Promise<number> {
    await this.result('createForumTopic', { chat_id: this.forum.id, name });
    return this.forum.topics.at(-1)?.id ?? 0;
  }

  /** Resolves when the server has got so many calls, answered or not. */
  async received(count: number): Promise<void> {
    await this.telegram.waitForCall(() => this.telegram.calls.length >= count);
  }

  stop(): Promise<void> {
    return this.telegram.stop();
  }
}

function isSuccess(body: unknown): body is { readonly result: unknown } {
  return typeof body === 'object' && body !== null && 'result' in body;
}
