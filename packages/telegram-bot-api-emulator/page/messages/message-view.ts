import type { PageMessage } from '../../src/page/page-message.interface.js';
import { type Child, element } from '../dom/element.js';
import { iconButton } from '../dom/icon-button.js';
import { isVisual, mediaView } from '../media/media-view.js';
import { isBy } from '../people/actors.js';
import { timeOf } from '../text/date-time.js';
import { formattedText } from '../text/formatted-text.js';
import { plainName } from '../text/plain-name.js';
import { contentView } from './content-view.js';
import { inlineKeyboard } from './inline-keyboard.js';
import type { MessageContext } from './message-context.js';
import {
  avatar,
  forwardLine,
  metaLine,
  ONLY_YOU,
  onlyYouLine,
  replyBlock,
  senderLine,
} from './message-parts.js';
import type { MessageRow } from './message-rows.js';

type Row = Extract<MessageRow, { readonly kind: 'message' }>;

/** Emoji alone, at most three, are shown large. */
const FEW_EMOJI = /^(?:\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*){1,3}$/u;

/** A message, or an album, with all that belongs to it but its reactions, which have a place of their own. */
export function messageView(row: Row, context: MessageContext): HTMLElement {
  const [message] = row.messages;
  const isOwn = isBy(message, context.actor);
  const more = moreButton(row, context);
  const bubble = element('div', { class: 'bubble' }, ...contentOf(row, isOwn, context));
  const view = element(
    'div',
    {
      class: classesOf(row, isOwn),
      attributes: {
        role: 'article',
        tabindex: '-1',
        'data-message': String(message.id),
        'data-last-message': String(row.messages.at(-1)?.id),
        'aria-label': labelOf(message),
      },
      on: { contextmenu: (event) => openAt(event, row, view, context) },
    },
    !isOwn && context.namesSenders && avatarSlot(row),
    element(
      'div',
      { class: 'bubble-column' },
      bubble,
      message.buttons && inlineKeyboard(message, context),
    ),
    more,
  );
  return view;
}

function labelOf({ sender, sentAt, ephemeral }: PageMessage): string {
  const label = `${plainName(sender.name)}, ${timeOf(sentAt)}`;
  return ephemeral ? `${label}, ${ONLY_YOU}` : label;
}

function openAt(event: MouseEvent, row: Row, view: HTMLElement, context: MessageContext): void {
  // The menu of the browser is for links and pictures.
  if (event.target instanceof Element && event.target.closest('a, input, video')) return;
  event.preventDefault();
  context.openMenu(row.messages, view, event);
}

function moreButton(row: Row, context: MessageContext): HTMLElement {
  const more = iconButton('more', 'Actions for this message', () => {
    context.openMenu(row.messages, more);
  });
  more.classList.add('message-more');
  more.setAttribute('aria-haspopup', 'menu');
  // What is selected, to be quoted, stays so.
  more.addEventListener('pointerdown', (event) => event.preventDefault());
  return more;
}

function classesOf({ messages: [message], isFirst, isLast }: Row, isOwn: boolean): string {
  const { media, text, content, ephemeral } = message;
  const isBare =
    !text &&
    (media?.kind === 'sticker' || media?.kind === 'video_note' || content?.kind === 'dice');
  const isLarge = !media && text !== undefined && FEW_EMOJI.test(text.text);
  return [
    'message',
    isOwn && 'is-own',
    ephemeral && 'is-ephemeral',
    isFirst && 'is-first',
    isLast && 'is-last',
    (isBare || isLarge) && !ephemeral && 'is-bare',
    isLarge && 'is-large',
  ]
    .filter(Boolean)
    .join(' ');
}

function avatarSlot({ messages: [{ sender }], isLast }: Row): HTMLElement {
  return element(
    'div',
    { class: 'avatar-slot' },
    isLast && avatar(plainName(sender.name), sender.id),
  );
}

function contentOf(row: Row, isOwn: boolean, context: MessageContext): Child[] {
  const [message] = row.messages;
  const { sender, forward, reply } = message;
  const last = row.messages.at(-1) ?? message;
  const captions = row.messages.filter(({ text }) => text);
  const texts = captions.map((captioned) => textOf(captioned, context));
  const meta = metaLine(last, context.isPinned(message));
  // It stands in the last line of the text where there is room.
  const lastText = texts.at(-1);
  lastText?.append(meta);
  const named = row.isFirst && !isOwn && context.namesSenders;
  return [
    named && senderLine(sender, sender.signature || context.tagOf(message)),
    message.ephemeral && onlyYouLine(),
    forward && forwardLine(forward),
    reply && replyBlock(reply, context),
    ...mediaOf(row, context),
    message.content && contentView(message.content),
    ...texts,
    !lastText && meta,
    element('div', { class: 'reactions' }),
  ];
}

function mediaOf({ messages }: Row, context: MessageContext): Child[] {
  const media = messages.flatMap((message) => (message.media ? [message.media] : []));
  const views = media.map((file) => mediaView(file, context));
  if (views.length <= 1) return views;
  const isGrid = media.every(isVisual);
  return [
    element(
      'div',
      { class: `album${isGrid ? ` is-grid of-${Math.min(views.length, 10)}` : ''}` },
      ...views,
    ),
  ];
}

function textOf({ text }: PageMessage, context: MessageContext): HTMLElement {
  const content = formattedText(text?.text ?? '', text?.entities, context);
  return element('div', { class: 'text', attributes: { dir: 'auto' } }, content);
}
