import type { Customer } from '../outbound/customer.js';
import { html, type Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';

/** Which piece of a text a notice shows, when the text is too long for one message. */
export interface NoticePart {
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/** What the first notice of a thread shows. */
export interface NewThreadNotice extends NoticePart {
  readonly threadId: string;
  /** The customer's words, see {@link NoticeTemplates}. */
  readonly text: string;
  readonly subject?: string | undefined;
  readonly customer?: Customer | undefined;
  /** Where the app shows the thread. */
  readonly url?: string | undefined;
}

/** What the notice of a further message shows. */
export interface UserMessageNotice extends NoticePart {
  readonly threadId: string;
  /** The customer's words, see {@link NoticeTemplates}. */
  readonly text: string;
  readonly customer?: Customer | undefined;
  /** Whether it stands right below another message of the same customer, in the same notice. */
  readonly continued: boolean;
}

/** For an agent whose reply the app's handlers could not process. */
export interface ReplyFailedNotice {
  readonly threadId: string;
  /**
   * The message of the last error of the app's handler on one line, without secrets and shortened; neutral
   * words with `replies.exposeErrors: false`.
   */
  readonly reason: string;
}

/**
 * Why something that an agent wrote is no reply.
 *
 * - `plain`: it replies to nothing.
 * - `ambiguous`: in a private desk, it may be meant for more than one thread.
 * - `unknown`: in a private desk, no thread was notified lately.
 * - `command`: it is a command.
 * - `comment`: it comments on a channel's post.
 * - `channel`: it is in a channel, or comments on a post of one that is set as the desk.
 */
export type NotAReplyReason = 'plain' | 'ambiguous' | 'unknown' | 'command' | 'comment' | 'channel';

/** For an agent who wrote something that looks like an answer and reached no customer. */
export interface NotAReplyNotice {
  readonly reason: NotAReplyReason;
}

/**
 * How notices look. Each template returns {@link Html} made by the `html` tag, which escapes every
 * value. A template that throws is reported in the log, and the default is used in its place.
 *
 * A text that is too long for one message is cut, and its template called for each part.
 *
 * What customers wrote is handed over harmless: without control characters, overrides of direction and
 * heaps of empty lines, subjects and names on one line, and without mentions and commands, whose @ or /
 * is replaced by a look-alike. Show the text in a `blockquote`, as the defaults do: it is the one thing
 * that a text cannot imitate.
 *
 * Prettier takes whatever is tagged `html` for a web page and moves its line breaks: set
 * `embeddedLanguageFormatting: 'off'`, or import the tag under another name.
 *
 * @example
 * TelegramModule.forRoot({
 *   templates: { userMessage: ({ customer, text }) => html`<b>${customer?.name}</b>\n<blockquote>${text}</blockquote>` },
 * });
 *
 * @publicApi
 */
export interface NoticeTemplates {
  newThread(notice: NewThreadNotice): Html;
  userMessage(notice: UserMessageNotice): Html;
  replyFailed(notice: ReplyFailedNotice): Html;
  replyUnroutable(): Html;
  replyRefused(): Html;
  replyWaits(): Html;
  reactionsForbidden(): Html;
  /** An agent has changed a reply that the app has. */
  replyEdited(): Html;
  /** A reply is of a kind that this version does not know. */
  replyUnsupported(): Html;
  notAReply(notice: NotAReplyNotice): Html;
}

/** A quote of more lines, or of more characters, is folded until an agent taps it. */
const UNFOLDED_LINES = 20;
const UNFOLDED_LENGTH = 1_500;

/** The templates used where the app gives none. */
export const defaultTemplates: NoticeTemplates = {
  newThread: ({ subject, customer, url, text, part, parts }) => {
    const title = subject ? html`<b>${subject}</b>` : html`<b>New thread</b>`;
    if (part > 1) return html`${title}${counter(part, parts)}\n\n${quote(text)}`;
    const who = customer && describeCustomer(customer);
    const whoLine = who && html`\n👤 ${who}`;
    const linkLine = url && html`\n🔗 ${linkTo(url)}`;
    return html`🆕 ${title}${counter(part, parts)}${whoLine}${linkLine}\n\n${quote(text)}`;
  },

  userMessage: ({ customer, text, part, parts, continued }) => {
    if (continued) return quote(text);
    const name = customer?.name ?? customer?.email ?? customer?.id ?? 'Customer';
    return html`💬 <b>${name}</b>${counter(part, parts)}\n${quote(text)}`;
  },

  replyFailed: ({ reason }) =>
    html`⚠️ This reply did not reach the customer: ${reason}\nReply to this message to try again.`,

  replyUnroutable: () =>
    html`⚠️ Not delivered: that message is not linked to a conversation. Reply to a newer notice of the conversation.`,

  replyRefused: () => html`⚠️ Not delivered: only registered agents can answer customers here.`,

  replyWaits: () =>
    html`⏳ Not delivered yet: the app accepts no replies at the moment. Your reply is stored, and will be delivered as soon as it does.`,

  reactionsForbidden: () =>
    html`ℹ️ This chat allows no reaction that could mark replies as delivered. You will still be notified of each reply that fails. To see a 👍, allow that reaction in the group settings.`,

  replyEdited: () =>
    html`✏️ The customer still sees your first text: edits are not delivered. Send the correction as a new reply to the notice.`,

  replyUnsupported: () =>
    html`⚠️ Not delivered: messages of this kind are not supported. Reply to the notice with text.`,

  notAReply: ({ reason }) => NOT_A_REPLY[reason],
};

const NOT_A_REPLY: Readonly<Record<NotAReplyReason, Html>> = {
  plain: html`⚠️ Not delivered: this is not a reply. To answer a customer, reply to a notice of their conversation.`,
  ambiguous: html`⚠️ Not delivered: this may belong to more than one conversation. Reply to the notice you mean.`,
  unknown: html`⚠️ Not delivered: there is no recent notice. Reply to a notice of the conversation you mean.`,
  command: html`ℹ️ Commands have no effect here and are not delivered. To answer a customer, reply to a notice of their conversation.`,
  comment: html`⚠️ Not delivered: this is a comment on a channel post. To answer a customer, reply to a notice of their conversation.`,
  channel: html`⚠️ Not delivered: a channel cannot be the support chat, because Telegram does not show who writes there. Use a group, and reply to the notices there.`,
};

/** No text can draw the bar that Telegram draws beside a quote, so none passes for a header. */
function quote(text: string): Html {
  const isTall = text.length > UNFOLDED_LENGTH || text.split('\n').length > UNFOLDED_LINES;
  return isTall
    ? html`<blockquote expandable>${text}</blockquote>`
    : html`<blockquote>${text}</blockquote>`;
}

/** Telegram makes no link to a host without a dot, and in code it finds no mention. */
function linkTo(url: string): Html {
  const isLinked = /^https?:\/\/(?:\[|[^/?#]*\.)/i.test(url);
  return isLinked ? html`<a href="${url}">Open the thread</a>` : html`<code>${url}</code>`;
}

function counter(part: number, parts: number): Html | undefined {
  return parts > 1 ? html` (${part}/${parts})` : undefined;
}

function describeCustomer({ name, email, id }: Customer): string {
  return [name, email, id && numbered(id)].filter(Boolean).join(' · ');
}

/** Before a link, a # would make a tag of its beginning. */
function numbered(id: string): string {
  const tag = `#${id}`;
  return neutralizeMentions(tag) === tag ? tag : id;
}
