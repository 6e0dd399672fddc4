import type { AttachmentView, MessageView } from '../../api/views.interface.js';
import type { Locale } from '../locales/locale.js';
import type { Words } from '../locales/words.js';
import { renderAttachment } from './attachment.view.js';
import { button, h, setText } from './dom.js';
import { icon } from './icons.js';
import { renewLink } from './renew-link.js';
import { renderHtml, renderText } from './rich-text.js';
import { excerptOf, type Mark, type ShownMessage } from './shown-message.js';

export interface MessageActions {
  /** Opens or closes what can be done with a message. */
  onMore(view: MessageElement): void;
  onRetry(shown: ShownMessage): void;
  onDiscard(shown: ShownMessage): void;
  onQuote(id: string): void;
  /** The address of a file. */
  resolve(url: string): string;
}

/** One message. Its elements stay while only its mark changes, so that screen readers do not read it again. */
export class MessageElement {
  readonly element: HTMLElement;
  readonly more: HTMLButtonElement;
  readonly #content = h('div', { class: 'bubble', part: 'bubble' });
  readonly #state = h('span', { class: 'state' });
  readonly #failure = h('div', { class: 'failure' });
  #signature = '';
  #mark: Mark | undefined;
  shown: ShownMessage;

  constructor(
    shown: ShownMessage,
    private readonly locale: Locale,
    private readonly actions: MessageActions,
  ) {
    this.shown = shown;
    const { mine, author, sentAt } = shown.message;
    const { words } = locale;
    const who = mine ? words.you : nameOf(author, words);
    const side = mine ? 'mine' : 'theirs';
    this.more = button(
      {
        class: 'more',
        'aria-expanded': 'false',
        onclick: () => actions.onMore(this),
      },
      icon('more'),
    );
    this.element = h(
      'div',
      {
        class: `message ${side}`,
        part: `message message-${side}`,
        role: 'article',
        'aria-label': `${who}, ${locale.time(new Date(sentAt))}`,
        'data-id': shown.message.id,
      },
      h('div', { class: 'row' }, this.#content, this.more),
      this.#failure,
    );
  }

  update(shown: ShownMessage, isFirstOfGroup: boolean): void {
    this.shown = shown;
    const { message, mark, entry, quote } = shown;
    this.element.classList.toggle('first', isFirstOfGroup);
    this.more.hidden = Boolean(entry || message.deletedAt);
    const name = isFirstOfGroup && !message.mine;
    const signature = JSON.stringify([contentOf(message), quote, name]);
    if (signature !== this.#signature) {
      this.#content.replaceChildren(...this.#build(shown, name));
      this.more.ariaLabel = `${this.locale.words.actions}: ${excerptOf(message)}`;
    }
    this.#signature = signature;
    if (mark !== this.#mark) this.#showMark(mark);
    this.#mark = mark;
    this.#showFailure(entry?.error !== undefined);
    this.#renewLinks(message);
  }

  #build({ message, quote }: ShownMessage, hasName: boolean): Node[] {
    const { words } = this.locale;
    const { author, text = '', html, attachments = [], replyTo, reactions } = message;
    if (message.deletedAt)
      return [h('i', { class: 'deleted' }, words.deleted), this.#meta(message)];
    const placeholder = attachments.map((attachment) => attachment.text).join('\n');
    const emoji = [
      ...(reactions?.agents ?? []),
      ...(reactions?.customer ? [reactions.customer] : []),
    ];
    const nodes: (Node | false)[] = [
      hasName && h('b', { class: 'author' }, nameOf(author, words)),
      quote !== undefined && this.#quote(replyTo?.id, quote),
      attachments.length > 0 &&
        h(
          'div',
          { class: attachments.length > 1 ? 'attachments album' : 'attachments' },
          ...attachments.map((attachment) => this.#attachment(attachment)),
        ),
      text !== placeholder &&
        h(
          'div',
          { class: 'text', dir: 'auto' },
          ...(html ? [renderHtml(html, text)] : renderText(text)),
        ),
      emoji.length > 0 && h('span', { class: 'reactions' }, emoji.join(' ')),
      this.#meta(message),
    ];
    return nodes.filter((node) => node !== false);
  }

  #attachment(attachment: AttachmentView): HTMLElement {
    const { url, thumbnailUrl } = attachment;
    const resolve = (given: string | undefined): string =>
      given ? this.actions.resolve(given) : '';
    const resolved = { ...attachment, url: resolve(url), thumbnailUrl: resolve(thumbnailUrl) };
    return renderAttachment(resolved, this.locale);
  }

  /** The links of files end after a while. */
  #renewLinks({ attachments = [] }: MessageView): void {
    const elements = this.#content.querySelector('.attachments')?.children;
    for (const [index, { url }] of attachments.entries()) {
      const element = elements?.[index];
      if (element && url) renewLink(element, this.actions.resolve(url));
    }
  }

  #quote(id: string | undefined, quote: string): HTMLElement {
    const onclick = (): void => {
      if (id !== undefined) this.actions.onQuote(id);
    };
    return button({ class: 'quote', dir: 'auto', onclick }, quote);
  }

  #meta({ sentAt, editedAt }: MessageView): HTMLElement {
    const date = new Date(sentAt);
    return h(
      'span',
      { class: 'meta' },
      editedAt ? `${this.locale.words.edited} ` : null,
      h('time', { datetime: sentAt }, this.locale.time(date)),
      this.#state,
    );
  }

  #showMark(mark: Mark | undefined): void {
    if (!mark) return this.#state.replaceChildren();
    const label = h('span', { class: 'hidden' }, this.locale.words[mark]);
    this.#state.replaceChildren(icon(mark === 'sending' ? 'clock' : mark), label);
    this.#state.className = `state ${mark}`;
  }

  #showFailure(isFailed: boolean): void {
    if (isFailed === this.#failure.hasChildNodes()) return;
    if (!isFailed) return this.#failure.replaceChildren();
    const { words } = this.locale;
    const reason = h('span', {});
    const code = this.shown.entry?.error;
    setText(reason, code ? this.locale.problem({ code }) : words.failed);
    this.#failure.replaceChildren(
      reason,
      button({ onclick: () => this.actions.onRetry(this.shown) }, words.retry),
      button({ onclick: () => this.actions.onDiscard(this.shown) }, words.delete),
    );
  }
}

function nameOf({ name }: MessageView['author'], { agent }: Words): string {
  return name ?? agent;
}

/** What the bubble is made of. A message that arrives at the server looks as it did before. */
function contentOf(message: MessageView): unknown {
  const { text, html, attachments = [], reactions, editedAt, deletedAt } = message;
  const files = attachments.map(({ id, kind, url }) => [id, kind, !url]);
  return [text, html, files, reactions, editedAt, deletedAt];
}
