import type { ErrorDescriber } from '../errors/index.js';
import { SafeLogger } from '../common/safe-logger.js';
import type { Customer } from '../outbound/customer.js';
import { sanitizeLabel } from './sanitize-text.js';
import { Html } from './html.js';
import { defaultTemplates, type NoticeTemplates } from './notice-templates.js';
import type { OutboundJob } from '../outbound/outbound-job.interface.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import { splitText } from './split-text.js';

/** A message holds 4096 code points (tdlib/td, MessageContent.cpp:4757); counting UTF-16 units is safe. */
export const MESSAGE_LENGTH = 4_096;

/** What {@link NoticeRenderer} leaves free of a message, for the hidden reference and a mark of repetition. */
const RESERVED_LENGTH = 96;

/** The most that one rendered part may take of a message. */
export const PART_LENGTH = MESSAGE_LENGTH - RESERVED_LENGTH;

/** A template that leaves less than this for the text would cut it to shreds. */
const LEAST_TEXT_LENGTH = 1_024;

/** Longer subjects and names are shown with an ellipsis. */
const LABEL_LENGTH = 256;

/** Turns items of the outbox into markup, by the app's templates or the default ones. */
export class NoticeRenderer {
  readonly #logger: SafeLogger;
  readonly #custom: Partial<NoticeTemplates>;
  /** Templates whose failure has been logged. */
  readonly #reported = new Set<string>();

  constructor(custom: Partial<NoticeTemplates>, errors?: ErrorDescriber) {
    this.#logger = new SafeLogger(NoticeRenderer.name, errors);
    this.#custom = custom;
  }

  /** The texts that the item's messages show, one for each part. */
  textParts(item: OutboundJob): string[] {
    if (!('text' in item)) return [''];
    const widest = Math.max(this.#frameLength(item, 1), this.#frameLength(item, 2));
    return splitText(item.text, PART_LENGTH - widest);
  }

  /** One part of an item, as it looks in a message. */
  render(item: OutboundJob, view: PartView): Html {
    // Not before the text is cut: a cut may lay bare what stood inside a word.
    const harmless = { ...view, text: neutralizeMentions(view.text) };
    return this.#renderOwn(item, harmless) ?? call(defaultTemplates, item, harmless);
  }

  /** How much of a message the template takes for itself, also if the default must stand in for it. */
  #frameLength(item: OutboundJob, part: number): number {
    const view = { text: '', part, parts: 9_999, continued: false };
    const frames = [this.render(item, view), call(defaultTemplates, item, view)];
    return Math.max(...frames.map((frame) => frame.toPlainText().length));
  }

  #renderOwn(item: OutboundJob, view: PartView): Html | null {
    if (!this.#custom[item.kind]) return null;
    try {
      const rendered = call({ ...defaultTemplates, ...this.#custom }, item, view);
      const problem = problemOf(rendered, view.text.length);
      if (!problem) return rendered;
      this.#report(item.kind, problem);
    } catch (error) {
      this.#report(item.kind, this.#logger.describe(error));
    }
    return null;
  }

  #report(template: string, problem: string): void {
    if (this.#reported.has(template)) return;
    this.#reported.add(template);
    this.#logger.error(
      `The template "${template}" cannot be used, the default takes its place: ${problem}`,
    );
  }
}

/** Which part of an item is shown, and where. */
export interface PartView {
  readonly text: string;
  readonly part: number;
  readonly parts: number;
  readonly continued: boolean;
}

function call(templates: NoticeTemplates, item: OutboundJob, view: PartView): Html {
  switch (item.kind) {
    case 'newThread': {
      const { threadId, url } = item;
      const subject = label(item.subject);
      return templates.newThread({
        threadId,
        url,
        subject,
        customer: labelOf(item.customer),
        ...view,
      });
    }
    case 'userMessage':
      return templates.userMessage({
        threadId: item.threadId,
        customer: labelOf(item.customer),
        ...view,
      });
    case 'replyFailed':
      return templates.replyFailed({
        threadId: item.threadId ?? '',
        // The desk's own words may hold the name of a decorator; all others are harmless already.
        reason: shortened(sanitizeLabel(item.reason ?? '')) || 'no reason was given',
      });
    case 'replyUnroutable':
    case 'replyRefused':
    case 'replyEdited':
    case 'replyUnsupported':
    case 'replyWaits':
    case 'reactionsForbidden':
      return templates[item.kind]();
    case 'notAReply':
      return templates.notAReply({ reason: item.notAReplyReason ?? 'plain' });
  }
}

function problemOf(rendered: unknown, textLength: number): string | null {
  if (!(rendered instanceof Html)) return 'it returned something that the html tag did not make';
  const frameLength = rendered.toPlainText().length - textLength;
  if (frameLength <= PART_LENGTH - LEAST_TEXT_LENGTH) return null;
  return `it adds ${frameLength} characters and leaves too few for the text`;
}

function labelOf(customer: Customer | undefined): Customer | undefined {
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
