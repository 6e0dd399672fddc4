import type { PageMessage, PageReply, PageSender } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import { icon } from '../dom/icon.js';
import { fullTimeOf, timeOf } from '../text/date-time.js';
import { formattedText } from '../text/formatted-text.js';
import { plainName } from '../text/plain-name.js';
import { initialsOf, peerColor } from '../text/sender.js';
import type { MessageContext } from './message-context.js';

/** The picture of somebody: letters on a colour. */
export function avatar(name: string, id: number): HTMLElement {
  const attributes = { 'data-letters': initialsOf(name) };
  return element('span', { class: `avatar ${peerColor(id)}`, attributes });
}

/** The name of who wrote a message, with `bot` or a title beside it. */
export function senderLine(sender: PageSender, tag: string | undefined): HTMLElement {
  const { id, name } = sender;
  return element(
    'div',
    { class: `sender ${peerColor(id)}` },
    element('bdi', { class: 'sender-name' }, plainName(name)),
    sender.kind === 'bot' && element('span', { class: 'tag is-bot' }, 'bot'),
    tag !== undefined && element('span', { class: 'tag' }, plainName(tag)),
  );
}

/** Marks what one person alone sees. */
export const ONLY_YOU = 'Only you see this';

/** The mark of an ephemeral message. */
export function onlyYouLine(): HTMLElement {
  return element('div', { class: 'only-you' }, icon('lock'), ONLY_YOU);
}

/** Whose message was forwarded. */
export function forwardLine({
  name,
  sentAt,
}: {
  readonly name: string;
  readonly sentAt: number;
}): HTMLElement {
  const attributes = { title: fullTimeOf(sentAt) };
  const words = element('bdi', {}, plainName(name));
  return element('div', { class: 'forwarded', attributes }, 'Forwarded from ', words);
}

/** What a message replies to; a click leads there. */
export function replyBlock(reply: PageReply, context: MessageContext): HTMLElement {
  const { chat, messageId, sender, excerpt, quote } = reply;
  const text = quote
    ? formattedText(quote.text, quote.entities, { now: context.now })
    : document.createTextNode(excerpt);
  const block = element(
    'button',
    {
      class: `reply ${peerColor(sender.id)}${quote ? ' is-quote' : ''}`,
      attributes: { type: 'button' },
    },
    element('span', { class: 'visually-hidden' }, quote ? 'Quotes ' : 'Replies to '),
    element('bdi', { class: 'reply-name' }, plainName(sender.name)),
    element('span', { class: 'reply-text', attributes: { dir: 'auto' } }, text),
    quote && icon('quote'),
  );
  // What is in it is for reading only: buttons hold no links.
  for (const inner of block.querySelectorAll('a, button')) inner.replaceWith(inner.textContent);
  block.disabled = messageId === undefined || chat === undefined;
  block.addEventListener('click', () => {
    if (chat !== undefined && messageId !== undefined) context.jumpTo(chat, messageId);
  });
  return block;
}

/** When a message was sent, and whether it was changed. */
export function metaLine(message: PageMessage, isPinned: boolean): HTMLElement {
  const { sentAt, editedAt, via } = message;
  const edited = editedAt !== undefined && element('span', {}, 'edited');
  const attributes = {
    title: editedAt === undefined ? fullTimeOf(sentAt) : `Edited ${fullTimeOf(editedAt)}`,
  };
  return element(
    'span',
    { class: 'meta', attributes },
    isPinned && icon('pin'),
    via !== undefined && element('span', {}, `via ${plainName(via)}`),
    edited,
    element('time', { attributes: { datetime: new Date(sentAt).toISOString() } }, timeOf(sentAt)),
  );
}
