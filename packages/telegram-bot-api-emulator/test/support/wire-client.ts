import type { BotApiEmulator, EmulatedBot } from '../../src/index.js';

/** Calls an emulator as the wire sees it, with JSON or forms, and downloads files from it. */
export class WireClient {
  readonly #telegram: BotApiEmulator;
  readonly #bot: EmulatedBot;

  /** @param bot By default the first bot. */
  constructor(telegram: BotApiEmulator, bot: EmulatedBot = telegram.bot) {
    this.#telegram = telegram;
    this.#bot = bot;
  }

  /** Where calls of the method go to. */
  url(method: string): string {
    return `${this.#telegram.apiRoot}/bot${this.#bot.token}/${method}`;
  }

  /** The address of a file, by the `file_path` that getFile answers with. */
  fileUrl(path: string): string {
    return `${this.#telegram.apiRoot}/file/bot${this.#bot.token}/${path}`;
  }

  /** Calls a method with JSON; resolves with the envelope. */
  async call(method: string, params: object = {}, signal?: AbortSignal): Promise<unknown> {
    const response = await fetch(this.url(method), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
      ...(signal && { signal }),
    });
    return response.json();
  }

  /** Calls a method with a form; resolves with the envelope. */
  async upload(
    method: string,
    fields: Readonly<Record<string, string | number | File>>,
  ): Promise<unknown> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (value instanceof File) form.append(name, value, value.name);
      else form.append(name, String(value));
    }
    const response = await fetch(this.url(method), { method: 'POST', body: form });
    return response.json();
  }

  /** The description of the error that a call meets; `ok` of one that succeeds. */
  async errorOf(method: string, params: object = {}): Promise<string> {
    const answer = await this.call(method, params);
    const isError = typeof answer === 'object' && answer !== null && 'error_code' in answer;
    return isError && 'description' in answer ? String(answer.description) : 'ok';
  }
}
