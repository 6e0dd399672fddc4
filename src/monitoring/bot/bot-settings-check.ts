import { Injectable } from '@nestjs/common';
import { isDenied } from '../../common/is-denied.js';
import { problemOfMembership } from '../../desk/desk-problems.js';
import { isRefusal } from '../check-failure.js';
import { passed, warned } from '../check-outcome.js';
import type { DeskFacts } from '../desk-facts.js';
import type { CheckOutcome, DiagnosticCheck } from '../diagnostic-check.interface.js';

/** Whether what the owner of the bot has set at BotFather suits the desk. */
@Injectable()
export class BotSettingsCheck implements DiagnosticCheck {
  readonly id = 'bot-settings';
  readonly needs = ['token'];

  async run(facts: DeskFacts): Promise<CheckOutcome> {
    const { adminChat, settings } = facts;
    const bot = await facts.bot();
    // Groups have negative ids or names; people have positive ids.
    const isPrivate = Number(adminChat.id) > 0;
    if (!isPrivate && isDenied(bot.can_join_groups)) {
      const finding = `${await facts.nameOfBot()} may not be added to groups`;
      if (await isInChat(facts)) {
        return passed(`${finding}, which keeps others from using it: it is in the admin chat`);
      }
      return warned({
        finding,
        why: 'Nobody can add it to the admin chat',
        remedy: 'Turn it on at @BotFather: /setjoingroups, Enable',
      });
    }
    if (isPrivate && settings.mode === 'topics' && bot.allows_users_to_create_topics) {
      return warned({
        finding: 'The agent may create and delete topics in the private chat',
        why: 'A topic that the agent creates belongs to no thread, and one that the agent deletes takes its thread with it',
        remedy: 'Turn that off at @BotFather, in the settings of the bot under Threads Settings',
      });
    }
    return passed('What is set at @BotFather suits the desk');
  }
}

/** @throws When Telegram does not answer. */
async function isInChat(facts: DeskFacts): Promise<boolean> {
  try {
    return problemOfMembership(await facts.member()) === undefined;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}
