import { Injectable } from '@nestjs/common';
import type { ApiCall, ApiInterceptor } from '../bot/api-interceptor.interface.js';
import { AdminChat } from './admin-chat.js';

/** What posts a message that Telegram can protect (Bot API 10.3, `protect_content`). */
const POSTS = /^(?:send|copyMessages?$|forwardMessages?$)/;

/** Sends of which none leaves such a message. */
const WITHOUT_MESSAGE = /Draft$|^send(?:ChatAction|ChatJoinRequestWebApp|Gift)$/;

/** Has Telegram forbid to forward, copy and save what is posted in the admin chat, whoever posts it. */
@Injectable()
export class ContentProtector implements ApiInterceptor {
  constructor(private readonly adminChat: AdminChat) {}

  intercept<T>(_call: ApiCall, next: () => Promise<T>): Promise<T> {
    return next();
  }

  /** What the app sets itself counts. */
  prepare(method: string, params: object): object {
    const isPost = POSTS.test(method) && !WITHOUT_MESSAGE.test(method);
    const isHere = 'chat_id' in params && this.adminChat.isNamed(params.chat_id);
    return isPost && isHere ? { protect_content: true, ...params } : params;
  }
}
