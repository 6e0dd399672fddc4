import type { ExecutionContext } from '@nestjs/common';
import type { FileReference } from '../files/file-references.js';

/**
 * A file that somebody asks for, whose link this app has signed and which has not expired.
 *
 * @publicApi
 */
export interface RequestedFile extends FileReference {
  /** The name of the bot, `default` without one. */
  readonly bot: string;
}

/** A request for a file once its reference was verified. */
export interface FileRequest {
  readonly method: string;
  readonly url: string;
  /** By the names in the route. */
  readonly params: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Which file is asked for; set before the guards of the app run. */
  telegramFile?: RequestedFile;
}

/**
 * The file that a guard of `files.guards` decides on.
 *
 * @publicApi
 *
 * @example
 * @Injectable()
 * class OwnThreadGuard implements CanActivate {
 *   canActivate(context: ExecutionContext): boolean {
 *     const { threadId } = requestedFileOf(context);
 *     return context.switchToHttp().getRequest().session.threadId === threadId;
 *   }
 * }
 *
 * @throws `Error` when the request is for something else.
 */
export function requestedFileOf(context: ExecutionContext): RequestedFile {
  const { telegramFile } = context.switchToHttp().getRequest<FileRequest>();
  if (!telegramFile) throw new Error('No file is asked for: use it in a guard of files.guards');
  return telegramFile;
}
