import type { Provider } from '@nestjs/common';
import { HandlerRegistry } from '../events/handler-registry.js';
import { AcknowledgementReaction } from '../replies/acknowledgement-reaction.js';
import { ReplyAcknowledger } from '../replies/reply-acknowledger.js';
import { EventDispatcher } from '../events/event-dispatcher.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { AcknowledgementProcessor } from './acknowledgement.processor.js';
import { Acknowledgements } from './acknowledgements.js';
import { AgentNotifier } from './agent-notifier.js';
import { EventIntake } from './event-intake.js';
import { ChannelMessageHandler } from './handlers/channel-message.handler.js';
import { EditedReplyHandler } from './handlers/edited-reply.handler.js';
import { MigrationHandler } from './handlers/migration.handler.js';
import { NoticeReplyHandler } from './handlers/notice-reply.handler.js';
import { UnaddressedMessageHandler } from './handlers/unaddressed-message.handler.js';
import { UPDATE_HANDLERS } from './inbound.constants.js';
import { InboundProcessor } from './inbound.processor.js';
import { InboundService } from './inbound.service.js';
import { ReplyFingerprints } from './reply-fingerprints.js';
import { ReplyIntake } from './reply-intake.js';
import { HANDLER_LIFE_MS, ReplySubscription } from './reply-subscription.js';
import { UnaddressedMessages } from './unaddressed-messages.js';
import type { UpdateHandler } from './update-handler.interface.js';
import { UpdateHandlers } from './update-handlers.js';

/** In the order in which they are asked. */
const HANDLERS = [
  MigrationHandler,
  ChannelMessageHandler,
  EditedReplyHandler,
  NoticeReplyHandler,
  UnaddressedMessageHandler,
];

/** The way of agents' replies from Telegram to the app. */
export const inboundProviders: Provider[] = [
  AcknowledgementProcessor,
  AcknowledgementReaction,
  Acknowledgements,
  AgentNotifier,
  InboundProcessor,
  InboundService,
  ReplyAcknowledger,
  EventDispatcher,
  EventIntake,
  ReplyFingerprints,
  ReplyIntake,
  ReplySubscription,
  UnaddressedMessages,
  UpdateHandlers,
  ...HANDLERS,
  {
    provide: UPDATE_HANDLERS,
    inject: HANDLERS,
    useFactory: (...handlers: UpdateHandler[]) => handlers,
  },
  {
    provide: HandlerRegistry,
    inject: [DeskStorage],
    useFactory: (storage: DeskStorage) => storage.handlers(HANDLER_LIFE_MS),
  },
];
