import { Injectable } from '@nestjs/common';
import { html, Html } from '../../notices/html.js';
import { isContinued } from '../../notices/notice-composer.js';
import { joined } from '../../notices/notice-draft.js';
import { NoticeRenderer } from '../../notices/notice-renderer.js';
import type { ShownJob } from './shown-notice.interface.js';

/** Composes the text of a notice again from what it shows. */
@Injectable()
export class ShownNoticeComposer {
  constructor(private readonly renderer: NoticeRenderer) {}

  compose(jobs: readonly ShownJob[]): Html {
    let content = html``;
    for (const [index, { payload, above = [], parts, lines }] of jobs.entries()) {
      const continued = isContinued(jobs[index - 1]?.payload, payload);
      for (const line of above) content = joined(content, new Html(line));
      for (const [place, part] of parts.entries()) {
        content = joined(content, this.renderer.render(payload, part, continued || place > 0));
      }
      for (const line of lines) content = joined(content, new Html(line));
    }
    return content;
  }
}
