import { html, type Html } from './html.js';

/** A link. Telegram makes none to a host without a dot, so such a URL is shown to be copied: in code it finds no mention. */
export function linkTo(url: string, words: string | Html): Html {
  const isLinked = /^https?:\/\/(?:\[|[^/?#]*\.)/i.test(url);
  return isLinked ? html`<a href="${url}">${words}</a>` : html`<code>${url}</code>`;
}
