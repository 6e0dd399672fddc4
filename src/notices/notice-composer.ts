import type { MessageRef } from '../threads/message-ref.interface.js';
import { html, joinHtml, type Html } from './html.js';
import { PART_LENGTH, type NoticeRenderer } from './notice-renderer.js';
import type { OutboundJob } from '../outbound/outbound-job.interface.js';

/** Telegram refuses a text of more than 32,768 bytes before it even parses it (Client.cpp, sendMessage). */
const MESSAGE_BYTES = 32_000;

/**
 * Telegram drops the entities after the hundredth without a word (rubenlagus/TelegramBots#854), and with
 * them the quotes that tell a customer's text from the desk's. The hidden reference is one more.
 */
const MESSAGE_ENTITIES = 90;

const SEPARATOR = '\n\n';

/** One message to the admin chat. */
export interface Notice {
  readonly content: Html;
  /** The thread it belongs to; a reply to the message goes there. */
  readonly threadId: string | undefined;
  /** The agent's message it answers. */
  readonly inReplyTo: MessageRef | undefined;
  /** How many of the composed jobs are done when it is sent. */
  readonly jobs: number;
  /** How many parts of the job after those are sent by then. */
  readonly parts: number;
  /** Whether it shows several items. */
  readonly isJoint: boolean;
}

interface Block {
  readonly item: OutboundJob;
  readonly index: number;
  readonly text: string;
  readonly part: number;
  readonly parts: number;
}

/** Puts the items of one lane into as few messages as they fit in, without changing their order. */
export class NoticeComposer {
  readonly #renderer: NoticeRenderer;

  constructor(renderer: NoticeRenderer) {
    this.#renderer = renderer;
  }

  /** The next message to send, showing as much as fits of what has not been sent of a lane's items. */
  next(items: readonly OutboundJob[]): Notice {
    let open: { first: Block; last: Block; content: Html } | undefined;
    for (const block of this.#blocks(items)) {
      if (!open) {
        open = { first: block, last: block, content: marked(block, this.#render(block, false)) };
        continue;
      }
      if (open.first.item.alone && block.item !== open.first.item) break;
      const continued = customerOf(open.last.item) === customerOf(block.item);
      const joined = joinHtml([open.content, this.#render(block, continued)], SEPARATOR);
      if (!fits(joined)) break;
      open = { ...open, last: block, content: joined };
    }
    if (!open) throw new RangeError('There is nothing to compose a notice of');
    return noticeOf(open.first.item, open.last, open.content);
  }

  *#blocks(items: readonly OutboundJob[]): Generator<Block> {
    for (const [index, item] of items.entries()) {
      const texts = this.#renderer.textParts(item);
      for (const [i, text] of texts.entries()) {
        if (i >= item.sentParts) yield { item, index, text, part: i + 1, parts: texts.length };
      }
    }
  }

  #render({ item, text, part, parts }: Block, continued: boolean): Html {
    return this.#renderer.render(item, { text, part, parts, continued });
  }
}

/** Tells agents that they may see this twice. */
function marked({ item }: Block, content: Html): Html {
  return item.maybeSent
    ? html`<i>(sent again: the first time may have arrived)</i>\n${content}`
    : content;
}

function noticeOf(first: OutboundJob, last: Block, content: Html): Notice {
  const isWhole = last.part === last.parts;
  return {
    content,
    threadId: first.threadId,
    inReplyTo: 'about' in first ? first.about : undefined,
    jobs: last.index + (isWhole ? 1 : 0),
    parts: isWhole ? 0 : last.part,
    isJoint: last.item !== first,
  };
}

function fits(content: Html): boolean {
  return (
    content.toPlainText().length <= PART_LENGTH &&
    content.entityCount <= MESSAGE_ENTITIES &&
    Buffer.byteLength(content.toString()) <= MESSAGE_BYTES
  );
}

function customerOf(item: OutboundJob): string {
  return JSON.stringify('customer' in item ? item.customer : null) ?? '';
}
