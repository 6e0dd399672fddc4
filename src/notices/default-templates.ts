import type { Customer } from '../outbound/customer.js';
import type { TextKey } from '../texts/agent-texts.interface.js';
import type { Texts } from '../texts/texts.js';
import { html, joinHtml, type Html } from './html.js';
import { linkTo } from './link-to.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import type {
  MessageState,
  NoHistoryReason,
  NotAReplyReason,
  NotDeletedReason,
  NoticeTemplates,
} from './notice-templates.js';
import { localTime, utcTime } from './shown-time.js';

/** A quote of more lines, or of more characters, is folded until an agent taps it. */
const UNFOLDED_LINES = 20;
const UNFOLDED_LENGTH = 1_500;

/** The templates used where the app gives none, with the texts of the desk. */
export function defaultTemplates(texts: Texts): NoticeTemplates {
  const marked = (before: string, state: MessageState | undefined) => mark(texts, before, state);
  const nameOf = ({ name, email, id }: Customer = {}) =>
    name ?? email ?? id ?? texts.plain('customer');
  const openThread = (url: string) => linkTo(url, texts.plain('openThread'));
  return {
    newThread: ({ subject, customer, url, card, text, part, parts, state }) => {
      const title = html`<b>${subject ? subject : texts.html('newThread')}</b>`;
      const head = html`${title}${counter(part, parts)}${marked(' ', state)}`;
      if (part > 1) return html`${head}${quoteBelow(text, '\n\n', state)}`;
      const who = customer && describeCustomer(customer);
      const whoLine = who && html`\n👤 ${who}`;
      const linkLine = url && html`\n🔗 ${openThread(url)}`;
      const cardLines = card.isBlank ? undefined : html`\n${card}`;
      const above = html`🆕 ${head}${whoLine}${linkLine}${cardLines}`;
      return html`${above}${quoteBelow(text, '\n\n', state)}`;
    },

    userMessage: ({ customer, text, part, parts, continued, state }) => {
      if (continued) {
        const line = marked('', state);
        return html`${line}${quoteBelow(text, line ? '\n' : '', state)}`;
      }
      const head = html`💬 <b>${nameOf(customer)}</b>${counter(part, parts)}${marked(' ', state)}`;
      return html`${head}${quoteBelow(text, '\n', state)}`;
    },

    messageEdited: ({ customer, text, part, parts, state }) => {
      const counted = { customer: nameOf(customer), counter: counter(part, parts) };
      const head = texts.html('customerEdited', counted);
      return html`${head}${marked(' ', state)}${quoteBelow(text, '\n', state)}`;
    },

    messageDeleted: ({ customer }) => texts.html('customerDeleted', { customer: nameOf(customer) }),

    customerReacted: ({ customer, emoji }) =>
      texts.html('customerReacted', { customer: nameOf(customer), emoji }),

    rated: ({ customer, stars, text, part, parts }) => {
      const head = texts.html('customerRated', { customer: nameOf(customer), stars });
      return html`${head}${counter(part, parts)}${quoteBelow(text, '\n')}`;
    },

    fileNotSent: ({ name, cause, reason: given, size: bytes, link }) => {
      const size = sizeInWords(bytes);
      const reason = cause === 'missing' ? given : texts.html('fileTooBig');
      const head =
        reason === ''
          ? texts.html('fileNotSent', { name, size })
          : texts.html('fileNotSentBecause', { name, size, reason });
      const place =
        link === undefined ? undefined : html`\n🔗 ${linkTo(link, texts.plain('openFile'))}`;
      return html`${head}${place}`;
    },

    replyFailed: ({ reason }) => texts.html('replyFailed', { reason }),

    replyUnroutable: () => texts.html('replyUnroutable'),

    replyRefused: () => texts.html('replyRefused'),

    replyWaits: () => texts.html('replyWaits'),

    reactionsForbidden: () => texts.html('reactionsForbidden'),

    replyEdited: () => texts.html('replyEdited'),

    editFailed: ({ reason }) => texts.html('editFailed', { reason }),

    replyDeleted: () => texts.html('replyDeleted'),

    notDeleted: ({ reason }) => texts.html(NOT_DELETED[reason]),

    deletionFailed: ({ reason }) => texts.html('deletionFailed', { reason }),

    threadHistory: ({ messages, omitted }) => {
      const head =
        omitted > 0
          ? texts.html('earlierMessagesLeftOut', { count: omitted })
          : texts.html('earlierMessages');
      // Each takes an entity of its own, of which a message has few.
      const timeOf = messages.length > MOST_LOCAL_TIMES ? utcTime : localTime;
      const shown = messages.map(({ author, name, text, sentAt }) => {
        const who = html`${AUTHOR_ICONS[author]} <b>${name ?? texts.html(author)}</b>`;
        return html`${who} · ${timeOf(sentAt)}${text && `\n${text}`}`;
      });
      return html`${head}\n<blockquote expandable>${joinHtml(shown, '\n\n')}</blockquote>`;
    },

    commandAnswered: ({ answer }) => answer,

    commandFailed: ({ command, reason }) => texts.html('commandFailed', { command, reason }),

    noHistory: ({ reason }) => texts.html(NO_HISTORY[reason]),

    replyUnsupported: () => texts.html('replyUnsupported'),

    notAReply: ({ reason }) => texts.html(NOT_A_REPLY[reason]),

    topicsUnavailable: ({ reason }) =>
      texts.html(reason === 'no_right' ? 'topicsForbidden' : 'topicsUnavailable'),

    threadClosed: () => texts.html('threadClosed'),

    threadReopened: () => texts.html('threadReopened'),

    told: ({ text }) => text,

    threadMoved: ({ desk }) => texts.html('threadMoved', { desk }),

    threadArrived: ({ desk, subject, customer, url, card }) =>
      joinHtml(
        [
          texts.html('threadArrived', { desk }),
          ...(customer ? [html`👤 ${customer}`] : []),
          ...(subject ? [html`📝 ${subject}`] : []),
          ...(url ? [html`🔗 ${openThread(url)}`] : []),
          ...(card.isBlank ? [] : [card]),
        ],
        '\n',
      ),
  };
}

/** Beyond, Telegram would drop some of the entities of a message. */
const MOST_LOCAL_TIMES = 40;

const AUTHOR_ICONS = { customer: '👤', agent: '🎧', system: '⚙️' } as const;

const MARKS = { edited: 'edited', deleted: 'deletedByCustomer' } as const satisfies Record<
  MessageState,
  TextKey
>;

const NOT_A_REPLY = {
  plain: 'notAReplyPlain',
  ambiguous: 'notAReplyAmbiguous',
  unknown: 'notAReplyUnknown',
  command: 'notAReplyCommand',
  comment: 'notAReplyComment',
  channel: 'notAReplyChannel',
  no_thread: 'notAReplyNoThread',
  two_threads: 'notAReplyTwoThreads',
  edited_to_note: 'notAReplyEditedToNote',
  edited_deleted: 'notAReplyEditedDeleted',
  edited_note: 'notAReplyEditedNote',
  stays_in_telegram: 'notAReplyStaysInTelegram',
  late_note: 'notAReplyLateNote',
} as const satisfies Record<NotAReplyReason, TextKey>;

const NOT_DELETED = {
  no_target: 'notDeletedNoTarget',
  notice: 'notDeletedNotice',
  not_own: 'notDeletedNotOwn',
  no_reply: 'notDeletedNoReply',
  no_handler: 'notDeletedNoHandler',
  deleted_before: 'notDeletedBefore',
  edited: 'notDeletedByEdit',
} as const satisfies Record<NotDeletedReason, TextKey>;

const NO_HISTORY = {
  no_thread: 'historyNoThread',
  no_method: 'historyNoMethod',
  no_messages: 'historyNoMessages',
  failed: 'historyFailed',
} as const satisfies Record<NoHistoryReason, TextKey>;

/** Files alone have no words to quote. */
function quoteBelow(text: string, lineBreaks: string, state?: MessageState): Html {
  if (text === '') return html``;
  const words = state === 'deleted' ? html`<s>${text}</s>` : html`${text}`;
  return html`${lineBreaks}${quote(text, words)}`;
}

/** What the customer has done with a message. */
export function mark(
  texts: Texts,
  before: string,
  state: MessageState | undefined,
): Html | undefined {
  return state && html`${before}<i>(${texts.html(MARKS[state])})</i>`;
}

function sizeInWords(bytes: number | undefined): string {
  return bytes === undefined ? '' : ` (${(bytes / 1e6).toFixed(1)} MB)`;
}

/** No text can draw the bar that Telegram draws beside a quote, so none passes for a header. */
function quote(text: string, words: Html): Html {
  const isTall = text.length > UNFOLDED_LENGTH || text.split('\n').length > UNFOLDED_LINES;
  return isTall
    ? html`<blockquote expandable>${words}</blockquote>`
    : html`<blockquote>${words}</blockquote>`;
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
