import { Inject, Injectable } from '@nestjs/common';
import type { DeskFacts } from './desk-facts.js';
import type { DiagnosticCheck } from './diagnostic-check.interface.js';
import { SetupLog } from './setup-log.js';

/** Injection token of the `DiagnosticCheck`s of a desk that works, which need no call but those of its check at boot. */
export const DESK_SETUP_CHECKS = Symbol('TELEGRAM_DESK_SETUP_CHECKS');

/** What they find is the same for each desk of the bot. */
const OF_THE_BOT: ReadonlySet<string> = new Set(['clock', 'bot-settings']);

/** What they would find has a cause that is in the log already. */
const OF_NO_ADMINISTRATOR: ReadonlySet<string> = new Set(['administrator', 'privacy-mode']);

/** Logs what works worse than it could at a desk that starts, in bot and admin chat. */
@Injectable()
export class DeskSetupCheck {
  constructor(
    @Inject(DESK_SETUP_CHECKS) private readonly checks: readonly DiagnosticCheck[],
    private readonly log: SetupLog,
  ) {}

  /**
   * @param facts Those of a chat where the bot may write.
   * @throws {@link BotApiError} When Telegram does not answer.
   */
  async run(facts: DeskFacts): Promise<void> {
    const said = await checksSaid(facts);
    const where = `${await facts.nameOfBot()} in ${await facts.nameOfChat()}`;
    for (const check of this.checks) {
      if (said.has(check.id)) continue;
      const outcome = await check.run(facts);
      this.log.report(check, outcome, OF_THE_BOT.has(check.id) ? undefined : where);
    }
  }
}

/** The checks whose finding the log has in other words. */
async function checksSaid(facts: DeskFacts): Promise<ReadonlySet<string>> {
  const { settings, adminChat } = facts;
  const said = new Set<string>(adminChat.hasMoved ? ['chat-id'] : []);
  const { type, is_forum: isForum } = await facts.chat();
  if (settings.mode !== 'topics' || type === 'private' || !isForum) return said;
  // Topics want an administrator, too.
  const { status } = await facts.member();
  return status === 'administrator' ? said : new Set([...said, ...OF_NO_ADMINISTRATOR]);
}
