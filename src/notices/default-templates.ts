import type { Customer } from '../outbound/customer.js';
import type { TopicObstacle } from '../outbound/outbound-job.interface.js';
import { html, joinHtml, type Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import type {
  MessageState,
  NotAReplyReason,
  NotDeletedReason,
  NoticeTemplates,
} from './notice-templates.js';

/** A quote of more lines, or of more characters, is folded until an agent taps it. */
const UNFOLDED_LINES = 20;
const UNFOLDED_LENGTH = 1_500;

/** The templates used where the app gives none. */
export const defaultTemplates: NoticeTemplates = {
  newThread: ({ subject, customer, url, text, part, parts, state }) => {
    const title = subject ? html`<b>${subject}</b>` : html`<b>New thread</b>`;
    const head = html`${title}${counter(part, parts)}${mark(' ', state)}`;
    if (part > 1) return html`${head}${quoteBelow(text, '\n\n', state)}`;
    const who = customer && describeCustomer(customer);
    const whoLine = who && html`\n👤 ${who}`;
    const linkLine = url && html`\n🔗 ${linkTo(url)}`;
    return html`🆕 ${head}${whoLine}${linkLine}${quoteBelow(text, '\n\n', state)}`;
  },

  userMessage: ({ customer, text, part, parts, continued, state }) => {
    if (continued) {
      const line = mark('', state);
      return html`${line}${quoteBelow(text, line ? '\n' : '', state)}`;
    }
    const head = html`💬 <b>${nameOf(customer)}</b>${counter(part, parts)}${mark(' ', state)}`;
    return html`${head}${quoteBelow(text, '\n', state)}`;
  },

  messageEdited: ({ customer, text, part, parts, state }) => {
    const head = html`✏️ <b>${nameOf(customer)}</b> edited${counter(part, parts)}:`;
    return html`${head}${mark(' ', state)}${quoteBelow(text, '\n', state)}`;
  },

  messageDeleted: ({ customer }) => html`🗑 <b>${nameOf(customer)}</b> has deleted a message.`,

  customerReacted: ({ customer, emoji }) => html`<b>${nameOf(customer)}</b> reacted with ${emoji}`,

  fileNotSent: ({ name, cause, reason, size, link }) => {
    const why = cause === 'missing' ? reason : 'it is too large for Telegram';
    const place = link === undefined ? undefined : html`\n🔗 ${linkTo(link, 'Open the file')}`;
    return html`📎 <b>${name}</b>${sizeInWords(size)} was not sent${why && `: ${why}`}${place}`;
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

  editFailed: ({ reason }) =>
    html`⚠️ The customer still sees this reply as it was before you edited it: ${reason}\nEdit it once more to try again.`,

  replyDeleted: () => html`🗑 Deleted: the customer no longer sees this reply.`,

  notDeleted: ({ reason }) => NOT_DELETED[reason],

  deletionFailed: ({ reason }) =>
    html`⚠️ Not deleted, the customer still sees this reply: ${reason}\nReply to it with <code>/del</code> to try again.`,

  replyUnsupported: () =>
    html`⚠️ Not delivered: messages of this kind are not supported. Reply to the notice with text.`,

  notAReply: ({ reason }) => NOT_A_REPLY[reason],

  topicsUnavailable: ({ reason }) =>
    html`⚠️ New conversations appear as messages here instead of topics. ${TOPIC_REMEDIES[reason]}`,

  threadClosed: () => html`✅ This conversation was closed.`,

  threadReopened: () => html`🔄 This conversation was opened again.`,

  threadMoved: ({ desk }) =>
    html`↪️ This conversation was moved to the desk <b>${desk}</b>. Further messages appear there.`,

  threadArrived: ({ desk, subject, customer, url }) =>
    joinHtml(
      [
        html`🆕 Conversation from the desk <b>${desk}</b>`,
        ...(customer ? [html`👤 ${customer}`] : []),
        ...(subject ? [html`📝 ${subject}`] : []),
        ...(url ? [html`🔗 ${linkTo(url)}`] : []),
      ],
      '\n',
    ),
};

const MARKS: Readonly<Record<MessageState, string>> = {
  edited: 'edited',
  deleted: 'deleted by the customer',
};

const TOPIC_REMEDIES: Readonly<Record<TopicObstacle, string>> = {
  no_topics: 'To have a topic for each conversation, turn on topics in the settings of this chat.',
  no_right:
    'To have a topic for each conversation, let the bot manage topics: it needs that right as an administrator.',
};

const NOT_A_REPLY: Readonly<Record<NotAReplyReason, Html>> = {
  plain: html`⚠️ Not delivered: this is not a reply. To answer a customer, reply to a notice of their conversation.`,
  ambiguous: html`⚠️ Not delivered: this may belong to more than one conversation. Reply to the notice you mean.`,
  unknown: html`⚠️ Not delivered: there is no recent notice. Reply to a notice of the conversation you mean.`,
  command: html`ℹ️ Commands have no effect here, and nothing that begins with / is delivered. To answer a customer, reply to a notice of their conversation, or write in its topic.`,
  comment: html`⚠️ Not delivered: this is a comment on a channel post. To answer a customer, reply to a notice of their conversation.`,
  channel: html`⚠️ Not delivered: a channel cannot be the support chat, because Telegram does not show who writes there. Use a group, and reply to the notices there.`,
  no_thread: html`⚠️ Not delivered: this topic belongs to no conversation. To answer a customer, write in the topic of their conversation, or reply to a notice of it.`,
  two_threads: html`⚠️ Not delivered: this is the topic of one conversation, and the message you replied to is of another. Write in the topic of the one you mean.`,
  edited_to_note: html`⚠️ A reply that is edited becomes no note and no command: the customer gets it as it was before. To delete it, reply to it with <code>/del</code>.`,
  edited_deleted: html`⚠️ Not delivered: you have deleted this reply. Send the answer as a new message.`,
  edited_note: html`⚠️ Not delivered: a note or a command that is edited becomes no answer. Send the answer as a new message.`,
  stays_in_telegram: html`⚠️ Delivered as words only: what you sent exists in Telegram alone. Send it to the customer as a file or as text.`,
  late_note: html`⚠️ The customer has got the files of this album that came before your note. To keep an album internal, write // at the first file.`,
};

/** Files alone have no words to quote. */
function quoteBelow(text: string, lineBreaks: string, state?: MessageState): Html {
  if (text === '') return html``;
  const words = state === 'deleted' ? html`<s>${text}</s>` : html`${text}`;
  return html`${lineBreaks}${quote(text, words)}`;
}

/** What the customer has done with a message. */
export function mark(before: string, state: MessageState | undefined): Html | undefined {
  return state && html`${before}<i>(${MARKS[state]})</i>`;
}

function nameOf(customer: Customer | undefined): string {
  return customer?.name ?? customer?.email ?? customer?.id ?? 'Customer';
}

function sizeInWords(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` (${(bytes / 1e6).toFixed(1)} MB)`;
}

const NOT_DELETED: Readonly<Record<NotDeletedReason, Html>> = {
  no_target: html`⚠️ Nothing was deleted: reply with <code>/del</code> to the message of yours that the customer is not to see any more.`,
  notice: html`⚠️ Nothing was deleted: that is a message of the bot. Reply with <code>/del</code> to a reply of your own.`,
  not_own: html`⚠️ Nothing was deleted: you can delete only replies of your own.`,
  no_reply: html`⚠️ Nothing was deleted: that message is not known as a reply to a customer.`,
  no_handler: html`⚠️ Not deleted: the app does not delete replies, and the customer still sees this one.`,
  deleted_before: html`ℹ️ This reply was deleted before.`,
  edited: html`⚠️ Nothing was deleted: an edit deletes nothing. Reply with <code>/del</code>, as a new message, to the reply of yours that the customer is not to see any more.`,
};

/** No text can draw the bar that Telegram draws beside a quote, so none passes for a header. */
function quote(text: string, words: Html): Html {
  const isTall = text.length > UNFOLDED_LENGTH || text.split('\n').length > UNFOLDED_LINES;
  return isTall
    ? html`<blockquote expandable>${words}</blockquote>`
    : html`<blockquote>${words}</blockquote>`;
}

/** Telegram makes no link to a host without a dot, and in code it finds no mention. */
function linkTo(url: string, words = 'Open the thread'): Html {
  const isLinked = /^https?:\/\/(?:\[|[^/?#]*\.)/i.test(url);
  return isLinked ? html`<a href="${url}">${words}</a>` : html`<code>${url}</code>`;
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
