import type { IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { NestInternals } from '../../webhook/nest-internals.js';
import { ChatRoutes } from '../api/chat-routes.js';

type OnRequest = (
  request: { readonly raw: IncomingMessage },
  reply: unknown,
  done: () => void,
) => void;

/** A route, as Fastify shows it to `onRoute` hooks, which may change it. */
interface FastifyRoute {
  readonly method: string | string[];
  readonly url: string;
  onRequest?: OnRequest | OnRequest[];
}

/** The part of Fastify that is used here: the package need not be installed. */
interface FastifyServer {
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): unknown;
}

/** What makes Fastify look for a parser, and answer 415 without one. */
const BODY_HEADERS = ['content-type', 'content-length', 'transfer-encoding'] as const;

/** Keeps the parsers of Fastify away from uploads, so that they are read as they arrive. Express leaves them alone. */
@Injectable()
export class UnparsedUploads {
  /** The sizes that the headers gave. */
  readonly #lengths = new WeakMap<IncomingMessage, string | undefined>();

  constructor(nest: NestInternals, routes: ChatRoutes) {
    nest.beforeBodyParsers((adapter) => {
      if (adapter.getType() !== 'fastify') return;
      adapter.getInstance<FastifyServer>().addHook('onRoute', (route) => {
        const isUpload = route.method === 'POST' && /\/uploads\/?$/.test(route.url);
        if (!isUpload || !routes.serves(route.url)) return;
        route.onRequest = [route.onRequest ?? [], this.#hideBody].flat();
      });
    });
  }

  /** The number of bytes that a client has announced; undefined for none. */
  lengthOf(request: IncomingMessage): number | undefined {
    const text = this.#lengths.get(request) ?? request.headers['content-length'];
    return text === undefined ? undefined : Number(text);
  }

  readonly #hideBody: OnRequest = ({ raw }, _reply, done) => {
    this.#lengths.set(raw, raw.headers['content-length']);
    for (const name of BODY_HEADERS) delete raw.headers[name];
    done();
  };
}
