import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { html, type Html } from '../../notices/html.js';
import { offeredCommands } from '../agents.constants.js';
import { ArgumentReader } from '../argument-reader.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';
import { CommandMethods } from '../command-methods.js';
import { fittingList } from './fitting-list.js';

/**
 * Lists the commands that the process has: those of the app for the thread, and those of the module, as many as a message
 * holds.
 */
@Injectable()
export class HelpCommand implements GeneralCommand {
  readonly name = 'help';

  constructor(
    private readonly methods: CommandMethods,
    private readonly reader: ArgumentReader,
    private readonly settings: TelegramSettings,
  ) {}

  run({ threadId }: GivenCommand): Promise<Html> {
    const own = this.methods.of(threadId).map(({ options: { name, description, dto } }) => {
      const usage = dto ? ` ${this.reader.usageOf(dto)}` : '';
      return lineOf(name + usage, description);
    });
    const { texts } = this.settings;
    const builtIn = offeredCommands(this.settings).map(([name, key]) =>
      lineOf(name, texts.html(key)),
    );
    return Promise.resolve(fittingList(texts.html('helpTitle'), [...own, ...builtIn]));
  }
}

function lineOf(usage: string, description: string | Html): Html {
  return html`<code>/${usage}</code> · ${description}`;
}
