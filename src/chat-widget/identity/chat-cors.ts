import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { NestInternals } from '../../webhook/nest-internals.js';
import { ChatRoutes } from '../api/chat-routes.js';
import { ChatSettings } from '../config/chat-settings.js';

/** How long browsers remember what they have asked. */
const MAX_AGE_SECONDS = 600;

/** The part of Fastify that is used here: the package need not be installed. */
interface FastifyServer {
  addHook(
    name: 'onRequest',
    hook: (request: AskingRequest, reply: FastifyReply, done: () => void) => void,
  ): unknown;
  addHook(
    name: 'onSend',
    hook: (
      request: AskingRequest,
      reply: FastifyReply,
      payload: unknown,
      done: (error: null, payload: unknown) => void,
    ) => void,
  ): unknown;
}

interface FastifyReply {
  getHeaders(): Record<string, unknown>;
  removeHeader(name: string): unknown;
  headers(values: Record<string, string>): unknown;
  code(status: number): { send(): unknown };
}

interface AskingRequest {
  readonly method?: string;
  readonly url?: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Answers what browsers ask before pages of other origins use the chat (CORS), whatever the app answers for its own
 * routes: on Express it stands before the app's middleware, on Fastify it has the last word.
 */
@Injectable()
export class ChatCors {
  constructor(
    private readonly settings: ChatSettings,
    private readonly routes: ChatRoutes,
    nest: NestInternals,
  ) {
    nest.beforeBodyParsers((adapter) => {
      if (adapter.getType() === 'express') adapter.use(this.#handleExpress);
      if (adapter.getType() === 'fastify') {
        const server = adapter.getInstance<FastifyServer>();
        server.addHook('onRequest', (request, reply, done) => {
          if (this.#isAsked(request)) reply.code(204).send();
          else done();
        });
        // CORS of the app may answer before that hook, or write headers after it.
        server.addHook('onSend', (request, reply, payload, done) => {
          if (this.#isAsked(request)) this.#writeFastify(request, reply);
          done(null, payload);
        });
      }
    });
  }

  /** The headers of an answer to a request. */
  headersFor({ origin }: IncomingHttpHeaders): Record<string, string> {
    if (origin === undefined || !this.settings.origins.has(origin)) return { Vary: 'Origin' };
    return {
      Vary: 'Origin',
      'Access-Control-Allow-Origin': origin,
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Expose-Headers': 'Retry-After',
    };
  }

  readonly #handleExpress = (
    request: AskingRequest,
    response: ServerResponse,
    next: () => void,
  ): void => {
    if (!this.#isAsked(request)) next();
    else {
      const { status, headers } = this.#answerTo(request.headers);
      response.writeHead(status, headers).end();
    }
  };

  #writeFastify(request: AskingRequest, reply: FastifyReply): void {
    const { status, headers } = this.#answerTo(request.headers);
    for (const name of Object.keys(reply.getHeaders())) {
      if (name.startsWith('access-control-')) reply.removeHeader(name);
    }
    reply.headers(headers);
    reply.code(status);
  }

  #isAsked({ method, url = '' }: AskingRequest): boolean {
    return method === 'OPTIONS' && this.routes.serves(url.replace(/\?.*$/s, ''));
  }

  #answerTo(headers: IncomingHttpHeaders): { status: number; headers: Record<string, string> } {
    const allowed = this.headersFor(headers);
    if (!('Access-Control-Allow-Origin' in allowed)) return { status: 403, headers: allowed };
    const asked = headers['access-control-request-headers'];
    return {
      status: 204,
      headers: {
        ...allowed,
        'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE',
        // A listed page may send headers of the app's own, such as one that its guards want.
        ...(typeof asked === 'string' && { 'Access-Control-Allow-Headers': asked }),
        'Access-Control-Max-Age': String(MAX_AGE_SECONDS),
      },
    };
  }
}
