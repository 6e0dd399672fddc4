import type { Job } from '../queue/job.interface.js';
import type { PlacedMessage } from '../threads/placed-message.interface.js';
import type { NoticeJob } from '../outbound/jobs/outbound-job.interface.js';
import type { OutboundProgress } from '../outbound/jobs/outbound-progress.interface.js';
import type { Texts } from '../texts/texts.js';
import { html, joinHtml, type Html } from './html.js';
import { PART_LENGTH, RESERVED_LENGTH } from './notice-renderer.js';
import type { JobReach, Notice, NoticeFile, NoticePiece } from './notice.interface.js';

/** A caption holds 1,024 code points (tdlib/td, MessageContent.cpp:5241); counting UTF-16 units is safe. */
const CAPTION_LENGTH = 1_024 - RESERVED_LENGTH;

/** Telegram refuses a text of more than 32,768 bytes before it even parses it (Client.cpp, sendMessage). */
const MESSAGE_BYTES = 32_000;

/**
 * Telegram drops the entities after the hundredth without a word (rubenlagus/TelegramBots#854), and with
 * them the quotes that set a customer's text apart from the desk's. The hidden reference is one more.
 */
const MESSAGE_ENTITIES = 90;

const SEPARATOR = '\n\n';

/** A notice that is being composed. */
export class NoticeDraft {
  #content = html``;
  readonly #pieces: NoticePiece[] = [];
  #files: readonly NoticeFile[] = [];
  #jobs = 0;
  #reach: JobReach | undefined;
  #isJoint = false;

  /** @param texts Warn agents that they may see it twice. */
  constructor(
    private readonly first: Job<NoticeJob, OutboundProgress>,
    private readonly texts: Texts,
  ) {}

  /** Adds a text below what is there; false when there is no room for it. */
  add(piece: NoticePiece): boolean {
    const content = joined(this.#content, piece.text);
    if (!this.#content.isBlank && !fits(content, PART_LENGTH)) return false;
    this.#content = content;
    this.#pieces.push(piece);
    return true;
  }

  /** Whether its text, with these below it, fits in a caption. */
  fitsCaption(texts: readonly Html[] = []): boolean {
    return fits(texts.reduce(joined, this.#content), CAPTION_LENGTH);
  }

  /** Whether texts fit in a caption by themselves. */
  static isCaption(texts: readonly Html[]): boolean {
    return fits(texts.reduce(joined, html``), CAPTION_LENGTH);
  }

  /** Adds the files that go with it. */
  attach(files: readonly NoticeFile[]): void {
    this.#files = files;
  }

  /** Takes note that it shows something of the job at this place, and how much; by default all that is left of it. */
  show(index: number, reach?: JobReach): void {
    this.#jobs = reach ? index : index + 1;
    this.#reach = reach;
    this.#isJoint ||= index > 0;
  }

  get notice(): Notice {
    const { payload, progress } = this.first;
    return {
      content: progress?.maybeSent ? this.#withWarning() : this.#content,
      pieces: this.#pieces,
      files: this.#files,
      threadId: payload.threadId,
      inReplyTo: inReplyToOf(payload),
      jobs: this.#jobs,
      reach: this.#reach,
      isJoint: this.#isJoint,
    };
  }

  #withWarning(): Html {
    return html`<i>${this.texts.html('sentAgain')}</i>\n${this.#content}`;
  }
}

/** Puts a text below another. */
export function joined(above: Html, below: Html): Html {
  if (above.isBlank) return below;
  return below.isBlank ? above : joinHtml([above, below], SEPARATOR);
}

/** Whether Telegram shows all of a text of at most `length` characters. */
export function fits(content: Html, length: number): boolean {
  return (
    content.toPlainText().length <= length &&
    content.entityCount <= MESSAGE_ENTITIES &&
    Buffer.byteLength(content.toString()) <= MESSAGE_BYTES
  );
}

function inReplyToOf(job: NoticeJob): PlacedMessage | undefined {
  return 'inReplyTo' in job ? job.inReplyTo : undefined;
}
