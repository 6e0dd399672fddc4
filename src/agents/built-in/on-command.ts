import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { Html } from '../../notices/html.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';
import { AgentDuty } from '../known/agent-duty.js';

/** Puts an agent on duty at the desk. */
@Injectable()
export class OnCommand implements GeneralCommand {
  readonly name = 'on';

  constructor(
    private readonly duty: AgentDuty,
    private readonly settings: TelegramSettings,
  ) {}

  async run({ agent, atMs }: GivenCommand): Promise<Html> {
    const { texts, desk } = this.settings;
    if (agent.anonymous) return texts.html('dutyAnonymous');
    const isNew = await this.duty.begin(desk, agent, atMs);
    return texts.html(isNew ? 'dutyOn' : 'dutyIsOn', { agent: agent.name });
  }
}
