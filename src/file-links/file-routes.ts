import { Get, Inject, Injectable, RequestMethod, type Type } from '@nestjs/common';
import { FileLocation } from '../files/file-location.js';
import { NestInternals } from '../webhook/nest-internals.js';
import type { ServedPath } from '../webhook/webhook-url.js';
import { FILES_CONTROLLER, FILES_PATH } from './file-link.constants.js';
import type { TelegramFilesController } from './telegram-files.controller.js';

/** The method that sends a file. */
const HANDLER = 'serve' satisfies keyof TelegramFilesController;

/** Routes requests for files to their controller, and knows where the app serves it. */
@Injectable()
export class FileRoutes extends FileLocation {
  constructor(
    private readonly nest: NestInternals,
    @Inject(FILES_PATH) private readonly filesPath: string,
    @Inject(FILES_CONTROLLER) private readonly controller: Type<TelegramFilesController>,
  ) {
    super();
    // A wildcard, because a parameter has 100 characters at most on Fastify. Only the adapter says how one is written.
    nest.beforeBodyParsers((adapter) => {
      const { prototype } = controller;
      const handler = Object.getOwnPropertyDescriptor(prototype, HANDLER);
      if (handler)
        Get(adapter.getType() === 'fastify' ? '*' : '*reference')(prototype, HANDLER, handler);
    });
  }

  get served(): ServedPath {
    const { globalPrefix } = this.nest;
    const declared = this.nest.controllers.find(({ type }) => type === this.controller);
    const routes = declared ? this.nest.pathsOf(declared, HANDLER, RequestMethod.GET) : [];
    const [route = this.nest.pathFor(`${this.filesPath}/*`, RequestMethod.GET)] = routes;
    return { path: route.slice(0, route.lastIndexOf('/')), globalPrefix };
  }
}
