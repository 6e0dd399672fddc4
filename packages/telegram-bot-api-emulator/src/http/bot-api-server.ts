import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock, Timer } from '../time/clock.js';
import type { DownloadLinks } from '../files/download-links.js';
import { sendFile, sendHalf, sendJson, sendPage } from './answer-writer.js';
import type { RecordedCall } from './bot-api-call.js';
import { type BotApiAnswer, type BotApiExecutor, createErrorAnswer } from './bot-api-executor.js';
import { BotApiError } from '../common/bot-api.error.js';
import { BodyTooLargeError, type BotApiRequest, readCall, readFileRequest } from './call-reader.js';
import type { CallLog } from './call-log.js';
import type { EmulatorFault } from './emulator-fault.js';
import type { FaultPlan } from './fault-plan.js';
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

type Performed = BotApiAnswer | Promise<BotApiAnswer>;

/** Clients that keep a connection for less never write into one that is being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Longer headers are answered with 431, as Telegram does. */
const MAX_HEADER_BYTES = 256 * 1024;
const NOT_FOUND = createErrorAnswer({ errorCode: 404, description: 'Not Found' });

/** The HTTP side of the Bot API: reads calls, lets them meet their faults, answers, records. */
export class BotApiServer {
  readonly #context: BotApiServerContext;
  readonly #timers = new Set<Timer>();
  #server: Server | undefined;

  constructor(context: BotApiServerContext) {
    this.#context = context;
  }

  /** Listens on loopback; resolves with the port. */
  listen(port: number): Promise<number> {
    const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      // A client that goes away in the middle of its request gets no answer.
      this.#handle(request, response).catch(() => response.destroy());
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        this.#server = server;
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  }

  /** Closes all connections, calls without an answer included, and takes no more. */
  close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    for (const timer of this.#timers) timer.cancel();
    if (!server) return Promise.resolve();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    const perform = (): Performed => executor.execute(call, left.signal);
    const fault = faults.take(call.method);
    if (fault) await this.#fail(fault, perform, response, recorded);
    else await this.#finish(response, recorded, perform());
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

  async #finish(
    response: ServerResponse,
    recorded: RecordedCall,
    performed: Performed,
  ): Promise<void> {
    const answer = performed instanceof Promise ? await performed : performed;
    this.#answer(response, recorded, answer);
  }

  #answer(response: ServerResponse, recorded: RecordedCall, answer: BotApiAnswer): void {
    recorded.status = answer.status;
    recorded.response = answer.response;
    sendJson(response, answer);
  }

  async #fail(
    fault: EmulatorFault,
    perform: () => Performed,
    response: ServerResponse,
    recorded: RecordedCall,
  ): Promise<void> {
    switch (fault.kind) {
      case 'hang':
        return;
      case 'delay':
        await this.#pause(fault.delayMs);
        await this.#finish(response, recorded, perform());
        return;
      case 'error':
        this.#answer(response, recorded, createErrorAnswer(fault));
        return;
      case 'flood': {
        const flood = BotApiError.flood(fault.retryAfterSeconds);
        this.#answer(response, recorded, createErrorAnswer(flood));
        return;
      }
      case 'html':
        recorded.status = fault.status;
        sendPage(response, fault.status);
        return;
      case 'redirect':
        recorded.status = 302;
        response.writeHead(302, { Location: fault.location }).end();
        return;
      case 'cut':
        if (fault.perform) await perform();
        response.destroy();
        return;
      case 'truncate': {
        const answer = fault.perform ? await perform() : NOTHING_DONE;
        recorded.status = answer.status;
        sendHalf(response, answer);
        return;
      }
    }
  }

  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#context.clock.setTimer(() => {
        this.#timers.delete(timer);
        resolve();
      }, delayMs);
      this.#timers.add(timer);
    });
  }
}

const TOO_LARGE = createErrorAnswer({ errorCode: 413, description: 'Request Entity Too Large' });
const NOTHING_DONE: BotApiAnswer = { status: 200, response: { ok: true, result: true } };
