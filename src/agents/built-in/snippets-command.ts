import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { html, type Html } from '../../notices/html.js';
import { Snippets } from '../../snippets/snippets.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';

/** Lists the prepared answers. Those that exist are sent by `SnippetIntake`, as replies. */
@Injectable()
export class SnippetsCommand implements GeneralCommand {
  readonly name = 's';

  constructor(
    private readonly snippets: Snippets,
    private readonly settings: TelegramSettings,
  ) {}

  run({ text, threadId }: GivenCommand): Promise<Html> {
    const { texts } = this.settings;
    const list = this.snippets.list();
    if (text.trim() === '') return Promise.resolve(list);
    const problem = threadId === null ? 'snippetNoThread' : 'snippetUnknown';
    return Promise.resolve(html`${texts.html(problem)}\n\n${list}`);
  }
}
