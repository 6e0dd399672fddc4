import type { MissingFile, TooBigFile } from '../files/prepared-attachment.interface.js';
import type { CustomerActionToldJob } from '../outbound/customer-action-job.interface.js';
import type { Customer } from '../outbound/customer.js';
import type {
  AgentNoticeCode,
  AgentNotifiedJob,
  DeskNoticeCode,
  DeskNotifiedJob,
  NoticeJob,
} from '../outbound/outbound-job.interface.js';
import type { Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import {
  isNotAReplyReason,
  isNotDeletedReason,
  type NoticePart,
  type NoticeTemplates,
} from './notice-templates.js';
import { sanitizeLabel } from './sanitize-text.js';

/** Longer subjects and names are shown with an ellipsis. */
const LABEL_LENGTH = 256;

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
} as const satisfies Record<AgentNoticeCode, keyof NoticeTemplates>;

const ACTION_TEMPLATES = {
  edited: 'messageEdited',
  deleted: 'messageDeleted',
  reacted: 'customerReacted',
} as const satisfies Record<CustomerActionToldJob['action'], keyof NoticeTemplates>;

const DESK_TEMPLATES = {
  topics_unavailable: 'topicsUnavailable',
  thread_closed: 'threadClosed',
  thread_reopened: 'threadReopened',
  thread_moved: 'threadMoved',
  thread_arrived: 'threadArrived',
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
  job: NoticeJob,
  part: NoticePart,
  continued: boolean,
): Html {
  switch (job.type) {
    case 'thread.opened': {
      const { threadId, url } = job;
      const { state } = job.body;
      const [subject, customer] = [label(job.subject), labelsOf(job.customer)];
      return templates.newThread({ threadId, url, subject, customer, ...part, state });
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
      return templates.customerReacted({ threadId, customer, emoji: label(job.emoji) ?? '?' });
    }
    case 'agent.notified':
      return applyAgentTemplate(templates, job);
    case 'desk.notified':
      return applyDeskTemplate(templates, job);
  }
}

/** Says by the template that a file is missing in a notice. */
export function applyFileTemplate(
  templates: NoticeTemplates,
  file: MissingFile | TooBigFile,
): Html {
  const name = label(file.name) ?? 'file';
  if (file.kind === 'missing') {
    const reason = shortened(neutralizeMentions(sanitizeLabel(file.reason)));
    return templates.fileNotSent({ name, cause: file.kind, reason });
  }
  const { kind: cause, size, link } = file;
  return templates.fileNotSent({ name, cause, reason: '', size, link });
}

function applyAgentTemplate(templates: NoticeTemplates, job: AgentNotifiedJob): Html {
  const { code, threadId = '', reason = '' } = job;
  switch (code) {
    case 'reply_failed':
    case 'edit_failed':
    case 'deletion_failed':
      // The desk's own words may hold the name of a decorator; all others are harmless already.
      return templates[AGENT_TEMPLATES[code]]({
        threadId,
        reason: shortened(sanitizeLabel(reason)) || 'no reason was given',
      });
    case 'not_a_reply':
      return templates.notAReply({ reason: isNotAReplyReason(reason) ? reason : 'plain' });
    case 'not_deleted':
      return templates.notDeleted({ reason: isNotDeletedReason(reason) ? reason : 'no_reply' });
    default:
      return templates[AGENT_TEMPLATES[code]]();
  }
}

function applyDeskTemplate(templates: NoticeTemplates, job: DeskNotifiedJob): Html {
  const { code, reason = 'no_topics', threadId = '', desk = '', thread } = job;
  switch (code) {
    case 'topics_unavailable':
      return templates.topicsUnavailable({ reason });
    case 'thread_moved':
      return templates.threadMoved({ threadId, desk });
    case 'thread_arrived': {
      const [subject, customer] = [label(thread?.subject), label(thread?.customer)];
      return templates.threadArrived({ threadId, desk, subject, customer, url: thread?.url });
    }
    default:
      return templates[DESK_TEMPLATES[code]]();
  }
}

function labelsOf(customer: Customer | undefined): Customer | undefined {
  if (!customer) return undefined;
  const { id, name, email } = customer;
  return { id: label(id), name: label(name), email: label(email) };
}

/** What fits on a line of the header; undefined where nothing is left to show. */
function label(given: string | undefined): string | undefined {
  const cleaned = sanitizeLabel(given ?? '');
  if (cleaned.length <= LABEL_LENGTH) return neutralizeMentions(cleaned) || undefined;
  return `${neutralizeMentions(cleaned.slice(0, LABEL_LENGTH - 1).toWellFormed(), cleaned)}…`;
}

function shortened(text: string): string {
  if (text.length <= LABEL_LENGTH) return text;
  return `${text.slice(0, LABEL_LENGTH - 1).toWellFormed()}…`;
}
