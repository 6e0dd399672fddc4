import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { RequestMatcher } from './request-matcher.js';
import { expressWebhookMiddleware } from './read-json-body.js';
import { addFastifyWebhookHook, type FastifyServer } from './fastify-webhook-hook.js';
import { TelegramSecretGuard } from './telegram-secret.guard.js';
import { WebhookRoutes } from './webhook-routes.js';

/**
 * The longest update that comes in, in bytes, whatever the app's own limit is. Telegram writes what is
 * beyond ASCII as \uXXXX (td, JsonBuilder.cpp), so a text of 4096 emoji takes 48 kB, and the message
 * that it answers may take as much again: with entities that is more than the 100 kB of Express. An
 * update that is refused comes back for 24 hours, and no other of the chat passes it.
 */
const MAX_UPDATE_BYTES = 2 * 1024 * 1024;

/**
 * Lets updates in that are longer than the app's own body limit, or that it has no parser for, if they
 * show the secret. All others are answered 401 before anybody reads their body.
 *
 * It has to stand before the app's body parsers, so it is there as soon as there is an HTTP server.
 */
@Injectable()
export class WebhookBodyLimit implements RequestMatcher {
  readonly #guard: TelegramSecretGuard;
  readonly #routes: WebhookRoutes;
  readonly #adapterHost: HttpAdapterHost;
  #paths: ReadonlySet<string> | undefined;

  constructor(adapterHost: HttpAdapterHost, guard: TelegramSecretGuard, routes: WebhookRoutes) {
    this.#guard = guard;
    this.#routes = routes;
    this.#adapterHost = adapterHost;
    adapterHost.init$.subscribe(() => this.#open(adapterHost));
  }

  isWebhook(path: string): boolean {
    return (this.#paths ?? this.#findPaths()).has(bare(path));
  }

  isAuthentic(headers: IncomingHttpHeaders): boolean {
    return this.#guard.admits(headers);
  }

  /** Found once when the app listens, because they are looked for among all its controllers. */
  #findPaths(): ReadonlySet<string> {
    const paths = new Set(this.#routes.paths.map((path) => bare(path)));
    if (this.#adapterHost.listening) this.#paths = paths;
    return paths;
  }

  #open({ httpAdapter }: HttpAdapterHost): void {
    if (!this.#routes.isHttp || !this.#guard.isOpen) return;
    const type = httpAdapter.getType();
    if (type === 'express') httpAdapter.use(expressWebhookMiddleware(this, MAX_UPDATE_BYTES));
    if (type === 'fastify') {
      addFastifyWebhookHook(httpAdapter.getInstance<FastifyServer>(), this, MAX_UPDATE_BYTES);
    }
  }
}

/** Express compares like this unless it is told otherwise. */
function bare(path: string): string {
  return path.replace(/\/$/, '').toLowerCase();
}
