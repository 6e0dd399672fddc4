import {
  Injectable,
  NotFoundException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { FileReferences } from '../files/file-references.js';
import type { FileRequest } from './requested-file.js';

/**
 * Lets requests pass whose reference is genuine and has not expired, and notes which file it stands for. All others
 * get the same 404, whatever is wrong with them, and so does everybody while the module is disabled.
 */
@Injectable()
export class FileReferenceGuard implements CanActivate {
  constructor(
    private readonly references: FileReferences,
    private readonly settings: TelegramSettings,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const request = http.getRequest<FileRequest>();
    const [path = ''] = request.url.split('?');
    const reference = isOneSegment(request)
      ? this.references.read(path.slice(path.lastIndexOf('/') + 1))
      : undefined;
    // The key of a disabled bot is known to everybody: it is derived from the token of no bot.
    if (reference && this.settings.identity) {
      request.telegramFile = { ...reference, bot: this.settings.bot };
      return true;
    }
    this.adapterHost.httpAdapter.setHeader(http.getResponse(), 'Cache-Control', 'no-store');
    throw new NotFoundException();
  }
}

/** Whether the wildcard stands for a reference alone: what lies deeper has other paths for guards and proxies. */
function isOneSegment({ params }: FileRequest): boolean {
  // Express has an array of segments below the name, Fastify a string below the star.
  const wildcard = params['*'] ?? params.reference ?? '';
  return typeof wildcard === 'string' ? !wildcard.includes('/') : wildcard.length === 1;
}
