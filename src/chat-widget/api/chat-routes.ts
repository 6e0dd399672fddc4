import { Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import { NestInternals } from '../../webhook/nest-internals.js';
import type { ServedPath } from '../../webhook/webhook-url.js';
import { CHAT_CONTROLLER, CHAT_PATH } from '../chat.constants.js';
import type { SessionController } from './session.controller.js';

/** The method by whose route the path is known. */
const HANDLER = 'open' satisfies keyof SessionController;

/** Where the app serves the chat, with global prefix and module paths; known once the app registers its routes. */
@Injectable()
export class ChatRoutes {
  #prefix: string | undefined;

  constructor(
    private readonly nest: NestInternals,
    @Inject(CHAT_PATH) private readonly path: string,
    @Inject(CHAT_CONTROLLER) private readonly controller: Type,
  ) {}

  /** The path of the chat, as in `/api/support`. */
  get served(): ServedPath {
    const declared = this.nest.controllers.find(({ type }) => type === this.controller);
    const [route] = declared ? this.nest.pathsOf(declared, HANDLER, RequestMethod.POST) : [];
    const path =
      route?.replace(/\/session\/?$/, '') ?? this.nest.pathFor(this.path, RequestMethod.POST);
    return { path, globalPrefix: this.nest.globalPrefix };
  }

  /** Whether a request for this path is for the chat. */
  serves(path: string): boolean {
    const prefix = this.#prefix ?? `${this.served.path.toLowerCase()}/`;
    if (this.nest.isListening) this.#prefix = prefix;
    return path.toLowerCase().startsWith(prefix);
  }
}
