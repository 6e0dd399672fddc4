/**
 * A Telegram chat as the support desk of an app.
 *
 * @module nestjs-telegram-support
 */

// The module
export { TelegramModule } from './telegram.module.js';
export { getTelegramToken } from './telegram.constants.js';
export { InjectTelegram } from './inject-telegram.decorator.js';
export type { TelegramModuleExtras } from './config/telegram-module-extras.interface.js';
export type { TelegramModuleAsyncOptions } from './config/telegram-module-async-options.interface.js';
export { TelegramModuleOptions } from './config/telegram-module.options.js';
export { DeskOptions } from './config/desk.options.js';
export { ClaimOptions } from './config/claim.options.js';
export { ReplyOptions } from './config/reply.options.js';
export { BusinessHours } from './config/business-hours.options.js';
export type { Weekday } from './hours/business-hours-clock.js';
export { ReminderOptions } from './config/reminder.options.js';
export { FileOptions } from './config/file.options.js';
export { PrivacyOptions } from './config/privacy.options.js';
export type {
  ExportedDeadLetter,
  ExportedFailure,
  ExportedHistoryMessage,
  ExportedMessage,
  ExportedText,
  ThreadExport,
} from './desk/thread-export.interface.js';
export type { ThreadMessageKind } from './threads/thread-message.interface.js';
export type {
  BuiltInMask,
  MaskedSpot,
  MaskPattern,
  MaskRule,
} from './privacy/mask-rule.interface.js';
export { PollingOptions } from './config/polling.options.js';
export { CardOptions } from './config/card.options.js';
export { ReactionOptions } from './config/reaction.options.js';
export { RateLimitOptions } from './config/rate-limit.options.js';
export { TopicOptions, type TopicSubject } from './config/topic.options.js';
export type { TelegramOptionsFactory } from './config/telegram-options-factory.interface.js';
export { telegramConfig } from './config/telegram-config.js';

// App -> Telegram
export { TelegramService } from './telegram.service.js';
export { TelegramDesk, type SendMessageOptions } from './telegram-desk.js';
export { MessageEdit } from './outbound/message-edit.js';
export { MessageReaction } from './outbound/message-reaction.js';
export { MessageTarget } from './outbound/message-target.js';
export { ThreadRating } from './outbound/thread-rating.js';
export { ThreadRead } from './outbound/thread-read.js';
export { NewThread } from './outbound/new-thread.js';
export { ThreadAssignment } from './outbound/thread-assignment.js';
export { ThreadTarget } from './outbound/thread-target.js';
export { ThreadUpdate } from './outbound/thread-update.js';
export { UserMessage } from './outbound/user-message.js';
export type {
  AttachmentDetails,
  OutgoingAttachment,
} from './outbound/outgoing-attachment.interface.js';
export { Customer } from './outbound/customer.js';
export type { NotifyResult } from './outbound/notify-result.js';
export { html, Html, type HtmlValue } from './notices/html.js';
export type {
  CommandAnsweredNotice,
  CommandFailedNotice,
  NotAReplyNotice,
  NoHistoryNotice,
  NoHistoryReason,
  ShownContextField,
  ShownHistoryMessage,
  ThreadHistoryNotice,
  CustomerReactedNotice,
  MessageDeletedNotice,
  MessageEditedNotice,
  MessageState,
  NotAReplyReason,
  NotDeletedNotice,
  NotDeletedReason,
  NoticeTemplates,
  NoticePart,
  NewThreadNotice,
  UserMessageNotice,
  RatedNotice,
  ReplyFailedNotice,
  ThreadArrivedNotice,
  FileNotSentNotice,
  ThreadMovedNotice,
  ToldNotice,
  TopicsUnavailableNotice,
} from './notices/notice-templates.js';

// Telegram -> app
export { OnThreadReply, type OnThreadReplyOptions } from './events/on-thread-reply.decorator.js';
export type { MarkedMethodDecorator } from './discovery/method-mark.js';
export type { IncomingAttachment, IncomingFile } from './files/incoming-attachment.interface.js';
export type { FileRouteOptions } from './config/file-route-options.interface.js';
export { requestedFileOf, type RequestedFile } from './file-links/requested-file.js';
export type { FileReference } from './files/file-references.js';
export type { IncomingFileKind } from './updates/message-files.js';
export { OnReplyEdited, type OnReplyEditedOptions } from './events/on-reply-edited.decorator.js';
export type { EditedReply } from './events/edited-reply.interface.js';
export { OnReplyDeleted, type OnReplyDeletedOptions } from './events/on-reply-deleted.decorator.js';
export type { DeletedReply } from './events/deleted-reply.interface.js';
export {
  OnThreadReaction,
  type OnThreadReactionOptions,
} from './events/on-thread-reaction.decorator.js';
export type { ThreadReaction } from './events/thread-reaction.interface.js';
export type { ReplyTarget, ThreadReply } from './events/thread-reply.interface.js';
export { OnThreadEvent, type OnThreadEventOptions } from './events/on-thread-event.decorator.js';
export type { ThreadEvent, ThreadEventType } from './events/thread-event.interface.js';
export {
  LoadAttachment,
  type LoadAttachmentOptions,
  type LoadedAttachment,
} from './files/load-attachment.decorator.js';
export {
  LoadHistory,
  type LoadHistoryOptions,
  type LoadedHistory,
} from './history/load-history.decorator.js';
export { DescribeThread, type DescribeThreadOptions } from './context/describe-thread.decorator.js';
export type { ContextField, ThreadDescriptionRequest } from './context/context-field.interface.js';
export type { HistoryMessage, HistoryRequest } from './history/history-message.interface.js';
export { AgentCommand, type AgentCommandOptions } from './agents/agent-command.decorator.js';
export type { AgentCommandCall } from './agents/agent-command-call.interface.js';
export type { Agent } from './updates/agent.js';
export type {
  AgentDecision,
  AgentDecisionContext,
} from './agents/known/agent-decision.interface.js';
export { AgentLinkOptions } from './agents/known/agent-link.options.js';
export type { AgentOnDuty } from './agents/known/agent-on-duty.interface.js';
export type { LinkedAgent } from './agents/known/linked-agent.interface.js';
export { TelegramWebhookController } from './webhook/telegram-webhook.controller.js';
export { TelegramSecretGuard } from './webhook/telegram-secret.guard.js';
export type { WebhookInfo } from './webhook/webhook-registrar.js';

// What was given up
export { DeadLetters } from './dead-letters/dead-letters.js';
export type { DeadLetter } from './dead-letters/dead-letter.interface.js';
export type { DeadLetterListOptions } from './dead-letters/dead-letter-list.options.js';
export { OnDeadLetter, type OnDeadLetterOptions } from './dead-letters/on-dead-letter.decorator.js';

// Threads
export { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
export type { MessageRef } from './threads/message-ref.interface.js';
export type { ThreadState } from './threads/thread-state.interface.js';
export type { ShownStatus, ThreadStatus } from './threads/thread-record.interface.js';

// Operation
export type { Diagnosis, DiagnosisCheck } from './monitoring/diagnosis.interface.js';

// The Bot API
export { BotApiClient, type BotApiCallOptions } from './bot/bot-api-client.js';
export type { BotApiMethod, BotApiParams, BotApiResult } from './bot/bot-api-types.js';

// Time, for tests
export { Clock, type Timer } from './common/clock.js';

// Errors
export {
  TelegramError,
  TelegramConfigError,
  TelegramArgumentError,
  BotApiError,
  BotApiRateLimitError,
  BotApiTransportError,
  TelegramFileError,
  ThreadMappingError,
  type TelegramErrorCode,
  type OptionProblem,
  type BotApiFailure,
  type TelegramFileProblem,
  type TransportFailure,
} from './errors/index.js';
export type { AgentTexts } from './texts/agent-texts.interface.js';
export type { TextLocale } from './texts/languages.js';
