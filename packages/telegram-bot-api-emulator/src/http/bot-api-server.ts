import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '../time/clock.js';
import type { DownloadLinks } from '../files/download-links.js';
import { sendFile, sendJson } from './answer-writer.js';
import { type BotApiExecutor, createErrorAnswer } from './bot-api-executor.js';
import { CallAnswerer } from './call-answerer.js';
import { BodyTooLargeError, type BotApiRequest, readCall, readFileRequest } from './call-reader.js';
import type { CallLog } from './call-log.js';
import type { FaultPlan } from './fault-plan.js';
import { ServerConnections } from './server-connections.js';
import type { Site } from './site.interface.js';
import type { UploadSpool } from './upload-spool.js';

/** What the server works with. */
export interface BotApiServerContext {
  readonly clock: Clock;
  readonly executor: BotApiExecutor;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly links: DownloadLinks;
  /** Where uploads to a local server are kept, which takes larger ones. */
  readonly uploads: UploadSpool | undefined;
}

/** Clients that keep a connection for less never write into one that is being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Longer headers are answered with 431, as Telegram does. */
const MAX_HEADER_BYTES = 256 * 1024;
const NOT_FOUND = createErrorAnswer({ errorCode: 404, description: 'Not Found' });

/** The HTTP side of the Bot API: reads calls, lets them meet their faults, answers, records. */
export class BotApiServer {
  readonly #context: BotApiServerContext;
  readonly #answerer: CallAnswerer;
  readonly #connections = new ServerConnections();
  #server: Server | undefined;
  #site: Site | undefined;
  #port = 0;
  #isCut = false;

  constructor(context: BotApiServerContext) {
    this.#context = context;
    this.#answerer = new CallAnswerer(context.clock);
  }

  /** Serves something else beside the Bot API, which an outage leaves alone. */
  serve(site: Site): void {
    this.#site = site;
  }

  /** Whether {@link goOffline} was called last. */
  get isOffline(): boolean {
    return this.#isCut || this.#server === undefined;
  }

  /** Refuses connections; where there is a site, takes and cuts them. */
  async goOffline(): Promise<void> {
    if (!this.#site) {
      await this.close();
      return;
    }
    this.#isCut = true;
    this.#answerer.cancel();
    this.#connections.cut();
    this.#site.changed();
  }

  /** Takes connections again, at the same port. */
  async goOnline(): Promise<void> {
    if (this.#isCut) this.#isCut = false;
    else await this.listen(this.#port);
    this.#site?.changed();
  }

  /** Listens on loopback; resolves with the port. */
  listen(port: number): Promise<number> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      response.setHeader('Date', new Date(this.#context.clock.now()).toUTCString());
      // A client that goes away in the middle of its request gets no answer.
      this.#handle(request, response).catch(() => response.destroy());
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.on('connection', (socket) => this.#connections.add(socket));
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        this.#server = server;
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve((this.#port = address.port));
      });
    });
  }

  /** Closes all connections, calls without an answer included, and takes no more. */
  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#answerer.cancel();
    if (!server) return Promise.resolve();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#site?.has(request)) {
      this.#connections.spare(request.socket);
      await this.#site.answer(request, response);
      return;
    }
    if (this.#isCut) {
      request.socket.destroy();
      return;
    }
    if (request.method !== 'GET' && request.method !== 'POST') {
      request.resume();
      response.writeHead(501).end();
      return;
    }
    const wanted = readFileRequest(request);
    if (wanted) {
      request.resume();
      const bot = this.#context.executor.findBot(wanted.token);
      const file = bot && this.#context.links.find(bot.id, wanted.path);
      if (file) await sendFile(response, file, request.headers.range);
      else sendJson(response, NOT_FOUND);
      return;
    }
    const call = await this.#read(request, response);
    if (call) await this.#answerCall(call, response);
  }

  async #answerCall(call: BotApiRequest, response: ServerResponse): Promise<void> {
    const { executor, calls, faults } = this.#context;
    const bot = executor.findBot(call.token);
    const recorded = calls.record(call, { botId: bot?.user.id ?? null, isWebhookReply: false });
    const left = new AbortController();
    response.on('close', () => left.abort());
    const open = { recorded, response, perform: () => executor.execute(call, left.signal) };
    const fault = faults.take(recorded);
    if (fault) await this.#answerer.fail(open, fault);
    else await this.#answerer.answer(open);
    calls.changed();
  }

  async #read(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<BotApiRequest | undefined> {
    try {
      const call = await readCall(request, this.#context.uploads);
      if (call) return call;
      sendJson(response, NOT_FOUND);
    } catch (error) {
      if (!(error instanceof BodyTooLargeError)) throw error;
      response.setHeader('Connection', 'close');
      // Uploads meet a proxy in front of Telegram's own server, which answers with no body.
      if (error.isUpload) sendJson(response, TOO_LARGE);
      else response.writeHead(413).end();
    }
    return undefined;
  }
}

const TOO_LARGE = createErrorAnswer({ errorCode: 413, description: 'Request Entity Too Large' });
