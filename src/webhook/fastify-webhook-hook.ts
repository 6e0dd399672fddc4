import type { IncomingHttpHeaders } from 'node:http';
import type { RequestMatcher } from './request-matcher.js';

interface FastifyReply {
  code(status: number): { send(body: object): unknown };
}

type OnRequest = (
  request: { readonly headers: IncomingHttpHeaders },
  reply: FastifyReply,
  done: () => void,
) => void;

interface FastifyRoute {
  readonly method: string | string[];
  readonly url: string;
  bodyLimit?: number;
  onRequest?: OnRequest | OnRequest[];
}

/** What is needed of Fastify, which need not be installed. */
export interface FastifyServer {
  readonly initialConfig: { readonly bodyLimit?: number };
  addHook(name: 'onRoute', hook: (route: FastifyRoute) => void): unknown;
}

/** Gives the webhook's route a body limit of its own, and lets nobody near it without the secret. */
export function addFastifyWebhookHook(
  server: FastifyServer,
  keeper: RequestMatcher,
  maxBytes: number,
): void {
  server.addHook('onRoute', (route) => {
    if (route.method !== 'POST' || !keeper.isWebhook(route.url)) return;
    route.bodyLimit = Math.max(maxBytes, route.bodyLimit ?? server.initialConfig.bodyLimit ?? 0);
    route.onRequest = [route.onRequest ?? [], refuseStrangers(keeper)].flat();
  });
}

/** Answers as TelegramSecretGuard would, before the body is read. */
function refuseStrangers(keeper: RequestMatcher): OnRequest {
  return ({ headers }, reply, done) => {
    if (keeper.isAuthentic(headers)) done();
    else reply.code(401).send({ message: 'Unauthorized', statusCode: 401 });
  };
}
