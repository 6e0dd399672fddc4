import type { MissingFile, TooBigFile } from '../files/prepared-attachment.interface.js';
import type { CustomerActionToldJob } from '../outbound/jobs/customer-action-job.interface.js';
import type {
  AgentNoticeCode,
  AgentNotifiedJob,
} from '../outbound/jobs/agent-notified-job.interface.js';
import type {
  DeskNoticeCode,
  DeskNotifiedJob,
} from '../outbound/jobs/desk-notified-job.interface.js';
import type { NoticeJob } from '../outbound/jobs/outbound-job.interface.js';
import type { Texts } from '../texts/texts.js';
import { cardNoticeOf } from './card-notice.js';
import { Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import { label, labelsOf, shortened } from './notice-labels.js';
import {
  isNoHistoryReason,
  isNotAReplyReason,
  isNotDeletedReason,
  type NoticePart,
  type NoticeTemplates,
} from './notice-templates.js';
import { sanitizeLabel } from './sanitize-text.js';
import { starsOf } from './stars.js';

const AGENT_TEMPLATES = {
  reply_failed: 'replyFailed',
  reply_waiting: 'replyWaits',
  reply_edited: 'replyEdited',
  edit_failed: 'editFailed',
  reply_deleted: 'replyDeleted',
  not_deleted: 'notDeleted',
  deletion_failed: 'deletionFailed',
  unroutable: 'replyUnroutable',
  unsupported: 'replyUnsupported',
  not_allowed: 'replyRefused',
  not_a_reply: 'notAReply',
  reactions_forbidden: 'reactionsForbidden',
  history: 'noHistory',
  command_answered: 'commandAnswered',
  command_failed: 'commandFailed',
  // Made of texts, whatever the template.
  failure_changed: 'replyFailed',
} as const satisfies Record<AgentNoticeCode, keyof NoticeTemplates>;

const ACTION_TEMPLATES = {
  edited: 'messageEdited',
  deleted: 'messageDeleted',
  reacted: 'customerReacted',
  rated: 'rated',
} as const satisfies Record<CustomerActionToldJob['action'], keyof NoticeTemplates>;

const DESK_TEMPLATES = {
  topics_unavailable: 'topicsUnavailable',
  thread_closed: 'threadClosed',
  thread_reopened: 'threadReopened',
  thread_moved: 'threadMoved',
  thread_arrived: 'threadArrived',
  told: 'told',
} as const satisfies Record<DeskNoticeCode, keyof NoticeTemplates>;

/** The name of the template that shows a job. */
export function templateOf(job: NoticeJob): keyof NoticeTemplates {
  switch (job.type) {
    case 'thread.opened':
      return 'newThread';
    case 'message.added':
      return 'userMessage';
    case 'agent.notified':
      return AGENT_TEMPLATES[job.code];
    case 'action.told':
      return ACTION_TEMPLATES[job.action];
    case 'desk.notified':
      return DESK_TEMPLATES[job.code];
  }
}

/**
 * Shows one part of a job by its template.
 *
 * @param continued Whether it stands right below another message of the same customer.
 */
export function applyTemplate(
  templates: NoticeTemplates,
  texts: Texts,
  job: NoticeJob,
  part: NoticePart,
  continued: boolean,
): Html {
  switch (job.type) {
    case 'thread.opened': {
      const { threadId, url } = job;
      const { state } = job.body;
      const [subject, customer] = [label(job.subject), labelsOf(job.customer)];
      const card = cardNoticeOf(job.card, texts);
      return templates.newThread({ ...card, threadId, url, subject, customer, ...part, state });
    }
    case 'message.added': {
      const { threadId } = job;
      return templates.userMessage({
        threadId,
        customer: labelsOf(job.customer),
        continued,
        ...part,
        state: job.body.state,
      });
    }
    case 'action.told': {
      const { threadId, action } = job;
      const { state } = job.body;
      const customer = labelsOf(job.customer);
      if (action === 'edited')
        return templates.messageEdited({ threadId, customer, ...part, state });
      if (action === 'deleted') return templates.messageDeleted({ threadId, customer });
      if (action === 'rated') {
        const { rating = 1 } = job;
        return templates.rated({ threadId, customer, rating, stars: starsOf(rating), ...part });
      }
      return templates.customerReacted({ threadId, customer, emoji: label(job.emoji) ?? '?' });
    }
    case 'agent.notified':
      return applyAgentTemplate(templates, texts, job);
    case 'desk.notified':
      return applyDeskTemplate(templates, texts, job);
  }
}

/** Says by the template that a file is missing in a notice. */
export function applyFileTemplate(
  templates: NoticeTemplates,
  texts: Texts,
  file: MissingFile | TooBigFile,
): Html {
  const name = label(file.name) ?? texts.plain('fileWithoutName');
  if (file.kind === 'missing') {
    const reason = shortened(neutralizeMentions(sanitizeLabel(file.reason)));
    return templates.fileNotSent({ name, cause: file.kind, reason });
  }
  const { kind: cause, size, link } = file;
  return templates.fileNotSent({ name, cause, reason: '', size, link });
}

function applyAgentTemplate(templates: NoticeTemplates, texts: Texts, job: AgentNotifiedJob): Html {
  const { code, threadId = '', reason = '', command = '', answer = '' } = job;
  switch (code) {
    case 'reply_failed':
    case 'edit_failed':
    case 'deletion_failed':
      // The desk's own words may hold the name of a decorator; all others are harmless already.
      return templates[AGENT_TEMPLATES[code]]({
        threadId,
        reason: shortened(sanitizeLabel(reason)) || texts.plain('noReason'),
      });
    case 'command_failed':
      return templates.commandFailed({
        threadId,
        command,
        reason: shortened(sanitizeLabel(reason)) || texts.plain('noReason'),
      });
    case 'failure_changed':
      return new Html(answer);
    case 'command_answered':
      return templates.commandAnswered({ threadId, command, answer: new Html(answer) });
    case 'not_a_reply':
      return templates.notAReply({ reason: isNotAReplyReason(reason) ? reason : 'plain' });
    case 'history':
      return templates.noHistory({ reason: isNoHistoryReason(reason) ? reason : 'failed' });
    case 'not_deleted':
      return templates.notDeleted({ reason: isNotDeletedReason(reason) ? reason : 'no_reply' });
    default:
      return templates[AGENT_TEMPLATES[code]]();
  }
}

function applyDeskTemplate(templates: NoticeTemplates, texts: Texts, job: DeskNotifiedJob): Html {
  const { code, reason = 'no_topics', threadId = '', desk = '', thread } = job;
  switch (code) {
    case 'topics_unavailable':
      return templates.topicsUnavailable({ reason });
    case 'told':
      return templates.told({ threadId, text: new Html(job.answer ?? '') });
    case 'thread_moved':
      return templates.threadMoved({ threadId, desk });
    case 'thread_arrived': {
      const [subject, customer] = [label(thread?.subject), label(thread?.customer)];
      const card = cardNoticeOf(job.card, texts);
      return templates.threadArrived({
        ...card,
        threadId,
        desk,
        subject,
        customer,
        url: thread?.url,
      });
    }
    default:
      return templates[DESK_TEMPLATES[code]]();
  }
}
