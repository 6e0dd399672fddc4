import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { ActionFields } from './action-fields.js';
import type { ActionHandlers, ActionOutcome } from './action-handlers.js';
import type { PagePersonAction } from './page-action.interface.js';
import type { PageActors } from './page-actors.js';
import type { PageChange } from './page-protocol.js';

type MessageAction = Extract<
  PagePersonAction,
  { readonly type: 'edit' | 'delete' | 'dismiss' | 'react' | 'pin' | 'press' }
>;
type ActorField = 'chat' | 'as';

/** What Telegram takes at most, in UTF-16 units. */
const MAX_TEXT_LENGTH = 4_096;
const MAX_EMOJI_LENGTH = 32;
const MAX_REACTIONS = 12;
/** Real milliseconds. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Changes messages and presses their buttons for the people of the page. */
export class MessageActions {
  readonly #actors: PageActors;
  readonly #announce: (change: PageChange) => void;

  /** @param announce Tells the open pages of the answer to a press. */
  constructor(actors: PageActors, announce: (change: PageChange) => void) {
    this.#actors = actors;
    this.#announce = announce;
  }

  readonly handlers: ActionHandlers<MessageAction> = {
    edit: (fields) => {
      const text = fields.textOrEmpty('text', MAX_TEXT_LENGTH);
      const message = this.#actors.messageOf(fields);
      if (text.trim() === '' && message.text !== undefined) {
        throw new Error('A message must not be empty; delete it instead');
      }
      return { messageIds: [this.#agent(fields).edit(message, text).message_id] };
    },
    delete: (fields) => {
      this.#agent(fields).delete(this.#actors.messageOf(fields));
      return {};
    },
    dismiss: (fields) => {
      this.#agent(fields).dismiss(this.#actors.messageOf(fields));
      return {};
    },
    react: (fields) => {
      const emoji = fields.texts('emoji', MAX_REACTIONS, MAX_EMOJI_LENGTH);
      this.#agent(fields).react(this.#actors.messageOf(fields), emoji);
      return {};
    },
    pin: (fields) => {
      this.#agent(fields).pin(this.#actors.messageOf(fields));
      return {};
    },
    press: (fields) => this.#press(fields),
  };

  #agent(fields: ActionFields<ActorField>): EmulatedAgent {
    return this.#actors.agentOf(fields);
  }

  #press(fields: ActionFields<ActorField | 'messageId' | 'button'>): ActionOutcome {
    const agent = this.#agent(fields);
    const button = fields.text('button', MAX_TEXT_LENGTH);
    const press = agent.press(this.#actors.messageOf(fields), button);
    const answer = { type: 'buttonAnswer', pressId: press.id, person: agent.user.id } as const;
    void press.waitForAnswer(ANSWER_TIMEOUT_MS).then(
      ({ text, url, showAlert }) =>
        this.#announce({
          ...answer,
          isAlert: showAlert,
          ...(text !== undefined && { text }),
          ...(url !== undefined && { url }),
        }),
      () =>
        this.#announce({
          ...answer,
          isAlert: false,
          failure: 'The bot has not answered the press of the button',
        }),
    );
    return { pressId: press.id };
  }
}
