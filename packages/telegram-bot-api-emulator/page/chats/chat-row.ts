import type { PageMessage } from '../../src/page/page-message.interface.js';
import type { PageChat, PageTopic } from '../../src/page/page-protocol.js';
import { type Child, element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { avatar } from '../messages/message-parts.js';
import { shortDateOf } from '../text/date-time.js';
import { summaryOf } from '../text/message-summary.js';
import { plainName } from '../text/plain-name.js';

/** What a row of the list tells of a chat or topic. */
export interface RowFacts {
  readonly last: PageMessage | undefined;
  readonly unread: number;
  readonly isOpen: boolean;
  /** Whether a bot is typing there. */
  readonly typing: string | undefined;
  readonly draft: string;
  readonly now: number;
}

/** A chat in the list. */
export function chatRow(chat: PageChat, facts: RowFacts, open: () => void): HTMLElement {
  const title = plainName(chat.title);
  const signs = [chat.gone && icon('lock'), chat.floodedUntil !== undefined && icon('clock')];
  return row(facts, open, {
    class: 'chat-row',
    sign: avatar(title, chat.id),
    title,
    signs,
    namesSender: chat.type !== 'private',
  });
}

/** A topic in the list, below its chat. */
export function topicRow(topic: PageTopic, facts: RowFacts, open: () => void): HTMLElement {
  return row(facts, open, {
    class: 'topic-row',
    sign: topicSign(topic),
    title: plainName(topic.name),
    signs: [topic.isClosed && icon('lock')],
    namesSender: true,
  });
}

/** The icon of a topic: its emoji, or a bubble of its colour. */
export function topicSign({ id, icon: emoji, color, name }: PageTopic): HTMLElement {
  const attributes = { 'aria-hidden': 'true' };
  if (emoji) return element('span', { class: 'topic-sign', attributes }, emoji);
  if (id === 1)
    return element('span', { class: 'topic-sign is-general', attributes }, icon('hash'));
  const letter = /^./u.exec(plainName(name))?.[0] ?? '';
  const bubble = element('span', { class: 'topic-sign is-bubble', attributes }, letter);
  bubble.style.setProperty('--topic', `#${(color & 0xff_ff_ff).toString(16).padStart(6, '0')}`);
  return bubble;
}

interface RowLook {
  readonly class: string;
  readonly sign: Node;
  readonly title: string;
  readonly signs: readonly Child[];
  readonly namesSender: boolean;
}

function row(facts: RowFacts, open: () => void, look: RowLook): HTMLElement {
  const { last, unread, isOpen, now } = facts;
  const button = element(
    'button',
    {
      class: `row ${look.class}${isOpen ? ' is-open' : ''}`,
      attributes: { type: 'button', 'aria-current': isOpen ? 'true' : undefined },
      on: { click: open },
    },
    look.sign,
    element(
      'span',
      { class: 'row-words' },
      element(
        'span',
        { class: 'row-top' },
        element('bdi', { class: 'row-title' }, look.title),
        ...look.signs,
        last && element('time', { class: 'row-time' }, shortDateOf(last.sentAt, now)),
      ),
      element(
        'span',
        { class: 'row-bottom' },
        preview(facts, look.namesSender),
        unread > 0 && badge(unread),
      ),
    ),
  );
  return element('li', {}, button);
}

function preview({ typing, draft, last }: RowFacts, namesSender: boolean): HTMLElement {
  const attributes = { dir: 'auto' };
  if (typing !== undefined) return element('span', { class: 'row-typing', attributes }, typing);
  if (draft !== '') {
    const mark = element('span', { class: 'row-draft' }, 'Draft: ');
    return element('span', { class: 'row-preview', attributes }, mark, draft);
  }
  if (!last) return element('span', { class: 'row-preview' }, 'No messages yet');
  const isNamed = namesSender && last.service === undefined;
  const sender = isNamed && element('bdi', { class: 'row-sender' }, plainName(last.sender.name));
  const colon = isNamed && ': ';
  return element('span', { class: 'row-preview', attributes }, sender, colon, summaryOf(last));
}

function badge(unread: number): HTMLElement {
  return element(
    'span',
    { class: 'badge' },
    String(unread),
    element('span', { class: 'visually-hidden' }, ' unread'),
  );
}
