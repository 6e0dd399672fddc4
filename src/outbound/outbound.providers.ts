import type { Provider } from '@nestjs/common';
import { AlbumPlanner } from '../notices/album-planner.js';
import { NoticeComposer } from '../notices/notice-composer.js';
import { NoticeRenderer } from '../notices/notice-renderer.js';
import { DeskLayout } from '../threads/layouts/desk.layout.js';
import { RepliesLayout } from '../threads/layouts/replies.layout.js';
import { ThreadLayout } from '../threads/thread-layout.js';
import { HandledReplies } from '../threads/handled-replies.js';
import { PostedMessages } from '../threads/posted-messages.js';
import { ThreadCards } from '../threads/thread-cards.js';
import { ThreadClaims } from '../threads/thread-claims.js';
import { PurgedThreads } from '../threads/purged-threads.js';
import { UnboundTopics } from '../threads/unbound-topics.js';
import { MaskedOriginals } from '../privacy/masked-originals.js';
import { AgentNotices } from './agent-notices.js';
import { OperationSender } from './operations/operation-sender.js';
import { CustomerSignalProcessor } from './customer-signal.processor.js';
import { EditNoticeBuilder } from './operations/edit-notice.builder.js';
import { NoticeOperationBuilder } from './operations/notice-operation.builder.js';
import { NoticeTextBuilder } from './operations/notice-text.builder.js';
import { SendAlbumBuilder } from './operations/send-album.builder.js';
import { SendFileBuilder } from './operations/send-file.builder.js';
import { SendTextBuilder } from './operations/send-text.builder.js';
import { CardComposer } from './cards/card-composer.js';
import { CardEditProcessor } from './cards/card-edit.processor.js';
import { CardSyncProcessor } from './cards/card-sync.processor.js';
import { CurrentCards } from './cards/current-cards.js';
import { NoticeCards } from './cards/notice-cards.js';
import { QueuedThreadCards } from './cards/queued-thread-cards.js';
import { CustomerActionProcessor } from './customer-action.processor.js';
import { DeskNotices } from './desk-notices.js';
import { JobMasker } from './job-masker.js';
import { FailureNoteBuilder } from './failures/failure-note.builder.js';
import { FailureNoteProcessor } from './failures/failure-note.processor.js';
import { FailureNoteRecorder } from './failures/failure-note.recorder.js';
import { FileFailures } from './file-failures.js';
import { HoldEndProcessor } from './holds/hold-end.processor.js';
import { HoldNoteRecorder } from './holds/hold-note.recorder.js';
import { HoldNotes } from './holds/hold-notes.js';
import { NoticeFailures } from './notice-failures.js';
import { NoticeFiles } from './notice-files.js';
import { NoticeHistories } from './notice-histories.js';
import { NoticeKeyboards } from './notice-keyboards.js';
import { NoticePlacer } from './notice-placer.js';
import { NoticeRecorder } from './notice-recorder.js';
import { NoticeProcessor } from './notice.processor.js';
import { OutboundProcessor } from './outbound.processor.js';
import { OutboundEnqueuer } from './outbound-enqueuer.js';
import { OutboundService } from './outbound.service.js';
import { NewerJobProcessor } from './newer-job.processor.js';
import { PrivateNoticeProcessor } from './private-notice.processor.js';
import { RatingProcessor } from './rating.processor.js';
import { ReplyReceipts } from './reply-receipts.js';
import { RequestedMoveProcessor } from './requested-move.processor.js';
import { MessageReviser } from './shown/message-reviser.js';
import { NoticeEditor } from './shown/notice-editor.js';
import { ShownNoticeComposer } from './shown/shown-notice-composer.js';
import { ShownNoticeRecorder } from './shown/shown-notice-recorder.js';
import { ShownNoticeTexts } from './shown/shown-notice-texts.js';
import { ShownNotices } from './shown/shown-notices.js';
import { SendFailureLog } from './send-failure-log.js';
import { ThreadChangeProcessor } from './thread-change.processor.js';
import { ThreadDeparture } from './thread-departure.js';
import { ThreadMover } from './thread-mover.js';
import { ThreadMoves } from './thread-moves.js';
import { ThreadPurger } from './thread-purger.js';
import { ThreadTransfer } from './thread-transfer.js';
import { ThreadSync } from './thread-sync.js';
import { ThreadService } from './thread.service.js';
import { TopicEditor } from './topics/topic-editor.js';
import { TopicIcons } from './topics/topic-icons.js';
import { TopicNamer } from './topics/topic-namer.js';
import { TopicObstacleNotifier } from './topics/topic-obstacle-notifier.js';
import { TopicOpener } from './topics/topic-opener.js';
import { TypingIndicator } from './typing-indicator.js';
import { TopicRecovery } from '../threads/layouts/topic-recovery.js';
import { TopicPlanner } from './topics/topic-planner.js';
import { TopicSyncProcessor } from './topics/topic-sync.processor.js';

/** The way of a desk's notices from the app to Telegram. */
export const outboundProviders: Provider[] = [
  AgentNotices,
  DeskNotices,
  ThreadSync,
  AlbumPlanner,
  CustomerActionProcessor,
  CustomerSignalProcessor,
  HandledReplies,
  EditNoticeBuilder,
  FailureNoteBuilder,
  FailureNoteProcessor,
  FailureNoteRecorder,
  FileFailures,
  HoldEndProcessor,
  HoldNoteRecorder,
  HoldNotes,
  JobMasker,
  MaskedOriginals,
  MessageReviser,
  NoticeComposer,
  NoticeRenderer,
  NoticeEditor,
  OperationSender,
  NoticeFailures,
  NoticeFiles,
  NoticeHistories,
  NoticeKeyboards,
  NoticeOperationBuilder,
  NoticeTextBuilder,
  NoticePlacer,
  NoticeProcessor,
  NoticeRecorder,
  OutboundEnqueuer,
  OutboundProcessor,
  OutboundService,
  PostedMessages,
  NewerJobProcessor,
  PrivateNoticeProcessor,
  PurgedThreads,
  RatingProcessor,
  RepliesLayout,
  ReplyReceipts,
  RequestedMoveProcessor,
  SendFailureLog,
  SendAlbumBuilder,
  SendFileBuilder,
  SendTextBuilder,
  ShownNoticeComposer,
  ShownNoticeRecorder,
  ShownNoticeTexts,
  ShownNotices,
  CardComposer,
  CardEditProcessor,
  CardSyncProcessor,
  CurrentCards,
  NoticeCards,
  ThreadChangeProcessor,
  ThreadClaims,
  ThreadDeparture,
  ThreadMover,
  ThreadMoves,
  ThreadPurger,
  ThreadService,
  ThreadTransfer,
  TopicEditor,
  TopicIcons,
  TopicNamer,
  TopicObstacleNotifier,
  TopicOpener,
  TopicPlanner,
  TopicRecovery,
  TopicSyncProcessor,
  TypingIndicator,
  UnboundTopics,
  { provide: ThreadCards, useClass: QueuedThreadCards },
  { provide: ThreadLayout, useClass: DeskLayout },
];
