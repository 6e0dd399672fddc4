import type { PageActor } from '../../src/page/page-action.interface.js';
import type { PageChat, PageMember } from '../../src/page/page-protocol.js';
import { askFor } from '../dom/dialog.js';
import { element } from '../dom/element.js';
import { type MenuItem, openMenu } from '../dom/menu.js';
import { avatar } from '../messages/message-parts.js';
import type { PageServices } from '../shell/page-services.js';
import { plainName } from '../text/plain-name.js';
import { actorId, actorName, peopleIn } from './actors.js';

const STATUS: Readonly<Partial<Record<PageMember['status'], string>>> = {
  creator: 'owner',
  administrator: 'administrator',
  restricted: 'restricted',
};

/** Shows who one is in the chat, and lets one be somebody else. */
export class ActorButton {
  readonly root = element('button', {
    class: 'actor-button',
    attributes: { type: 'button', 'aria-haspopup': 'menu' },
  });
  readonly #services: PageServices;
  #chat: PageChat | undefined;

  constructor(services: PageServices) {
    this.#services = services;
    this.root.addEventListener('click', () => this.#choose());
  }

  draw(chat: PageChat): void {
    const { session, state } = this.#services;
    this.#chat = chat;
    const actor = session.actorIn(chat.key);
    const name = actor ? actorName(actor, chat, state) : 'nobody';
    const suffix = actor?.anonymousTitle === undefined ? '' : ', anonymous';
    const label = `You are ${name}${suffix}. Be somebody else`;
    if (this.root.getAttribute('aria-label') === label) return;
    this.root.setAttribute('aria-label', label);
    this.root.title = label;
    this.root.replaceChildren(avatar(name, actor ? actorId(actor, chat) : 0));
  }

  #choose(): void {
    const chat = this.#chat;
    if (!chat) return;
    const { session, state } = this.#services;
    const current = session.actorIn(chat.key);
    const people = peopleIn(chat, state).map((member) => this.#personItem(chat, member, current));
    const items =
      chat.type === 'private' ? people : [...people, ...this.#otherItems(chat, current)];
    openMenu(this.root, { label: 'Who you are', items });
  }

  #personItem(
    chat: PageChat,
    { id, status }: PageMember,
    current: PageActor | undefined,
  ): MenuItem {
    const actor: PageActor = { person: id };
    const name = actorName(actor, chat, this.#services.state);
    const note = chat.type === 'private' ? undefined : STATUS[status];
    return {
      label: name,
      ...(note !== undefined && { note }),
      sign: avatar(name, id),
      isChecked: current?.person === id && isPlain(current),
      run: () => this.#services.session.become(actor, chat.key),
    };
  }

  #otherItems(chat: PageChat, current: PageActor | undefined): MenuItem[] {
    const newPerson: MenuItem = {
      label: 'A new person…',
      icon: 'plus',
      run: () => void this.#becomeNewPerson(chat),
    };
    const status = chat.members.find(({ id }) => id === current?.person)?.status;
    if (!current || chat.type !== 'supergroup') return [newPerson];
    const { session } = this.#services;
    const anonymous: MenuItem = {
      label: 'Anonymous administrator',
      note: `writes as ${plainName(chat.title)}`,
      sign: avatar(plainName(chat.title), chat.id),
      isChecked: current.anonymousTitle !== undefined,
      run: () => session.become({ person: current.person, anonymousTitle: '' }, chat.key),
    };
    const channel: MenuItem = {
      label: current.channel === undefined ? 'A channel…' : plainName(current.channel),
      note: 'writes as a channel',
      icon: 'person',
      isChecked: current.channel !== undefined,
      run: () => void this.#becomeChannel(chat, current),
    };
    const isAdministrator = status === 'creator' || status === 'administrator';
    return [...(isAdministrator ? [anonymous] : []), channel, newPerson];
  }

  async #becomeNewPerson(chat: PageChat): Promise<void> {
    const field = { name: 'name', label: 'Name' };
    const entered = await askFor({ title: 'A new person', confirm: 'Join', fields: [field] });
    const name = entered?.['name']?.trim();
    if (!name) return;
    const done = await this.#services.perform({ type: 'newPerson', name, chat: chat.key });
    if (done?.person !== undefined)
      this.#services.session.become({ person: done.person }, chat.key);
  }

  async #becomeChannel(chat: PageChat, { person }: PageActor): Promise<void> {
    const field = { name: 'channel', label: 'Title of the channel' };
    const entered = await askFor({
      title: 'Write as a channel',
      confirm: 'Choose',
      fields: [field],
    });
    const channel = entered?.['channel']?.trim();
    if (channel) this.#services.session.become({ person, channel }, chat.key);
  }
}

function isPlain({ anonymousTitle, channel }: PageActor): boolean {
  return anonymousTitle === undefined && channel === undefined;
}
