import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { SECRET_HEADER, type WebhookSecrets } from '../secrets/webhook-secrets.js';
import { NestInternals } from './nest-internals.js';
import { hasUnreadJson, readJsonBody, type ExpressRequest } from './read-json-body.js';
import { WebhookRejections } from './webhook-rejections.js';
import { WebhookRoutes } from './webhook-routes.js';
import { WEBHOOK_SECRETS } from './webhook.constants.js';

/**
 * The longest update that is accepted, in bytes, whatever the app's own limit is. Telegram escapes what
 * is beyond ASCII as \uXXXX (td, JsonBuilder.cpp), so a text of 4096 emoji takes 48 kB, and the message
 * that it answers as much again: with entities, more than the 100 kB that Express allows. Telegram
 * repeats a refused update for 24 hours, and delivers no later one of the chat.
 */
const MAX_UPDATE_BYTES = 2 * 1024 * 1024;

/** What `TelegramSecretGuard` answers, too. */
const UNAUTHORIZED = { message: 'Unauthorized', statusCode: 401 } as const;

type OnRequest = (
  request: { readonly headers: IncomingHttpHeaders },
  reply: { code(status: number): { send(body: object): unknown } },
  done: () => void,
) => void;

/** A route, as Fastify shows it to `onRoute` hooks, which may change it. */
interface FastifyRoute {
  readonly method: string | string[];
  readonly url: string;
  bodyLimit?: number;
  onRequest?: OnRequest | OnRequest[];
}

/** The part of Fastify that is used here: the package need not be installed. */
interface FastifyServer {
  readonly initialConfig: { readonly bodyLimit?: number };
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): unknown;
}

/**
 * Accepts updates that are longer than the app's body limit, or that the app has no parser for, if they
 * show the secret. Answers everybody else 401 before their body is read.
 */
@Injectable()
export class WebhookBodyLimit {
  readonly #secrets: WebhookSecrets | null;
  readonly #routes: WebhookRoutes;
  readonly #rejections: WebhookRejections;

  constructor(
    @Inject(WEBHOOK_SECRETS) secrets: WebhookSecrets | null,
    routes: WebhookRoutes,
    rejections: WebhookRejections,
    nest: NestInternals,
  ) {
    this.#secrets = secrets;
    this.#routes = routes;
    this.#rejections = rejections;
    if (!secrets) return;
    nest.beforeBodyParsers((adapter) => {
      const type = adapter.getType();
      if (type === 'express') adapter.use(this.#handleExpress);
      if (type === 'fastify') this.#changeRoutes(adapter.getInstance<FastifyServer>());
    });
  }

  readonly #handleExpress = (
    request: ExpressRequest,
    response: ServerResponse,
    next: (error?: unknown) => void,
  ): void => {
    const { method, url = '', path = url.replace(/\?.*$/s, '') } = request;
    if (method !== 'POST' || !this.#routes.serves(path)) next();
    else if (this.#isRejected(request.headers)) {
      // Node discards the body that is still to come.
      response.writeHead(401, { 'Content-Type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(UNAUTHORIZED));
    } else if (hasUnreadJson(request)) readJsonBody(request, MAX_UPDATE_BYTES, next);
    else next();
  };

  #changeRoutes(server: FastifyServer): void {
    server.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || !this.#routes.serves(route.url)) return;
      const ownLimit = route.bodyLimit ?? server.initialConfig.bodyLimit ?? 0;
      route.bodyLimit = Math.max(MAX_UPDATE_BYTES, ownLimit);
      route.onRequest = [route.onRequest ?? [], this.#handleFastify].flat();
    });
  }

  readonly #handleFastify: OnRequest = ({ headers }, reply, done) => {
    if (this.#isRejected(headers)) reply.code(401).send(UNAUTHORIZED);
    else done();
  };

  #isRejected(headers: IncomingHttpHeaders): boolean {
    if (this.#secrets?.accepts(headers[SECRET_HEADER])) return false;
    this.#rejections.emit({ reason: 'secret' });
    return true;
  }
}
