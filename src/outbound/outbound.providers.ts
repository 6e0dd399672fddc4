import type { Provider } from '@nestjs/common';
import { NoticeComposer } from '../notices/notice-composer.js';
import { NoticeRenderer } from '../notices/notice-renderer.js';
import { RepliesLayout } from '../threads/layouts/replies.layout.js';
import { ThreadLayout } from '../threads/thread-layout.js';
import { OperationSender } from './operations/operation-sender.js';
import { SendTextBuilder } from './operations/send-text.builder.js';
import { NoticeProcessor } from './notice.processor.js';
import { OutboundService } from './outbound.service.js';
import { SendFailureLog } from './send-failure-log.js';

/** The way of a desk's notices from the app to Telegram. */
export const outboundProviders: Provider[] = [
  NoticeComposer,
  NoticeRenderer,
  OperationSender,
  NoticeProcessor,
  OutboundService,
  SendFailureLog,
  SendTextBuilder,
  { provide: ThreadLayout, useClass: RepliesLayout },
];
