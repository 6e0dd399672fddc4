import { Inject, Req, Res } from '@nestjs/common';
import { FileSender } from './file-sender.js';
import type { HttpResponse } from './http-response.js';
import type { FileRequest } from './requested-file.js';

/** Sends the files of agents to those who have a link. Not the controller of the webhook: no secret guards it. */
export abstract class TelegramFilesController {
  readonly #sender: FileSender;

  constructor(@Inject(FileSender) sender: FileSender) {
    this.#sender = sender;
  }

  /** Answers GET and HEAD. `FileReferenceGuard` has verified the reference. */
  async serve(@Req() request: FileRequest, @Res() response: HttpResponse): Promise<void> {
    if (request.telegramFile) await this.#sender.send(request.telegramFile, request, response);
  }
}
