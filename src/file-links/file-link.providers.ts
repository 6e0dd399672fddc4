import {
  Controller,
  SetMetadata,
  UseGuards,
  VERSION_NEUTRAL,
  type Provider,
  type Type,
} from '@nestjs/common';
import type { FileRouteOptions } from '../config/file-route-options.interface.js';
import { FileLocation } from '../files/file-location.js';
import { MODULE_CONTROLLER } from '../webhook/webhook.constants.js';
import { FILES_CONTROLLER, FILES_PATH } from './file-link.constants.js';
import { FileReferenceGuard } from './file-reference.guard.js';
import { FileRoutes } from './file-routes.js';
import { FileSender } from './file-sender.js';
import { TelegramFilesController } from './telegram-files.controller.js';

/** Serves the links to files of one bot, also of a disabled one, for which each of them is a 404. */
export const fileLinkProviders: Provider[] = [
  FileReferenceGuard,
  FileRoutes,
  FileSender,
  { provide: FileLocation, useExisting: FileRoutes },
];

/**
 * The controller and the tokens of one bot's files. The class is made for this bot, so that two bots of one app have
 * paths, guards and decorators of their own.
 */
export function createFileRoute(
  webhookPath: string,
  { path = `${webhookPath.replace(/\/+$/, '')}/files`, guards, decorators }: FileRouteOptions = {},
): { readonly controllers: Type[]; readonly providers: Provider[] } {
  const controller = createController(path, guards ?? [], decorators ?? []);
  return {
    controllers: [controller],
    providers: [
      { provide: FILES_PATH, useValue: path },
      { provide: FILES_CONTROLLER, useValue: controller },
    ],
  };
}

function createController(
  path: string,
  guards: NonNullable<FileRouteOptions['guards']>,
  decorators: readonly ClassDecorator[],
): Type<TelegramFilesController> {
  class TelegramFiles extends TelegramFilesController {
    // Its own method, because the route is written on it.
    override serve(...parameters: Parameters<TelegramFilesController['serve']>): Promise<void> {
      return super.serve(...parameters);
    }
  }
  const ownDecorators = [
    SetMetadata(MODULE_CONTROLLER, true),
    // A link leads to one URL, whatever versions the routes of the app have.
    Controller({ path, version: VERSION_NEUTRAL }),
  ];
  // Guards run in the order in which they are added.
  UseGuards(FileReferenceGuard, ...guards)(TelegramFiles);
  for (const decorate of [...decorators, ...ownDecorators]) decorate(TelegramFiles);
  return TelegramFiles;
}
