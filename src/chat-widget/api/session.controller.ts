import { Inject, Post, Req, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ChatSettings } from '../config/chat-settings.js';
import type { ChatHttpRequest } from '../identity/chat-http-request.interface.js';
import { CustomerKeys } from '../identity/customer-keys.js';
import { ChatHttp } from './chat-http.js';
import { ChatPresenter } from './chat-presenter.js';
import { ChatThreads } from './chat-threads.js';
import { CurrentAvailability } from './current-availability.js';
import { SessionOpener } from './session-opener.js';

/** More than any token has. */
const TOKEN = /^[\w-]{1,4096}$/;

/** Tells a client who its customer is, and what is possible. */
export abstract class SessionController {
  constructor(
    @Inject(ChatHttp) private readonly http: ChatHttp,
    @Inject(SessionOpener) private readonly opener: SessionOpener,
    @Inject(ChatThreads) private readonly threads: ChatThreads,
    @Inject(ChatPresenter) private readonly presenter: ChatPresenter,
    @Inject(CustomerKeys) private readonly keys: CustomerKeys,
    @Inject(CurrentAvailability) private readonly availability: CurrentAvailability,
    @Inject(ChatSettings) private readonly settings: ChatSettings,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {}

  @Post('session')
  async open(@Req() request: ChatHttpRequest, @Res() response: object): Promise<void> {
    const input = await this.http.input(request);
    const token = input.matching('token', TOKEN, 'must be a token of chat.customerToken()');
    const opened = await this.opener.open(request, token);
    const { customer, session, isAnonymous, cookie } = opened;
    const threads = await this.threads.list(customer);
    const availability = await this.availability.get();
    await this.opener.redeem(opened);
    const { uploads, maxTextLength } = this.settings;
    const { name } = customer;
    if (cookie) this.adapterHost.httpAdapter.appendHeader(response, 'Set-Cookie', cookie);
    this.http.answer(response, 200, {
      customer: {
        key: this.keys.keyOf(customer),
        ...(name !== undefined && !isAnonymous && { name }),
      },
      ...(session && {
        session: session.text,
        expiresAt: session.expiresAt.toISOString(),
        expiresInSeconds: session.expiresInSeconds,
      }),
      threads: threads.map((thread) => this.presenter.thread(thread)),
      uploads: uploads && {
        maxBytes: uploads.maxBytes,
        maxFiles: uploads.maxFiles,
        types: uploads.types,
      },
      maxTextLength,
      availability,
      anonymous: isAnonymous,
    });
  }
}
