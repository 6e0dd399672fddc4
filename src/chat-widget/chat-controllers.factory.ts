import {
  Controller,
  SetMetadata,
  UseFilters,
  UseGuards,
  VERSION_NEUTRAL,
  type Type,
} from '@nestjs/common';
import { MODULE_CONTROLLER } from '../webhook/webhook.constants.js';
import { ChatExceptionFilter } from './api/chat-exception.filter.js';
import { MessagesController } from './api/messages.controller.js';
import { SessionController } from './api/session.controller.js';
import { ThreadsController } from './api/threads.controller.js';
import type { SupportChatExtras } from './config/support-chat-extras.interface.js';
import { ChatIdentityGuard } from './identity/chat-identity.guard.js';
import { ChatOriginGuard } from './identity/chat-origin.guard.js';
import { UploadFilesController } from './uploads/upload-files.controller.js';
import { UploadsController } from './uploads/uploads.controller.js';

type Guards = NonNullable<SupportChatExtras['guards']>;

/** The controllers of one chat. */
export interface ChatControllers {
  readonly all: Type[];
  /** The one by whose route the path of the chat is known. */
  readonly session: Type;
}

/** Makes the controllers of one chat, so that two chats of one app have paths, guards and decorators of their own. */
export function createChatControllers(
  path: string,
  { guards = [], decorators = [] }: Pick<SupportChatExtras, 'guards' | 'decorators'>,
): ChatControllers {
  class SupportChatSession extends SessionController {}
  class SupportChatThreads extends ThreadsController {}
  class SupportChatMessages extends MessagesController {}
  class SupportChatUploads extends UploadsController {}
  class SupportChatFiles extends UploadFilesController {}
  const ofCustomers = [ChatOriginGuard, ...guards, ChatIdentityGuard];
  const routes: ReadonlyArray<readonly [controller: Type, path: string, guards: Guards]> = [
    [SupportChatSession, path, [ChatOriginGuard, ...guards]],
    [SupportChatMessages, `${path}/threads/:threadId/messages`, ofCustomers],
    [SupportChatThreads, `${path}/threads`, ofCustomers],
    [SupportChatUploads, path, ofCustomers],
    [SupportChatFiles, path, []],
  ];
  for (const [controller, controllerPath, ownGuards] of routes) {
    UseGuards(...ownGuards)(controller);
    UseFilters(ChatExceptionFilter)(controller);
    const own = [
      SetMetadata(MODULE_CONTROLLER, true),
      // Clients know one URL, whatever versions the routes of the app have.
      Controller({ path: controllerPath, version: VERSION_NEUTRAL }),
    ];
    for (const decorate of [...decorators, ...own]) decorate(controller);
  }
  return { all: routes.map(([controller]) => controller), session: SupportChatSession };
}
