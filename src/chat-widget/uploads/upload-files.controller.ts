import { Get, Inject, Req, Res } from '@nestjs/common';
import type { HttpResponse } from '../../file-links/http-response.js';
import { ChatHttp } from '../api/chat-http.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { UploadSender } from './upload-sender.js';

/** Sends uploads to whoever has a link: pictures in a page are fetched without headers. */
export abstract class UploadFilesController {
  constructor(
    @Inject(ChatHttp) private readonly http: ChatHttp,
    @Inject(UploadSender) private readonly sender: UploadSender,
  ) {}

  @Get('files/:reference')
  async serve(@Req() request: ChatHttpRequest, @Res() response: HttpResponse): Promise<void> {
    await this.sender.send(this.http.param(request, 'reference'), request, response);
  }
}
