import { Injectable } from '@nestjs/common';
import { TelegramSettings } from '../../config/telegram-settings.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import type { Html } from '../../notices/html.js';
import { ThreadClaims } from '../../threads/thread-claims.js';
import type { BuiltInCommand } from '../built-in-command.interface.js';
import { nameOf } from '../claims/agent-name.js';

/** Takes a thread from the agent who has it and says so. */
@Injectable()
export class ReleaseCommand implements BuiltInCommand {
  readonly name = 'release';

  constructor(
    private readonly claims: ThreadClaims,
    private readonly settings: TelegramSettings,
  ) {}

  async run(command: CommandEvent): Promise<Html> {
    const { texts, claims } = this.settings;
    if (!claims) return texts.html('claimsOff');
    const holder = await this.claims.release(command);
    if (!holder) return texts.html('releaseNone');
    return holder.id === command.agent.id
      ? texts.html('releaseDone')
      : texts.html('releaseOther', { agent: nameOf(holder) });
  }
}
