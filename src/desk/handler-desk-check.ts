import { Injectable, Logger } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AGENT_COMMAND } from '../agents/agent-command.decorator.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ON_DEAD_LETTER } from '../dead-letters/on-dead-letter.decorator.js';
import { DESCRIBE_THREAD } from '../context/describe-thread.decorator.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { isForDesk, type DeskFilter } from '../discovery/desk-filter.js';
import { ON_REPLY_DELETED } from '../events/on-reply-deleted.decorator.js';
import { ON_REPLY_EDITED } from '../events/on-reply-edited.decorator.js';
import { ON_THREAD_EVENT } from '../events/on-thread-event.decorator.js';
import { ON_THREAD_REACTION } from '../events/on-thread-reaction.decorator.js';
import { ON_THREAD_REPLY } from '../events/on-thread-reply.decorator.js';
import { LOAD_ATTACHMENT } from '../files/load-attachment.decorator.js';
import { LOAD_HISTORY } from '../history/load-history.decorator.js';

/** Reports decorated methods that no desk of any bot of the app would ever call, because none has the name. */
@Injectable()
export class HandlerDeskCheck {
  readonly #logger = new Logger(HandlerDeskCheck.name);

  constructor(
    private readonly settings: TelegramSettings,
    private readonly explorer: DecoratedMethodExplorer,
    private readonly modules: ModulesContainer,
  ) {}

  /** One bot of the app reports for all. */
  run(): void {
    const bots = this.#bots();
    if (bots[0] !== this.settings) return;
    const desks = bots.flatMap(({ bot, desks: names }) => names.map((desk) => ({ bot, desk })));
    const methods: ReadonlyArray<{ readonly name: string; readonly options: DeskFilter }> = [
      ...this.explorer.find(ON_THREAD_REPLY),
      ...this.explorer.find(ON_REPLY_EDITED),
      ...this.explorer.find(ON_REPLY_DELETED),
      ...this.explorer.find(ON_THREAD_REACTION),
      ...Object.values(ON_THREAD_EVENT).flatMap((mark) => this.explorer.find(mark)),
      ...this.explorer.find(ON_DEAD_LETTER),
      ...this.explorer.find(LOAD_ATTACHMENT),
      ...this.explorer.find(LOAD_HISTORY),
      ...this.explorer.find(DESCRIBE_THREAD),
      ...this.explorer.find(AGENT_COMMAND),
    ];
    for (const { name, options } of methods) {
      if (desks.some((desk) => isForDesk(options, desk))) continue;
      const known = desks.map(({ bot, desk }) => `${desk} of ${bot}`).join(', ');
      this.#logger.warn(
        `${name} is never called, because no desk of the app has the name that its decorator gives. There are: ${known}`,
      );
    }
  }

  /** The settings of all bots of the app that are not disabled. */
  #bots(): TelegramSettings[] {
    return [...this.modules.values()].flatMap(({ providers }) => {
      const settings: unknown = providers.has(HandlerDeskCheck)
        ? providers.get(TelegramSettings)?.instance
        : undefined;
      return settings instanceof TelegramSettings && settings.isEnabled ? [settings] : [];
    });
  }
}
