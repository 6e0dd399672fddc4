import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { Html, joinHtml } from '../../notices/html.js';
import { AgentRights } from '../known/agent-rights.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';

/** Shows an agent how the desk knows them. */
@Injectable()
export class WhoamiCommand implements GeneralCommand {
  readonly name = 'whoami';

  constructor(
    private readonly settings: TelegramSettings,
    private readonly rights: AgentRights,
  ) {}

  async run({ agent }: GivenCommand): Promise<Html> {
    const { id, name, username, userId, anonymous } = agent;
    const known = username === undefined ? name : `${name} (@${username})`;
    const { texts, agents } = this.settings;
    const who = texts.html(anonymous ? 'whoamiAnonymous' : 'whoami', { name: known, id });
    const isRegistered = agents !== null && (await this.rights.mayAnswer(agent));
    // Whom the app lets give the command may not be let any more.
    const right = isRegistered
      ? texts.html('whoamiRegistered')
      : agents === null && texts.html('whoamiEverybody');
    const link = userId === undefined ? undefined : texts.html('whoamiLinked', { userId });
    return joinHtml(
      [who, right, link].filter((sentence) => sentence instanceof Html),
      ' ',
    );
  }
}
