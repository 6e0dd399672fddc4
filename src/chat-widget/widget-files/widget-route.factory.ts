import {
  Controller,
  Get,
  SetMetadata,
  VERSION_NEUTRAL,
  type Provider,
  type Type,
} from '@nestjs/common';
import { MODULE_CONTROLLER } from '../../webhook/webhook.constants.js';
import { WidgetFilesController } from './widget-files.controller.js';
import { WidgetFiles } from './widget-files.js';

type Served<Name extends keyof WidgetFilesController> = Parameters<WidgetFilesController[Name]>;

/**
 * The controller that serves the widget below a path, and what it needs. The class is made for this path, so that two
 * chats of one app have their own. It has no guards: everybody may load the script.
 */
export function createWidgetRoute(
  path: string,
  decorators: readonly ClassDecorator[] = [],
): { readonly controllers: Type[]; readonly providers: Provider[] } {
  class SupportChatWidget extends WidgetFilesController {
    // Methods of its own, because routes are written on them.
    @Get('widget.js')
    override latest(...parameters: Served<'latest'>): void {
      super.latest(...parameters);
    }

    @Get('widget.:hash.js')
    override versioned(...parameters: Served<'versioned'>): void {
      super.versioned(...parameters);
    }

    @Get('widget.:language.json')
    override words(...parameters: Served<'words'>): void {
      super.words(...parameters);
    }
  }
  const own = [
    SetMetadata(MODULE_CONTROLLER, true),
    // A page names one URL, whatever versions the routes of the app have.
    Controller({ path, version: VERSION_NEUTRAL }),
  ];
  for (const decorate of [...decorators, ...own]) decorate(SupportChatWidget);
  const files = { provide: WidgetFiles, useFactory: () => WidgetFiles.create() };
  return { controllers: [SupportChatWidget], providers: [files] };
}
