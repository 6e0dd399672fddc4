import { Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { ON_THREAD_REPLY } from './on-thread-reply.decorator.js';
import { replyHandlerOf } from './reply-handler.factory.js';
import type { ReplyHandler } from './reply-handler.interface.js';

/** How long after a module was loaded lazily its providers may still be on their way. */
const LOADING_MS = 60_000;

/** The reply handlers of this process, with those of modules that are loaded lazily. */
@Injectable()
export class ReplyHandlers {
  #found: readonly ReplyHandler[] | undefined;
  #moduleCount = 0;
  #loadedAtMs = -Infinity;

  constructor(
    private readonly explorer: DecoratedMethodExplorer,
    private readonly modules: ModulesContainer,
    private readonly settings: TelegramSettings,
  ) {}

  /** The handlers that exist now. Searches again only while a module that was loaded may still add some. */
  all(): readonly ReplyHandler[] {
    const { size } = this.modules;
    if (this.#found && size !== this.#moduleCount) this.#loadedAtMs = performance.now();
    this.#moduleCount = size;
    const isLoading = performance.now() - this.#loadedAtMs < LOADING_MS;
    if (!this.#found || isLoading) this.#found = this.#find();
    return this.#found;
  }

  #find(): readonly ReplyHandler[] {
    if (!this.settings.replies.isOn) return [];
    return this.explorer.find(ON_THREAD_REPLY).map(replyHandlerOf);
  }
}
