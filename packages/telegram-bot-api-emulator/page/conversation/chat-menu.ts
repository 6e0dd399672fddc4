import type { PageActor, PagePersonAction } from '../../src/page/page-action.interface.js';
import type { PageChat, PageTopic } from '../../src/page/page-protocol.js';
import { askFor } from '../dom/dialog.js';
import { type MenuItem, openMenu } from '../dom/menu.js';
import type { PageServices } from '../shell/page-services.js';
import { GENERAL_TOPIC_ID, type Place } from '../state/place.js';
import { openPeople } from '../people/people-dialog.js';
import { plainName } from '../text/plain-name.js';

const NO_ICON = 'none';

/** What can be done with a chat or a topic, as the person that one is. */
export class ChatMenu {
  readonly #services: PageServices;

  constructor(services: PageServices) {
    this.#services = services;
  }

  open(place: Place, owner: HTMLElement): void {
    const { state, session } = this.#services;
    const chat = state.chats.get(place.chat);
    const as = session.actorIn(place.chat);
    if (!chat) return;
    const topic =
      place.topicId === undefined ? undefined : state.findTopic(chat.key, place.topicId);
    const items = [
      ...(topic && as ? this.#topicItems(topic, as) : []),
      ...(as ? this.#chatItems(chat, as) : []),
    ];
    openMenu(owner, { label: 'Chat and topic', items });
  }

  #topicItems(topic: PageTopic, as: PageActor): MenuItem[] {
    const target = { chat: topic.chat, as, topicId: topic.id };
    const toggle: MenuItem = topic.isClosed
      ? {
          label: 'Reopen topic',
          icon: 'check',
          run: () => this.#do({ type: 'reopenTopic', ...target }),
        }
      : {
          label: 'Close topic',
          icon: 'lock',
          run: () => this.#do({ type: 'closeTopic', ...target }),
        };
    if (topic.id === GENERAL_TOPIC_ID) return [toggle];
    return [
      { label: 'Edit topic…', icon: 'edit', run: () => void this.#editTopic(topic, as) },
      toggle,
      {
        label: 'Delete topic',
        icon: 'trash',
        isDangerous: true,
        run: () => this.#do({ type: 'deleteTopic', ...target }),
      },
    ];
  }

  #chatItems(chat: PageChat, as: PageActor): MenuItem[] {
    const items: MenuItem[] = [];
    if (chat.hasTopics) {
      items.push({
        label: 'New topic…',
        icon: 'plus',
        run: () => void this.#createTopic(chat, as),
      });
    }
    if (chat.type !== 'private') {
      items.push({
        label: 'People…',
        icon: 'person',
        run: () => openPeople(chat, this.#services),
      });
      items.push({
        label: 'Leave the chat',
        icon: 'back',
        isDangerous: true,
        run: () => this.#do({ type: 'leave', chat: chat.key, as }),
      });
    }
    return items;
  }

  async #createTopic({ key }: PageChat, as: PageActor): Promise<void> {
    const entered = await this.#askForTopic('New topic', 'Create', '', '');
    if (!entered) return;
    const icon = entered.icon === '' ? {} : { icon: entered.icon };
    const done = await this.#services.perform({
      type: 'createTopic',
      chat: key,
      as,
      name: entered.name,
      ...icon,
    });
    if (done?.topicId !== undefined) {
      this.#services.openSoon({ chat: key, topicId: done.topicId });
    }
  }

  async #editTopic(topic: PageTopic, as: PageActor): Promise<void> {
    const entered = await this.#askForTopic('Edit topic', 'Save', topic.name, topic.icon);
    if (!entered) return;
    const target = { chat: topic.chat, as, topicId: topic.id };
    if (entered.name !== topic.name) {
      await this.#services.perform({ type: 'renameTopic', ...target, name: entered.name });
    }
    if (entered.icon !== topic.icon) {
      await this.#services.perform({ type: 'changeTopicIcon', ...target, icon: entered.icon });
    }
  }

  async #askForTopic(
    title: string,
    confirm: string,
    name: string,
    icon: string,
  ): Promise<{ readonly name: string; readonly icon: string } | undefined> {
    const choices = [NO_ICON, ...this.#services.state.topicIcons];
    const entered = await askFor({
      title,
      confirm,
      fields: [
        { name: 'name', label: 'Name', value: name && plainName(name) },
        { name: 'icon', label: 'Icon', value: icon || NO_ICON, choices },
      ],
    });
    if (!entered) return undefined;
    const { name: newName = '', icon: newIcon = NO_ICON } = entered;
    return { name: newName, icon: newIcon === NO_ICON ? '' : newIcon };
  }

  #do(action: PagePersonAction): void {
    void this.#services.perform(action);
  }
}
