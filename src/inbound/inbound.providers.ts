import type { Provider } from '@nestjs/common';
import { agentsProviders } from '../agents/agents.providers.js';
import { EventHandlers } from '../events/event-handlers.js';
import { HandlerRegistry } from '../events/handler-registry.js';
import { CustomerReaction } from '../replies/customer-reaction.js';
import { AcknowledgementReaction } from '../replies/acknowledgement-reaction.js';
import { ReplyAcknowledger } from '../replies/reply-acknowledger.js';
import { EventDispatcher } from '../events/event-dispatcher.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { ThreadEventPublisher } from '../threads/thread-event-publisher.js';
import { AcknowledgementProcessor } from './acknowledgement.processor.js';
import { Acknowledgements } from './acknowledgements.js';
import { AgentNotifier } from './agent-notifier.js';
import { AlbumCollector } from './album-collector.js';
import { Albums } from './albums.js';
import { AnsweredDesks } from './answered-desks.js';
import { AnsweredThreads } from './answered-threads.js';
import { CommandIntake } from './command-intake.js';
import { EventDelivery } from './event-delivery.js';
import { EventIntake } from './event-intake.js';
import { DeliveryReports } from './delivery-reports.js';
import { FailureReports } from './failure-reports.js';
import { HandledReplyRecorder } from './handled-reply-recorder.js';
import { ButtonPressHandler } from './handlers/button-press.handler.js';
import { ChannelMessageHandler } from './handlers/channel-message.handler.js';
import { DeleteCommandHandler } from './handlers/delete-command.handler.js';
import { EditedReplyHandler } from './handlers/edited-reply.handler.js';
import { EphemeralMessageHandler } from './handlers/ephemeral-message.handler.js';
import { MembershipHandler } from './handlers/membership.handler.js';
import { MigrationHandler } from './handlers/migration.handler.js';
import { NoticeReplyHandler } from './handlers/notice-reply.handler.js';
import { ReactionHandler } from './handlers/reaction.handler.js';
import { TopicChangeHandler } from './handlers/topic-change.handler.js';
import { TopicMessageHandler } from './handlers/topic-message.handler.js';
import { UnaddressedMessageHandler } from './handlers/unaddressed-message.handler.js';
import { HeldReplies } from './held-replies.js';
import { HeldReplyPresses } from './held-reply-presses.js';
import { UPDATE_HANDLERS } from './inbound.constants.js';
import { InboundProcessor } from './inbound.processor.js';
import { InboundService } from './inbound.service.js';
import { NoteIntake } from './note-intake.js';
import { QueuedThreadEventPublisher } from './queued-thread-event-publisher.js';
import { ReactionIntake } from './reaction-intake.js';
import { ReplyAuthors } from './reply-authors.js';
import { ReplyDeletionIntake } from './reply-deletion-intake.js';
import { ReplyEditIntake } from './reply-edit-intake.js';
import { ReplyEventBuilder } from './reply-event.builder.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { ReplyIntake } from './reply-intake.js';
import { HANDLER_LIFE_MS, ReplySubscription } from './reply-subscription.js';
import { ReplyTargets } from './reply-targets.js';
import { ReplyVersions } from './reply-versions.js';
import { RevisionGate } from './revision-gate.js';
import { ServiceMessageCleaner } from './service-message-cleaner.js';
import { SnippetIntake } from './snippet-intake.js';
import { ThreadChangeIntake } from './thread-change-intake.js';
import { ThreadMessageIntake } from './thread-message-intake.js';
import { TopicThreads } from './topic-threads.js';
import { UnaddressedMessages } from './unaddressed-messages.js';
import type { UpdateHandler } from './update-handler.interface.js';
import { UpdateHandlers } from './update-handlers.js';

/** In the order in which they are asked. */
const HANDLERS = [
  MigrationHandler,
  EphemeralMessageHandler,
  TopicChangeHandler,
  ChannelMessageHandler,
  EditedReplyHandler,
  DeleteCommandHandler,
  TopicMessageHandler,
  NoticeReplyHandler,
  UnaddressedMessageHandler,
  ReactionHandler,
  ButtonPressHandler,
  MembershipHandler,
];

/** The way of agents' replies from Telegram to the app. */
export const inboundProviders: Provider[] = [
  AcknowledgementProcessor,
  AcknowledgementReaction,
  CustomerReaction,
  Acknowledgements,
  AgentNotifier,
  AlbumCollector,
  DeliveryReports,
  FailureReports,
  HandledReplyRecorder,
  HeldReplies,
  HeldReplyPresses,
  Albums,
  ...agentsProviders,
  AnsweredDesks,
  AnsweredThreads,
  CommandIntake,
  EventHandlers,
  InboundProcessor,
  InboundService,
  NoteIntake,
  ReplyAcknowledger,
  EventDispatcher,
  EventDelivery,
  EventIntake,
  ReactionIntake,
  ReplyAuthors,
  ReplyDeletionIntake,
  ReplyEditIntake,
  ReplyEventBuilder,
  ReplyFingerprints,
  ReplyIntake,
  ReplySubscription,
  ReplyTargets,
  ReplyVersions,
  RevisionGate,
  ServiceMessageCleaner,
  SnippetIntake,
  ThreadChangeIntake,
  ThreadMessageIntake,
  TopicThreads,
  UnaddressedMessages,
  UpdateHandlers,
  ...HANDLERS,
  {
    provide: UPDATE_HANDLERS,
    inject: HANDLERS,
    useFactory: (...handlers: UpdateHandler[]) => handlers,
  },
  { provide: ThreadEventPublisher, useClass: QueuedThreadEventPublisher },
  {
    provide: HandlerRegistry,
    inject: [DeskStorage],
    useFactory: (storage: DeskStorage) => storage.handlers(HANDLER_LIFE_MS),
  },
];
