import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ChatHttpError } from '../chat-http.error.js';
import { ChatSettings } from '../config/chat-settings.js';
import { ChatCors } from './chat-cors.js';
import type { ChatHttpRequest } from './chat-http-request.interface.js';
import { pageKindOf } from './request-origin.js';

/** Pages of other origins cannot send it without asking before (CORS), and forms cannot send it at all. */
const HEADER = 'x-support-chat';

/** Lets requests of the app's own pages and of listed ones pass, and those that change something only with a header. */
@Injectable()
export class ChatOriginGuard implements CanActivate {
  constructor(
    private readonly settings: ChatSettings,
    private readonly cors: ChatCors,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { method, headers } = http.getRequest<ChatHttpRequest>();
    const { httpAdapter } = this.adapterHost;
    const response = http.getResponse<object>();
    const own = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
    for (const [name, value] of Object.entries({ ...own, ...this.cors.headersFor(headers) })) {
      httpAdapter.setHeader(response, name, value);
    }
    if (!this.settings.isEnabled) throw new ChatHttpError('not_found', 'The chat is disabled');
    const kind = pageKindOf(headers, this.settings.origins);
    if (kind === 'foreign') {
      const message = 'This page may not use the chat: it is not one of the option origins';
      throw new ChatHttpError('forbidden_origin', message);
    }
    if (method !== 'GET' && method !== 'HEAD' && headers[HEADER] !== '1') {
      throw new ChatHttpError('forbidden_origin', 'The header X-Support-Chat: 1 is missing');
    }
    return true;
  }
}
