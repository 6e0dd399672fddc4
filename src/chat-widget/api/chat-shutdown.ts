import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { NestInternals } from '../../webhook/nest-internals.js';
import { ChatRoutes } from './chat-routes.js';

/** The part of Fastify that is used here: the package need not be installed. */
interface FastifyServer {
  addHook(
    name: 'onRequest',
    hook: (
      request: { readonly raw: IncomingMessage },
      reply: { readonly raw: ServerResponse },
      done: () => void,
    ) => void,
  ): unknown;
}

/**
 * Ends the connections of the chat's clients with their next answer once the app shuts down. Otherwise the server, which
 * waits for all connections, would wait for as long as a client repeats its requests on one.
 */
@Injectable()
export class ChatShutdown implements OnModuleDestroy {
  /** Those that have not ended. */
  readonly #answers = new Set<ServerResponse>();
  #hasBegun = false;

  constructor(
    private readonly routes: ChatRoutes,
    nest: NestInternals,
  ) {
    nest.beforeBodyParsers((adapter) => {
      if (adapter.getType() === 'express') adapter.use(this.#follow);
      if (adapter.getType() === 'fastify') {
        adapter.getInstance<FastifyServer>().addHook('onRequest', (request, reply, done) => {
          this.#follow(request.raw, reply.raw, done);
        });
      }
    });
  }

  onModuleDestroy(): void {
    this.#hasBegun = true;
    for (const answer of this.#answers) endConnection(answer);
  }

  readonly #follow = (request: IncomingMessage, answer: ServerResponse, next: () => void): void => {
    const { url = '', httpVersionMajor } = request;
    // HTTP/2 has no such header, and ends its sessions itself.
    if (httpVersionMajor < 2 && this.routes.serves(url.replace(/\?.*$/s, ''))) {
      if (this.#hasBegun) endConnection(answer);
      else {
        this.#answers.add(answer);
        answer.once('close', () => this.#answers.delete(answer));
      }
    }
    next();
  };
}

/** Ends the connection after an answer, also after one that has begun. */
function endConnection(answer: ServerResponse): void {
  if (!answer.headersSent) {
    answer.setHeader('Connection', 'close');
    return;
  }
  const { socket } = answer;
  answer.once('finish', () => socket?.end());
}
