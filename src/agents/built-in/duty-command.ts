import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { html, type Html } from '../../notices/html.js';
import type { GeneralCommand } from '../built-in-command.interface.js';
import { AgentDuty } from '../known/agent-duty.js';
import { fittingList } from './fitting-list.js';

/** Lists who is on duty at the desk. */
@Injectable()
export class DutyCommand implements GeneralCommand {
  readonly name = 'duty';

  constructor(
    private readonly duty: AgentDuty,
    private readonly settings: TelegramSettings,
  ) {}

  async run(): Promise<Html> {
    const { texts, desk } = this.settings;
    const onDuty = await this.duty.list(desk);
    if (onDuty.length === 0) return texts.html('dutyNobody');
    const names = onDuty.map(({ agent }) => html`• ${agent.name}`);
    return fittingList(texts.html('dutyList', { count: onDuty.length }), names);
  }
}
