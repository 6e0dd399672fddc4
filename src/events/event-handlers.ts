import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { LoadedMethods } from '../discovery/loaded-methods.js';
import { ON_THREAD_REPLY, type OnThreadReplyOptions } from './on-thread-reply.decorator.js';
import { replyHandlerOf } from './event-handler.factory.js';
import type { ReplyHandler } from './event-handler.interface.js';
import type { ThreadReply } from './thread-reply.interface.js';

/** The reply handlers of this process, with those of modules that are loaded lazily. */
@Injectable()
export class ReplyHandlers {
  readonly #methods: LoadedMethods<ThreadReply, OnThreadReplyOptions>;

  constructor(
    explorer: DecoratedMethodExplorer,
    modules: ModulesContainer,
    private readonly settings: TelegramSettings,
  ) {
    this.#methods = new LoadedMethods(explorer, modules, ON_THREAD_REPLY);
  }

  /** The handlers that exist now; none with `replies: false`. */
  all(): readonly ReplyHandler[] {
    return this.settings.replies.isOn ? this.#methods.all().map(replyHandlerOf) : [];
  }
}
