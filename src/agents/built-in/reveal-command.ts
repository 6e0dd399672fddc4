import { Injectable } from '@nestjs/common';
import { shorten } from '../../common/shorten.js';
import { TelegramSettings } from '../../config/telegram-settings.js';
import { DeskDirectory } from '../../desk/desk-directory.js';
import type { CommandEvent } from '../../events/stored-event.interface.js';
import { joinHtml, type Html } from '../../notices/html.js';
import { neutralizeMentions } from '../../notices/neutralize-mentions.js';
import { OF_THREAD } from '../../outbound/job-masker.js';
import type { MaskedSpot } from '../../privacy/mask-rule.interface.js';
import { ThreadEventPublisher } from '../../threads/thread-event-publisher.js';
import { ThreadMessageRepository } from '../../threads/thread-message.repository.js';
import type { BuiltInCommand } from '../built-in-command.interface.js';
import { EphemeralMessages } from '../ephemeral-messages.js';
import { changeOf } from './change-of.js';

/** How many of the newest messages are looked through where the command answers none. */
const NEWEST_MESSAGES = 20;

/** What fits in a message. */
const MOST_SPOTS = 25;
const LONGEST_SPOT = 100;

/** Shows one agent what is masked in the message that they answer, else in the newest ones of the thread. */
@Injectable()
export class RevealCommand implements BuiltInCommand {
  readonly name = 'reveal';

  constructor(
    private readonly settings: TelegramSettings,
    private readonly messages: ThreadMessageRepository,
    private readonly desks: DeskDirectory,
    private readonly events: ThreadEventPublisher,
    private readonly ephemeral: EphemeralMessages,
  ) {}

  async run(command: CommandEvent): Promise<Html> {
    const { threadId, agent, message, answered } = command;
    const { texts, privacy } = this.settings;
    if (privacy.revealTo && !privacy.revealTo.has(agent.id)) return texts.html('revealForbidden');
    if (agent.anonymous) return texts.html('revealAnonymous');
    const spots = await this.#spotsOf(command);
    if (spots.length === 0) return texts.html('revealNothing');
    // First of all: nobody sees anything that the app does not learn of.
    await this.events.publishChange({
      ...changeOf('revealed', command),
      message: answered ?? changeOf('revealed', command).message,
    });
    const isShown = await this.ephemeral.tell(message, agent.id, this.#listOf(spots), { threadId });
    return isShown ? texts.html('revealed', { agent: agent.name }) : texts.html('revealImpossible');
  }

  async #spotsOf({ threadId, answered }: CommandEvent): Promise<readonly MaskedSpot[]> {
    const notices = (await this.messages.list(threadId)).filter(({ ids = [] }) => ids.length > 0);
    const shown = answered
      ? notices.filter(({ chatId, messageId }) => {
          return chatId === answered.chatId && messageId === answered.messageId;
        })
      : notices.slice(-NEWEST_MESSAGES);
    const ids = new Set([...shown.flatMap((notice) => notice.ids ?? []), OF_THREAD]);
    const desks = await this.desks.all();
    const found = await Promise.all(
      [...ids].flatMap((id) => desks.map(({ traces }) => traces.originals.find(threadId, id))),
    );
    return found.flat();
  }

  #listOf(spots: readonly MaskedSpot[]): Html {
    const { texts } = this.settings;
    const items = spots.slice(-MOST_SPOTS).map(({ shown, original }) =>
      texts.html('revealItem', {
        shown: neutralizeMentions(shown),
        original: shorten(original, LONGEST_SPOT),
      }),
    );
    const count = spots.length - items.length;
    const more = count > 0 ? [texts.html('revealMore', { count })] : [];
    return joinHtml([texts.html('revealTitle'), ...items, ...more], '\n');
  }
}
