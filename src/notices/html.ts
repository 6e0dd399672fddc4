const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const UNESCAPES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The entities that Telegram decodes: these four by name, all others by number. */
const ENTITY = /&(?:(amp|lt|gt|quot)|#(\d{1,7})|#x([\da-f]{1,6}));/gi;

const LAST_CODE_POINT = 0x10_ff_ff;

/** What may stand in an {@link html} template: text is escaped, `Html` is kept, nothing shows nothing. */
export type HtmlValue = string | number | Html | readonly Html[] | null | undefined;

/**
 * Text in Telegram's HTML dialect in which every foreign value has been escaped. Made by {@link html}.
 *
 * @publicApi
 */
export class Html {
  readonly #markup: string;

  /** @internal Markup that is known to be safe; apps use {@link html}. */
  constructor(markup: string) {
    this.#markup = markup;
  }

  /** What a reader sees: without tags, entities decoded. */
  toPlainText(): string {
    const text = this.#markup.replaceAll(/<[^>]*>/g, '');
    return text.replaceAll(ENTITY, decode);
  }

  /** @internal Whether a reader sees nothing of it. */
  get isBlank(): boolean {
    return this.toPlainText().trim() === '';
  }

  /** @internal How many pieces of it Telegram has to format. */
  get entityCount(): number {
    return this.#markup.match(/<[a-z]/gi)?.length ?? 0;
  }

  /** The markup, as it goes to Telegram. */
  toString(): string {
    return this.#markup;
  }
}

function decode(entity: string, name?: string, decimal?: string, hexadecimal?: string): string {
  if (name !== undefined) return UNESCAPES[name] ?? entity;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : entity;
}

/**
 * Writes Telegram HTML: the literal parts are markup, every value is escaped unless it is itself
 * `Html`. Telegram supports few tags (b, i, u, s, a, code, pre, blockquote, tg-spoiler) and breaks lines
 * at newlines.
 *
 * @publicApi
 *
 * @example
 * html`<b>${customer.name}</b>\n${text}`
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  const markup = literals.map((literal, i) => literal + markupOf(values[i])).join('');
  return new Html(markup);
}

/** Puts pieces of markup together. */
export function joinHtml(pieces: readonly Html[], separator = ''): Html {
  return new Html(pieces.map(String).join(separator));
}

function markupOf(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map((each) => markupOf(each)).join('');
  return escapeHtml(String(value));
}

/** A lone surrogate becomes U+FFFD: it has no form in UTF-8. */
function escapeHtml(text: string): string {
  return text.toWellFormed().replaceAll(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
}
