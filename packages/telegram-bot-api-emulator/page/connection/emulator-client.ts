import type {
  PageAction,
  PageActionResult,
  PageFailure,
} from '../../src/page/page-action.interface.js';
import type { PageMessageList, PageUpload } from '../../src/page/page-protocol.js';

/** Shows the server that the page itself asks, and no other page of the browser. */
const HEADERS = { 'X-Emulator-Page': '1' };

/** What the page asks of the emulator. Whatever is refused rejects with the emulator's words. */
export class EmulatorClient {
  async perform(action: PageAction): Promise<PageActionResult> {
    return this.#post<PageActionResult>('actions', JSON.stringify(action), 'application/json');
  }

  /** @returns What names the upload when it is sent. */
  async upload(file: File): Promise<string> {
    const query = new URLSearchParams({ name: file.name || 'file' });
    if (file.type) query.set('type', file.type);
    const type = 'application/octet-stream';
    const { upload } = await this.#post<PageUpload>(`uploads?${query}`, file, type);
    return upload;
  }

  async older(chat: string, before: number, topicId?: number): Promise<PageMessageList> {
    const query = new URLSearchParams({ chat, before: String(before) });
    if (topicId !== undefined) query.set('topic', String(topicId));
    const response = await ask(`messages?${query}`, {});
    return read<PageMessageList>(response);
  }

  async #post<T extends { readonly ok: true }>(
    path: string,
    body: BodyInit,
    type: string,
  ): Promise<T> {
    const headers = { ...HEADERS, 'Content-Type': type };
    return read<T>(await ask(path, { method: 'POST', headers, body }));
  }
}

async function ask(path: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error('The emulator does not answer. Is its process still running?');
  }
}

async function read<T extends object>(response: Response): Promise<T> {
  const answer: T | PageFailure = JSON.parse(await response.text());
  if ('error' in answer) throw new Error(answer.error);
  return answer;
}
