import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { Html } from '../../notices/html.js';
import type { GeneralCommand, GivenCommand } from '../built-in-command.interface.js';
import { AgentDuty } from '../known/agent-duty.js';

/** Takes an agent off duty at the desk. */
@Injectable()
export class OffCommand implements GeneralCommand {
  readonly name = 'off';

  constructor(
    private readonly duty: AgentDuty,
    private readonly settings: TelegramSettings,
  ) {}

  async run({ agent }: GivenCommand): Promise<Html> {
    const { texts, desk } = this.settings;
    if (agent.anonymous) return texts.html('dutyAnonymous');
    const wasOn = await this.duty.end(desk, agent);
    return texts.html(wasOn ? 'dutyOff' : 'dutyIsOff', { agent: agent.name });
  }
}
