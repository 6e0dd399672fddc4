import { Inject, Post, Req, Res } from '@nestjs/common';
import { ChatHttp } from '../api/chat-http.js';
import { CustomerRateLimit } from '../api/customer-rate-limit.js';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { UploadReader } from './upload-reader.js';
import { Uploads } from './uploads.js';

/** Takes the files of customers. */
export abstract class UploadsController {
  constructor(
    @Inject(ChatHttp) private readonly http: ChatHttp,
    @Inject(UploadReader) private readonly reader: UploadReader,
    @Inject(Uploads) private readonly uploads: Uploads,
    @Inject(CustomerRateLimit) private readonly limit: CustomerRateLimit,
    @Inject(ChatSettings) private readonly settings: ChatSettings,
  ) {}

  /** The body is the file itself. */
  @Post('uploads')
  async upload(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    if (!this.settings.uploads) throw new ChatHttpError('not_found', 'No files are taken');
    const customer = this.http.customerOf(request);
    await this.limit.take(customer.id, 'upload');
    const bytes = await this.reader.read(customer.id, request);
    const given = this.http.query(request).get('name') ?? '';
    const { id, name, size, contentType } = await this.uploads.store(customer.id, given, bytes);
    this.http.answer(response, 201, { id, name, size, contentType });
  }
}
