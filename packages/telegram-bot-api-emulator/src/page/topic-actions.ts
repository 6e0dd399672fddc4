import type { EmulatedAgent } from '../agents/emulated-agent.js';
import type { ActionFields } from './action-fields.js';
import type { ActionHandlers } from './action-handlers.js';
import type { PagePersonAction } from './page-action.interface.js';
import type { PageActors } from './page-actors.js';

type TopicAction = Extract<
  PagePersonAction,
  { readonly type: `${string}Topic${string}` | 'leave' }
>;

const MAX_NAME_LENGTH = 128;
const MAX_ICON_LENGTH = 32;

/** Creates and changes topics for the people of the page, and lets them leave. */
export class TopicActions {
  readonly #actors: PageActors;

  constructor(actors: PageActors) {
    this.#actors = actors;
  }

  readonly handlers: ActionHandlers<TopicAction> = {
    createTopic: (fields) => {
      const name = fields.text('name', MAX_NAME_LENGTH);
      const icon = fields.optionalText('icon', MAX_ICON_LENGTH) ?? '';
      return { topicId: this.#agent(fields).createTopic(name, { icon }).id };
    },
    renameTopic: (fields) => {
      const name = fields.text('name', MAX_NAME_LENGTH);
      this.#agent(fields).renameTopic(fields.integer('topicId'), name);
      return {};
    },
    changeTopicIcon: (fields) => {
      const icon = fields.textOrEmpty('icon', MAX_ICON_LENGTH);
      this.#agent(fields).changeTopicIcon(fields.integer('topicId'), icon);
      return {};
    },
    closeTopic: (fields) => {
      this.#agent(fields).closeTopic(fields.integer('topicId'));
      return {};
    },
    reopenTopic: (fields) => {
      this.#agent(fields).reopenTopic(fields.integer('topicId'));
      return {};
    },
    deleteTopic: (fields) => {
      this.#agent(fields).deleteTopic(fields.integer('topicId'));
      return {};
    },
    leave: (fields) => {
      this.#agent(fields).leave();
      return {};
    },
  };

  #agent(fields: ActionFields<'chat' | 'as'>): EmulatedAgent {
    return this.#actors.agentOf(fields);
  }
}
