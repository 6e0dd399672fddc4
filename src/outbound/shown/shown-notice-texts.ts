import { Injectable } from '@nestjs/common';
import { fits } from '../../notices/notice-draft.js';
import { MESSAGE_LENGTH } from '../../notices/notice-renderer.js';
import { NoticeTextBuilder, type NoticeTexts } from '../operations/notice-text.builder.js';
import { ShownNoticeComposer } from './shown-notice-composer.js';
import type { ShownNotice } from './shown-notice.interface.js';

/** What a caption holds (tdlib/td, MessageContent.cpp:5241). */
const CAPTION_LENGTH = 1_024;

/** The hidden reference. */
const REFERENCE_LENGTH = 1;

/** Makes the texts of notices that are changed. */
@Injectable()
export class ShownNoticeTexts {
  constructor(
    private readonly composer: ShownNoticeComposer,
    private readonly texts: NoticeTextBuilder,
  ) {}

  /** Undefined when they do not fit in the message. */
  of({ jobs, threadId, title, isCaption }: ShownNotice): NoticeTexts | undefined {
    const content = this.composer.compose(jobs);
    const texts = this.texts.build({ content, threadId }, title);
    const length = isCaption ? CAPTION_LENGTH : MESSAGE_LENGTH;
    const frame = texts.plain.text.length - content.toPlainText().length;
    return fits(content, length - Math.max(frame, REFERENCE_LENGTH)) ? texts : undefined;
  }
}
