import type { PageMessage } from '../../src/page/page-message.interface.js';
import { element } from '../dom/element.js';
import type { MessageContext } from './message-context.js';

/** The reactions on a message, each with who set it; those of one's own are marked. */
export function reactionBar(message: PageMessage, context: MessageContext): HTMLElement[] {
  const byEmoji = Map.groupBy(
    message.reactions.flatMap(({ emoji, by }) => emoji.map((sign) => ({ sign, by }))),
    ({ sign }) => sign,
  );
  return [...byEmoji].map(([sign, reactions]) => {
    const names = reactions.map(({ by }) => by.name).join(', ');
    const isOwn = reactions.some(({ by }) => context.isOwnReaction(by.id));
    const attributes = {
      type: 'button',
      'aria-pressed': String(isOwn),
      title: names,
    };
    const click = (): void => context.toggleReaction(message, sign);
    return element(
      'button',
      { class: 'reaction', attributes, on: { click } },
      element('span', { class: 'reaction-emoji' }, shown(sign)),
      element('span', {}, String(reactions.length)),
      element('span', { class: 'visually-hidden' }, ` by ${names}`),
    );
  });
}

/** Custom emoji have numbers, of which the page has no pictures. */
function shown(emoji: string): string {
  return /^\d+$/.test(emoji) ? '✨' : emoji;
}
