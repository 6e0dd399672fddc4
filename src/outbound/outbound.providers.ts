import type { Provider } from '@nestjs/common';
import { NoticeComposer } from '../notices/notice-composer.js';
import { NoticeRenderer } from '../notices/notice-renderer.js';
import { RepliesLayout } from '../threads/layouts/replies.layout.js';
import { ThreadLayout } from '../threads/thread-layout.js';
import { PostedMessages } from '../threads/posted-messages.js';
import { UnboundTopics } from '../threads/unbound-topics.js';
import { OperationSender } from './operations/operation-sender.js';
import { SendTextBuilder } from './operations/send-text.builder.js';
import { NoticeProcessor } from './notice.processor.js';
import { OutboundProcessor } from './outbound.processor.js';
import { OutboundService } from './outbound.service.js';
import { SendFailureLog } from './send-failure-log.js';
import { ThreadService } from './thread.service.js';
import { TopicSyncProcessor } from './topics/topic-sync.processor.js';

/** The way of a desk's notices from the app to Telegram. */
export const outboundProviders: Provider[] = [
  NoticeComposer,
  NoticeRenderer,
  OperationSender,
  NoticeProcessor,
  OutboundProcessor,
  OutboundService,
  PostedMessages,
  SendFailureLog,
  SendTextBuilder,
  ThreadService,
  TopicSyncProcessor,
  UnboundTopics,
  { provide: ThreadLayout, useClass: RepliesLayout },
];
