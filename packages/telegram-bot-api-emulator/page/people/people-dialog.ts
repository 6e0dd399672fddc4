import type { PageChat, PageMember } from '../../src/page/page-protocol.js';
import { type DrawnItem, DrawnList } from '../dom/drawn-list.js';
import { showDialog } from '../dom/dialog.js';
import { element } from '../dom/element.js';
import { choiceRow } from '../dom/panel-rows.js';
import type { PageServices } from '../shell/page-services.js';
import { plainName } from '../text/plain-name.js';

const STATUSES = [
  ['administrator', 'administrator'],
  ['member', 'member'],
  ['restricted', 'may not write'],
  ['left', 'has left'],
  ['kicked', 'banned'],
] as const;

/** Shows the people of a chat and what they are there, which can be changed. */
export function openPeople({ key }: PageChat, services: PageServices): void {
  const list = element('div', { class: 'people' });
  const drawn = new DrawnList(list);
  const draw = (): void => {
    const members = services.state.chats.get(key)?.members ?? [];
    drawn.draw(members.flatMap((member) => itemOf(member, key, services)));
  };
  draw();
  const stop = services.state.changed.add(draw);
  const close = element('button', { class: 'button', attributes: { type: 'button' } }, 'Done');
  const buttons = element('div', { class: 'dialog-buttons' }, close);
  const dialog = showDialog('People', list, buttons);
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', stop);
}

function itemOf({ id, status }: PageMember, chat: string, services: PageServices): DrawnItem[] {
  const person = services.state.people.get(id);
  if (!person) return [];
  const name = plainName(person.name);
  const change = (wanted: (typeof STATUSES)[number][0]): void =>
    void services.perform({ type: 'setMember', chat, person: id, status: wanted });
  const draw = (): HTMLElement =>
    status === 'creator'
      ? element('p', { class: 'choice-row' }, element('bdi', {}, name), 'owner')
      : choiceRow(name, STATUSES, status, change);
  return [{ key: String(id), version: `${status} ${name}`, draw }];
}
