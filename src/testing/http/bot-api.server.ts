import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Clock, Timer } from '../../clock/clock.js';
import type { BotApiCall, RecordedCall } from './bot-api.call.js';
import { type BotApiAnswer, type BotApiExecutor, createErrorAnswer } from './bot-api.executor.js';
import { BodyTooLargeError, type BotApiRequest, readCall } from './call.reader.js';
import type { EmulatorFault } from './emulator.fault.js';
import type { FaultPlan } from './fault.plan.js';

/** What the server works with. */
export interface BotApiServerContext {
  readonly clock: Clock;
  readonly executor: BotApiExecutor;
  readonly faults: FaultPlan;
  /** Called whenever a call came or was answered. */
  readonly onChange: () => void;
}

/** Clients that keep a connection for less never write into one that is being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Longer headers are answered with 431, as Telegram does. */
const MAX_HEADER_BYTES = 256 * 1024;

/** The HTTP side of the Bot API: reads calls, lets them meet their faults, answers, records. */
export class BotApiServer {
  /** All calls, the oldest first. */
  readonly calls: BotApiCall[] = [];
  readonly #context: BotApiServerContext;
  readonly #server: Server;
  readonly #timers = new Set<Timer>();

  constructor(context: BotApiServerContext) {
    this.#context = context;
    this.#server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
      // A client that goes away in the middle of its request gets no answer.
      this.#handle(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = KEEP_ALIVE_MS;
  }

  /** Listens on loopback; resolves with the port. */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => {
        const address = this.#server.address();
        if (address === null || typeof address === 'string') reject(new Error('no port'));
        else resolve(address.port);
      });
    });
  }

  /** Closes all connections, calls without an answer included. */
  close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'POST') {
      request.resume();
      response.writeHead(501).end();
      return;
    }
    const call = await this.#read(request, response);
    if (!call) return;
    const recorded: RecordedCall = {
      method: call.method,
      params: call.parameters.toObject(),
      contentType: call.contentType,
      status: null,
      response: null,
      at: this.#context.clock.now(),
    };
    this.calls.push(recorded);
    this.#context.onChange();
    const fault = this.#context.faults.take(call.method);
    if (fault?.kind === 'delay') await this.#pause(fault.delayMs);
    if (!fault || fault.kind === 'delay') {
      this.#answer(response, recorded, this.#context.executor.execute(call));
    } else {
      this.#fail(fault, call, response, recorded);
    }
    this.#context.onChange();
  }

  async #read(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<BotApiRequest | undefined> {
    try {
      const call = await readCall(request);
      if (call) return call;
      const notFound = createErrorAnswer({ errorCode: 404, description: 'Not Found' });
      sendJson(response, notFound);
    } catch (error) {
      if (!(error instanceof BodyTooLargeError)) throw error;
      response.writeHead(413, { Connection: 'close' }).end();
    }
    return undefined;
  }

  #answer(response: ServerResponse, recorded: RecordedCall, answer: BotApiAnswer): void {
    recorded.status = answer.status;
    recorded.response = answer.response;
    sendJson(response, answer);
  }

  #fail(
    fault: Exclude<EmulatorFault, { kind: 'delay' }>,
    call: BotApiRequest,
    response: ServerResponse,
    recorded: RecordedCall,
  ): void {
    switch (fault.kind) {
      case 'hang':
        return;
      case 'error':
        this.#answer(response, recorded, createErrorAnswer(fault));
        return;
      case 'html':
        recorded.status = fault.status;
        sendPage(response, fault.status);
        return;
      case 'redirect':
        recorded.status = 302;
        response.writeHead(302, { Location: fault.location }).end();
        return;
      case 'cut':
        if (fault.perform) this.#context.executor.execute(call);
        response.destroy();
        return;
      case 'truncate': {
        const answer: BotApiAnswer = fault.perform
          ? this.#context.executor.execute(call)
          : { status: 200, response: { ok: true, result: true } };
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

function writeHead(response: ServerResponse, answer: BotApiAnswer, body: string): void {
  const retryAfter = answer.response.ok ? undefined : answer.response.parameters?.retry_after;
  response.writeHead(answer.status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  });
}

function sendJson(response: ServerResponse, answer: BotApiAnswer): void {
  const body = JSON.stringify(answer.response);
  writeHead(response, answer, body);
  response.end(body);
}

function sendHalf(response: ServerResponse, answer: BotApiAnswer): void {
  const body = JSON.stringify(answer.response);
  writeHead(response, answer, body);
  response.write(body.slice(0, body.length / 2), () => response.destroy());
}

function sendPage(response: ServerResponse, status: number): void {
  const title = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n`;
  response.writeHead(status, { 'Content-Type': 'text/html' }).end(body);
}
