import type { PageFaultAction } from '../../src/page/page-action.interface.js';
import type { PageBot, PageChat, PageMember, PageTopic } from '../../src/page/page-protocol.js';
import { element } from '../dom/element.js';
import { plainName } from '../text/plain-name.js';
import { buttonRow, choiceRow, panelButton, panelSection, switchRow } from '../dom/panel-rows.js';

type Perform = (action: PageFaultAction) => void;

const BOT_STATUSES = [
  ['administrator', 'administrator'],
  ['member', 'member'],
  ['restricted', 'may not write'],
  ['left', 'has left'],
  ['kicked', 'kicked'],
] as const;

const PRIVATE_STATUSES = [
  ['member', 'started'],
  ['kicked', 'blocked'],
] as const;

/** The rights of a bot that desks need, in words. */
const RIGHTS = [
  ['can_manage_topics', 'Manage topics'],
  ['can_delete_messages', 'Delete messages'],
  ['can_pin_messages', 'Pin messages'],
  ['can_restrict_members', 'Ban people'],
  ['can_invite_users', 'Invite people'],
  ['can_promote_members', 'Add administrators'],
  ['can_change_info', 'Change the group'],
] as const;

/** What can go wrong in one chat: floods, and what happens to groups. */
export function chatFaults(chat: PageChat, perform: Perform): HTMLElement {
  const flood = (seconds: number): void => perform({ type: 'flood', chat: chat.key, seconds });
  const upgrade = panelButton('Upgrade to a supergroup', () =>
    perform({ type: 'upgrade', chat: chat.key }),
  );
  return panelSection(
    plainName(chat.title),
    element('p', { class: 'note' }, 'Flood: all that bots send here is refused with 429'),
    buttonRow(
      ...[10, 30, 120].map((seconds) => panelButton(`${seconds} s`, () => flood(seconds))),
      panelButton('End', () => flood(0)),
    ),
    chat.type === 'group' && buttonRow(upgrade),
  );
}

/** What can go wrong with the open topic and with those that are deleted. */
export function topicFaults(
  chat: PageChat,
  topic: PageTopic | undefined,
  perform: Perform,
): HTMLElement {
  const redirect = switchRow(
    'Deleted topics lead to General',
    'What bots send to a deleted topic stands in General, and no error says so',
    chat.redirectsDeletedTopics,
    (isOn) => perform({ type: 'redirectDeletedTopics', chat: chat.key, isOn }),
  );
  if (!topic || topic.id === 1) return panelSection('Topics', redirect);
  const target = { chat: chat.key, topicId: topic.id };
  const forget = panelButton('Let bots not find it', () =>
    perform({ type: 'forgetTopic', ...target }),
  );
  forget.disabled = topic.isForgotten;
  const remove = panelButton(
    'Delete it',
    () => perform({ type: 'removeTopic', ...target }),
    'is-dangerous',
  );
  const title = `Topic ${plainName(topic.name)}`;
  return panelSection(title, buttonRow(remove, forget), redirect);
}

/** What a bot is and may do in a chat. */
export function botFaults(
  { key, type }: PageChat,
  bot: PageBot,
  { status, rights }: PageMember,
  perform: Perform,
): HTMLElement {
  const change = (wanted: (typeof BOT_STATUSES)[number][0]): void =>
    perform({ type: 'setBotStatus', chat: key, bot: bot.id, status: wanted });
  const title = `${plainName(bot.name)} here`;
  if (type === 'private') {
    const shown = status === 'kicked' ? 'kicked' : 'member';
    return panelSection(title, choiceRow('The bot is', PRIVATE_STATUSES, shown, change));
  }
  const shown = status === 'creator' ? 'administrator' : status;
  const switches = RIGHTS.filter(([right]) => rights?.[right] !== undefined).map(([right, label]) =>
    switchRow(label, '', rights?.[right] === true, (isOn) =>
      perform({ type: 'setBotRights', chat: key, bot: bot.id, rights: { [right]: isOn } }),
    ),
  );
  return panelSection(title, choiceRow('The bot is', BOT_STATUSES, shown, change), ...switches);
}
