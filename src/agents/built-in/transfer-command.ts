import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { DeskDirectory } from '../../desk/desk-directory.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import type { Html } from '../../notices/html.js';
import { ThreadMover } from '../../outbound/thread-mover.js';
import type { BuiltInCommand } from '../built-in-command.interface.js';

/** Moves a thread to another desk. */
@Injectable()
export class TransferCommand implements BuiltInCommand {
  readonly name = 'transfer';

  constructor(
    private readonly mover: ThreadMover,
    private readonly desks: DeskDirectory,
    private readonly settings: TelegramSettings,
  ) {}

  async run({ threadId, text, agent }: CommandEvent): Promise<Html> {
    const wanted = text.trim();
    const others = (await this.desks.all())
      .map(({ name }) => name)
      .filter((name) => name !== this.settings.desk);
    const { texts } = this.settings;
    if (others.length === 0) return texts.html('noOtherDesk');
    if (!others.includes(wanted)) {
      const desks = others.join(', ');
      return texts.html(wanted === '' ? 'transferUsage' : 'transferUnknown', { desks });
    }
    const result = await this.mover.move(threadId, wanted, agent);
    if (result.accepted) return texts.html('transferred', { desk: wanted });
    return texts.html('transferFailed');
  }
}
