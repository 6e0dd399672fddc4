import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import type { Html } from '../../notices/html.js';
import { ThreadService } from '../../outbound/thread.service.js';
import { ThreadEventPublisher } from '../../threads/thread-event-publisher.js';
import type { BuiltInCommand } from '../built-in-command.interface.js';
import { changeOf } from './change-of.js';

/** Opens a closed thread again, and has the app know. */
@Injectable()
export class ReopenCommand implements BuiltInCommand {
  readonly name = 'reopen';

  constructor(
    private readonly threads: ThreadService,
    private readonly events: ThreadEventPublisher,
    private readonly settings: TelegramSettings,
  ) {}

  async run(command: CommandEvent): Promise<Html> {
    const { threadId } = command;
    if ((await this.threads.find(threadId))?.status !== 'closed') {
      return this.settings.texts.html('reopenedBefore');
    }
    await this.events.publishChange(changeOf('reopened', command));
    await this.threads.reopen(threadId);
    return this.settings.texts.html('reopened');
  }
}
