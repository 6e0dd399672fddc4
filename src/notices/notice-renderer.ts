import { Injectable } from '@nestjs/common';
import { SafeLogger } from '../common/safe-logger.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import type { MissingFile, TooBigFile } from '../files/prepared-attachment.interface.js';
import type { HistoryMessage } from '../history/history-message.interface.js';
import type { CardView } from './card-view.interface.js';
import type { NoticeJob } from '../outbound/jobs/outbound-job.interface.js';
import { applyFileTemplate, applyTemplate, templateOf } from './apply-template.js';
import { defaultTemplates, mark } from './default-templates.js';
import { cardNoticeOf } from './card-notice.js';
import { fitHistory, type RenderHistory } from './fit-history.js';
import { applyHistoryTemplate, cleanHistory } from './history-notice.js';
import { html, Html } from './html.js';
import { neutralizeMentions } from './neutralize-mentions.js';
import type { MessageState, NoticePart, NoticeTemplates } from './notice-templates.js';
import { splitText } from './split-text.js';

/** A message holds 4096 code points (tdlib/td, MessageContent.cpp:4757); counting UTF-16 units is safe. */
export const MESSAGE_LENGTH = 4_096;

/** What stays free of a message, for the hidden reference, a title and a mark of repetition. */
export const RESERVED_LENGTH = 96;

/** The most that one rendered part may take of a message. */
export const PART_LENGTH = MESSAGE_LENGTH - RESERVED_LENGTH;

/** A template that leaves less than this for the text would cut it to shreds. */
const LEAST_TEXT_LENGTH = 1_024;

/** More digits than any number of parts has. */
const MANY_PARTS = 9_999;

/** Turns jobs into markup, by the app's templates or the default ones. */
@Injectable()
export class NoticeRenderer {
  readonly #logger: SafeLogger;
  /** Templates whose failure has been logged. */
  readonly #reported = new Set<string>();
  readonly #defaults: NoticeTemplates;

  constructor(
    private readonly settings: TelegramSettings,
    errors?: ErrorDescriber,
  ) {
    this.#logger = new SafeLogger(NoticeRenderer.name, errors);
    this.#defaults = defaultTemplates(settings.texts);
  }

  /** The parts of a job, each of which fits in a message; one of no text where the job has none. */
  parts(job: NoticeJob): NoticePart[] {
    if (!('body' in job)) return [{ text: '', part: 1, parts: 1 }];
    // How the thread stands gives way where the text leaves no room for it.
    const bare = 'card' in job ? { ...job, card: undefined } : job;
    const widest = Math.max(this.#frameLength(bare, 1), this.#frameLength(bare, 2));
    const texts = splitText(job.body.text, PART_LENGTH - widest);
    return texts.map((text, index) => ({ text, part: index + 1, parts: texts.length }));
  }

  /**
   * One part of a job, as it looks in a message.
   *
   * @param isContinued Whether it stands right below another message of the same customer.
   */
  render(job: NoticeJob, part: NoticePart, isContinued: boolean): Html {
    // Not before the text is cut: a cut may lay bare what stood inside a word.
    const harmless = { ...part, text: neutralizeMentions(part.text) };
    const length = part.text.length + answerLength(job) + this.#cardLength(job);
    return this.#render(templateOf(job), length, (templates) => {
      const rendered = applyTemplate(templates, this.settings.texts, job, harmless, isContinued);
      const unmarked = withoutState(job);
      // An own template may not know what customers do with their messages, and agents have to see it.
      const isMarked =
        !unmarked ||
        !(rendered instanceof Html) ||
        String(rendered) !==
          String(applyTemplate(templates, this.settings.texts, unmarked, harmless, isContinued));
      return isMarked
        ? rendered
        : html`${rendered}${mark(this.settings.texts, '\n', stateOf(job))}`;
    });
  }

  /** The line that says that a file is missing in a notice, and why. */
  renderUnsentFile(file: MissingFile | TooBigFile): Html {
    return this.#render('fileNotSent', 0, (templates) =>
      applyFileTemplate(templates, this.settings.texts, file),
    );
  }

  /**
   * Messages of before: as many of the newest as fit, which are one more piece of a message.
   *
   * @returns Undefined when there is no room for any.
   */
  renderHistory(
    threadId: string,
    messages: readonly HistoryMessage[],
    fits: (content: Html) => boolean,
  ): Html | undefined {
    const render: RenderHistory = (shown, omitted) => {
      const apply = (templates: NoticeTemplates): Html =>
        applyHistoryTemplate(templates, threadId, shown, omitted);
      return this.#render('threadHistory', apply(this.#defaults).toPlainText().length, apply);
    };
    return fitHistory(cleanHistory(messages), render, fits);
  }

  #cardLength(job: NoticeJob): number {
    const view = cardOf(job);
    return view ? cardNoticeOf(view, this.settings.texts).card.toPlainText().length : 0;
  }

  /** How much of a message the template takes for itself, also if the default must stand in for it. */
  #frameLength(job: NoticeJob, part: number): number {
    const shortest = { text: 'x', part, parts: MANY_PARTS };
    const frames = [
      this.render(job, shortest, false),
      applyTemplate(this.#defaults, this.settings.texts, job, shortest, false),
    ];
    const lengths = frames.map((frame) => frame.toPlainText().length);
    return Math.max(...lengths) - shortest.text.length;
  }

  #render(
    template: keyof NoticeTemplates,
    textLength: number,
    apply: (templates: NoticeTemplates) => Html,
  ): Html {
    return this.#renderCustom(template, textLength, apply) ?? apply(this.#defaults);
  }

  #renderCustom(
    template: keyof NoticeTemplates,
    textLength: number,
    apply: (templates: NoticeTemplates) => Html,
  ): Html | null {
    const { templates: custom } = this.settings;
    if (!custom[template]) return null;
    try {
      const rendered = apply({ ...this.#defaults, ...custom });
      const problem = problemOf(rendered, textLength);
      if (!problem) return rendered;
      this.#report(template, problem);
    } catch (error) {
      this.#report(template, this.#logger.describe(error));
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

function cardOf(job: NoticeJob): CardView | undefined {
  return 'card' in job ? job.card : undefined;
}

function stateOf(job: NoticeJob): MessageState | undefined {
  return 'body' in job ? job.body.state : undefined;
}

/** What stands in a notice for a text where it answers a command. */
function answerLength(job: NoticeJob): number {
  const answer = 'answer' in job ? job.answer : undefined;
  return answer === undefined ? 0 : new Html(answer).toPlainText().length;
}

/** The same as if the customer had left the message as it was; undefined when that is so. */
function withoutState(job: NoticeJob): NoticeJob | undefined {
  if (!('body' in job) || job.body.state === undefined) return undefined;
  return { ...job, body: { ...job.body, state: undefined } };
}

function problemOf(rendered: unknown, textLength: number): string | null {
  if (!(rendered instanceof Html)) return 'it returned something that the html tag did not make';
  const frameLength = rendered.toPlainText().length - textLength;
  if (frameLength <= PART_LENGTH - LEAST_TEXT_LENGTH) return null;
  return `it adds ${frameLength} characters and leaves too few for the text`;
}
