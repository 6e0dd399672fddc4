import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TestDesk } from '../support/test-desk.js';

/** A local Bot API server, or a proxy, that takes every call and answers it with one result. */
class OddServer {
  readonly texts: string[] = [];
  readonly #server: Server;

  private constructor(result: unknown) {
    this.#server = createServer(
      (request, response) => void this.#answer(request, response, result),
    );
  }

  static async start(result: unknown): Promise<OddServer> {
    const odd = new OddServer(result);
    odd.#server.listen(0, '127.0.0.1');
    await once(odd.#server, 'listening');
    return odd;
  }

  get apiRoot(): string {
    const address = this.#server.address();
    if (typeof address !== 'object' || !address) throw new Error('The server has no port');
    return `http://127.0.0.1:${address.port}`;
  }

  async #answer(request: IncomingMessage, response: ServerResponse, result: unknown) {
    const call: { text: string } = JSON.parse(await text(request));
    if (request.url?.endsWith('/sendMessage')) this.texts.push(call.text);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, result }));
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

describe('A desk whose Telegram takes a notice', () => {
  let odd: OddServer;
  let desk: TestDesk;
  afterEach(async () => {
    await desk.stop();
    odd.stop();
  });

  it.each([true, { message_id: 42 }, {}, 'posted'])(
    'and answers %j posts it once, and goes on',
    async (result) => {
      odd = await OddServer.start(result);
      desk = await TestDesk.start({ webhook: false, options: { apiRoot: odd.apiRoot } });
      await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
      await desk.telegram.notifyUserMessage({ threadId: 't2', text: 'two' });
      await vi.waitFor(() => expect(odd.texts).toHaveLength(2), 20_000);
      await desk.app.close();
      // What was still to be posted, or had been given up, would be named here.
      expect(desk.log.with('error', '')).toEqual([]);
      expect(odd.texts).toEqual([expect.stringContaining('one'), expect.stringContaining('two')]);
    },
  );

  it('and answers true to the creation of a topic says so, and posts nothing elsewhere', async () => {
    odd = await OddServer.start(true);
    desk = await TestDesk.start({
      webhook: false,
      options: { apiRoot: odd.apiRoot, adminChatId: -1_001_234_567_890, mode: 'topics' },
    });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await vi.waitFor(
      () => expect(desk.log.with('error', 'createForumTopic without a topic')).not.toEqual([]),
      20_000,
    );
    expect(odd.texts).toEqual([]);
  });

  it.each([true, null, {}, 'yes', { id: '1' }])(
    'and answers %j to all else is not said to be a desk',
    async (result) => {
      odd = await OddServer.start(result);
      desk = await TestDesk.start({ webhook: false, options: { apiRoot: odd.apiRoot } });
      await vi.waitFor(() => expect(desk.log.with('warn', 'apiRoot')).toHaveLength(1), 20_000);
      expect(desk.log.with('log', 'Desk: ')).toEqual([]);
      expect(desk.log.lines.map((line) => line.text).join()).not.toMatch(/undefined|null/);
    },
  );

  it('is named by its id when it has no username', async () => {
    odd = await OddServer.start({ id: 7, is_bot: true, type: 'supergroup', title: 'Support' });
    desk = await TestDesk.start({ webhook: false, options: { apiRoot: odd.apiRoot } });
    await vi.waitFor(() => expect(desk.log.with('log', 'Desk: ')).toHaveLength(1), 20_000);
    expect(desk.log.with('log', 'Desk: ')[0]?.text).toContain('Desk: the bot 7 in Support');
  });
});
