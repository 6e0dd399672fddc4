import { Injectable } from '@nestjs/common';
import { AGENT_COMMAND } from '../../agents/agent-command.decorator.js';
import { alwaysOffered } from '../../agents/agents.constants.js';
import { menuEntries } from '../../agents/menu-entries.js';
import type { TelegramSettings } from '../../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../../discovery/decorated-method-explorer.js';
import { isForDesk } from '../../discovery/desk-filter.js';
import { passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether Telegram offers the commands of this process in the admin chat. */
@Injectable()
export class CommandsCheck implements DiagnosticCheck {
  readonly id = 'commands';
  // The menu is set when the desk may write.
  readonly needs = ['membership', 'right-to-write'];

  constructor(private readonly explorer: DecoratedMethodExplorer) {}

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { settings } = facts;
    if (settings.updates === 'off' || !settings.replies.isOn) {
      return skipped('This process takes no commands, as the options say');
    }
    // Descriptions are in the language of the app, which the command line may not know.
    const offered = new Set((await facts.menu()).map(({ command }) => command));
    const missing = this.#commandsOf(settings).filter((command) => !offered.has(command));
    if (missing.length === 0) return passed('Telegram offers the commands in the admin chat');
    const names = missing.map((command) => `/${command}`).join(', ');
    return warned({
      finding: `Telegram does not offer these commands in the admin chat: ${names}`,
      why: 'Agents have to know them, or ask with /help',
      remedy: 'Start the app again, which sets the menu, and look for a warning of it in the log',
    });
  }

  /** Their names. An idle desk does not know what the app sets in code. */
  #commandsOf(settings: TelegramSettings): string[] {
    if (settings.isIdle) return alwaysOffered();
    const own = this.explorer
      .find(AGENT_COMMAND)
      .map(({ options }) => options)
      .filter((options) => isForDesk(options, settings));
    return menuEntries(own, undefined, settings).map(({ command }) => command);
  }
}
