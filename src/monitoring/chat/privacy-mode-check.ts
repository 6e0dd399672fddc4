import { Injectable } from '@nestjs/common';
import { failed, passed, skipped, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether Telegram shows the bot what agents write. */
@Injectable()
export class PrivacyModeCheck implements DiagnosticCheck {
  readonly id = 'privacy-mode';
  readonly needs = ['membership'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    if (!facts.settings.replies.isOn) {
      return skipped('This process takes no replies, as the options say');
    }
    const [{ type }, bot] = [await facts.chat(), await facts.bot()];
    if (type === 'private') return skipped('In a private chat the bot gets all messages');
    const { status } = await facts.member();
    if (status === 'administrator') {
      return passed('The bot is an administrator, so that it gets all messages');
    }
    const { can_read_all_group_messages: readsAll } = bot;
    if (readsAll) return passed('Privacy mode is off');
    if (readsAll === undefined) return skipped('Telegram does not say whether privacy mode is on');
    const finding = 'Privacy mode is on, and the bot is no administrator of the chat';
    const remedy =
      'Make the bot an administrator. Or turn privacy mode off at @BotFather (/setprivacy), and then remove the bot from the group and add it again';
    return facts.settings.mode === 'topics'
      ? failed({
          finding,
          why: 'Telegram keeps from the bot what agents write in topics without replying to a message of the bot',
          remedy,
        })
      : warned({
          finding,
          why: 'The bot gets only replies to its messages, so that it cannot tell agents who write without replying that nobody reads it',
          remedy,
        });
  }
}
