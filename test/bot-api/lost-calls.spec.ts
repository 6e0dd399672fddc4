import { HttpService } from '@nestjs/axios';
import { create, type CreateAxiosDefaults } from 'axios';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BotApiClient, BotApiTransportError } from '../../src/index.js';
import { BotToken } from '../../src/secrets/bot-token.js';
import { FullBacklogServer } from '../support/full-backlog.server.js';
import { freePort } from '../support/redis-server.js';
import { createSelfSigned } from '../../packages/telegram-bot-api-emulator/test/support/self-signed.js';

const TOKEN = `7000000001:${'A'.repeat(35)}`;
/** How long a call may take to which nothing answers. */
const SHORT_MS = 400;
const LONG_MS = 20_000;
const ANSWER = '{"ok":true,"result":true}';

type Handler = (socket: Socket) => void;

/** Calls `then` when a whole request has been read. */
const whenRead =
  (then: Handler): Handler =>
  (socket) => {
    socket.on('data', (chunk) => {
      if (chunk.includes('}')) then(socket);
    });
  };

const answerWith = (head: string, body = ''): Handler =>
  whenRead((socket) => socket.write(`HTTP/1.1 ${head}\r\n\r\n${body}`));

describe('Of a call without an answer, it is known whether it was made', () => {
  const ends: Array<() => Promise<unknown>> = [];
  afterEach(async () => {
    await Promise.all(ends.splice(0).map((end) => end()));
  });

  async function listen(server: Server): Promise<number> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    });
    const address = server.address();
    if (typeof address !== 'object' || !address) throw new Error('No port was given');
    return address.port;
  }

  const tcp = (handler: Handler): Promise<number> => listen(createServer(handler));

  function clientOf(
    apiRoot: string,
    timeoutMs = LONG_MS,
    defaults: CreateAxiosDefaults = {},
  ): BotApiClient {
    const http = new HttpService(create(defaults));
    const client = new BotApiClient(http, { token: new BotToken(TOKEN), apiRoot, timeoutMs });
    ends.push(() => Promise.resolve(client.close()));
    return client;
  }

  /** What is known of the client's call, which fails. */
  async function lossOf(
    client: BotApiClient,
    signal?: AbortSignal,
  ): Promise<Pick<BotApiTransportError, 'maybePerformed' | 'description'>> {
    const call = client.call(
      'sendMessage',
      { chat_id: 1, text: 'x' },
      { ...(signal && { signal }) },
    );
    const error = await call.then(
      () => expect.fail('the call succeeded'),
      (failure: unknown) => failure,
    );
    if (!(error instanceof BotApiTransportError)) throw error;
    return { maybePerformed: error.maybePerformed, description: error.description };
  }

  const lost = (maybePerformed: boolean, description: RegExp): object => ({
    maybePerformed,
    description: expect.stringMatching(description),
  });

  describe('it was not, when', () => {
    const cases: Array<[string, () => Promise<BotApiClient>, RegExp]> = [
      [
        'nothing listens',
        async () => clientOf(`http://127.0.0.1:${await freePort()}`),
        /ECONNREFUSED/,
      ],
      [
        'nothing listens at any of several addresses',
        async () => {
          const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
          const lookup: CreateAxiosDefaults['lookup'] = (_host, _options, done) =>
            done(
              null,
              addresses.map(({ address }) => address),
            );
          return clientOf(`http://telegram.invalid:${await freePort()}`, LONG_MS, { lookup });
        },
        /ECONNREFUSED/,
      ],
      [
        'the name is none',
        async () =>
          clientOf('http://telegram.invalid', LONG_MS, {
            lookup: (_host, _options, done) =>
              done(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }), ''),
          }),
        /ENOTFOUND/,
      ],
      ['the address is none', async () => clientOf('http://127.0.0.1:99999'), /Invalid URL/],
      [
        'nobody answers who connects',
        async () => {
          const server = await FullBacklogServer.start();
          ends.push(() => server.stop());
          return clientOf(`http://127.0.0.1:${server.port}`, SHORT_MS);
        },
        /timed out after 400 ms/,
      ],
      [
        'the connection is reset before its TLS handshake',
        async () =>
          clientOf(`https://127.0.0.1:${await tcp((socket) => void socket.resetAndDestroy())}`),
        /ECONNRESET|EPIPE/,
      ],
      [
        'the TLS handshake is reset',
        async () => {
          const port = await tcp((socket) => socket.once('data', () => socket.resetAndDestroy()));
          return clientOf(`https://127.0.0.1:${port}`);
        },
        /ECONNRESET|EPIPE/,
      ],
      [
        'the TLS handshake is ended',
        async () => {
          const port = await tcp((socket) => socket.once('data', () => socket.end()));
          return clientOf(`https://127.0.0.1:${port}`);
        },
        /ECONNRESET|disconnected/,
      ],
      [
        'the TLS handshake hangs',
        async () => clientOf(`https://127.0.0.1:${await tcp(() => undefined)}`, SHORT_MS),
        /timed out after 400 ms/,
      ],
      [
        'the server does not speak TLS',
        async () => {
          const port = await listen(createHttpServer((_request, response) => response.end(ANSWER)));
          return clientOf(`https://127.0.0.1:${port}`);
        },
        /EPROTO|SSL/,
      ],
      [
        'nobody vouches for the certificate',
        async () => {
          const { key, cert } = createSelfSigned();
          const server = createTlsServer({ key, cert }, (_request, response) => {
            response.end(ANSWER);
          });
          return clientOf(`https://127.0.0.1:${await listen(server)}`);
        },
        /SELF_SIGNED/,
      ],
      [
        'the proxy is not there',
        async () => viaProxy('http://api.invalid', await freePort()),
        /ECONNREFUSED/,
      ],
      [
        'the proxy is not there to which a tunnel would go',
        async () => viaProxy('https://api.invalid', await freePort()),
        /ECONNREFUSED/,
      ],
      [
        'the proxy opens no tunnel',
        async () =>
          viaProxy(
            'https://api.invalid',
            await tcp((socket) =>
              socket.once('data', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')),
            ),
          ),
        /HTTP 502/,
      ],
      [
        'the tunnel ends before its TLS handshake is done',
        async () =>
          viaProxy(
            'https://api.invalid',
            await tcp((socket) => {
              socket.once('data', () => {
                socket.write('HTTP/1.1 200 OK\r\n\r\n');
                socket.once('data', () => socket.destroy());
              });
            }),
          ),
        /ECONNRESET|disconnected/,
      ],
      [
        "it is answered with a refusal that is not the Bot API's",
        async () =>
          clientOf(
            `http://127.0.0.1:${await tcp(answerWith('413 Too Large\r\nContent-Length: 0'))}`,
          ),
        /HTTP 413/,
      ],
    ];

    it.each(cases)('%s', async (_name, start, description) => {
      expect(await lossOf(await start())).toEqual(lost(false, description));
    });

    it('somebody has given it up before it begins, or before it is connected', async () => {
      const port = await tcp(() => undefined);
      expect(await lossOf(clientOf(`http://127.0.0.1:${port}`), AbortSignal.abort())).toEqual(
        lost(false, /given up/),
      );
      const giveUp = new AbortController();
      const hanging = await tcp(() => giveUp.abort());
      const client = clientOf(`https://127.0.0.1:${hanging}`);
      expect(await lossOf(client, giveUp.signal)).toEqual(lost(false, /given up/));
    });
  });

  describe('it may have been, when', () => {
    const cases: Array<[string, Handler, RegExp]> = [
      ['it was read', whenRead((s) => s.resetAndDestroy()), /ECONNRESET/],
      ['it was read, and the connection ended', whenRead((s) => s.end()), /hang up/],
      [
        'half of an answer came',
        answerWith('200 OK\r\nContent-Length: 25', '{"ok":true,'),
        /timed out/,
      ],
      [
        'half of an answer came, and the end',
        whenRead((s) => s.end('HTTP/1.1 200 OK\r\nContent-Length: 25\r\n\r\n{"ok"')),
        /aborted/,
      ],
      ['the answer is no HTTP', whenRead((s) => s.end('what?\r\n\r\n')), /HPE_INVALID/],
      [
        'a proxy has lost its server',
        answerWith('502 Bad Gateway\r\nContent-Length: 0'),
        /HTTP 502/,
      ],
      ['a proxy waited long enough', answerWith('504 Timeout\r\nContent-Length: 0'), /HTTP 504/],
      ['no answer came in time', () => undefined, /timed out after 400 ms/],
    ];

    it.each(cases)('%s', async (_name, handler, description) => {
      const timeoutMs = String(description).includes('timed out') ? SHORT_MS : LONG_MS;
      const client = clientOf(`http://127.0.0.1:${await tcp(handler)}`, timeoutMs);
      expect(await lossOf(client)).toEqual(lost(true, description));
    });

    it('its connection was open already', async () => {
      let requests = 0;
      const port = await tcp((socket) => {
        socket.on('data', (chunk) => {
          if (!chunk.includes('}')) return;
          requests += 1;
          if (requests > 1) socket.resetAndDestroy();
          else socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${ANSWER.length}\r\n\r\n${ANSWER}`);
        });
      });
      const client = clientOf(`http://127.0.0.1:${port}`);
      await client.call('getMe');
      expect(await lossOf(client)).toEqual(lost(true, /ECONNRESET|hang up/));
      expect(requests).toBe(2);
    });

    it('somebody has given it up after it was read', async () => {
      const giveUp = new AbortController();
      const client = clientOf(`http://127.0.0.1:${await tcp(whenRead(() => giveUp.abort()))}`);
      expect(await lossOf(client, giveUp.signal)).toEqual(lost(true, /given up/));
    });

    it('a proxy has received the request', async () => {
      const port = await tcp(whenRead((socket) => socket.resetAndDestroy()));
      expect(await lossOf(viaProxy('http://api.invalid', port))).toEqual(lost(true, /ECONNRESET/));
    });
  });

  function viaProxy(apiRoot: string, port: number): BotApiClient {
    const proxy = { protocol: 'http', host: '127.0.0.1', port };
    return clientOf(apiRoot, LONG_MS, { proxy });
  }
});
