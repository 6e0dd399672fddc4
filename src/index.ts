// The module
export { TelegramModule } from './telegram.module.js';
export type { TelegramModuleExtras } from './telegram.module-definition.js';
export {
  TelegramModuleOptions,
  ReplyOptions,
  PollingOptions,
  BudgetSettings,
} from './telegram.options.js';
export type { TelegramOptionsFactory } from './telegram-options.factory.js';
export { telegramConfig } from './telegram.config.js';

// App -> Telegram
export { TelegramService, type SendMessageOptions } from './telegram.service.js';
export { NewThread } from './outbox/new-thread.js';
export { UserMessage } from './outbox/user-message.js';
export { Customer } from './outbox/customer.js';
export type { Receipt } from './outbox/receipt.js';
export { html, Html, type HtmlValue } from './outbox/html.js';
export type {
  NotAReplyNotice,
  NotAReplyReason,
  NoticeTemplates,
  NoticePart,
  NewThreadNotice,
  UserMessageNotice,
  ReplyFailedNotice,
} from './outbox/notice-templates.js';

// Telegram -> app
export { OnThreadReply, type OnThreadReplyOptions } from './inbox/on-thread-reply.decorator.js';
export type { MarkedMethodDecorator } from './discovery/method-mark.js';
export type { ThreadReply } from './inbox/thread-reply.interface.js';
export type { Agent } from './inbox/agent.js';
export { TelegramWebhookController } from './webhook/telegram-webhook.controller.js';
export { TelegramSecretGuard } from './webhook/telegram-secret.guard.js';
export type { WebhookInfo } from './webhook/webhook.registrar.js';

// What was given up
export { DeadLetters } from './dead-letters/dead-letters.js';
export type { DeadLetter } from './dead-letters/dead-letter.interface.js';
export type { DeadLetterListOptions } from './dead-letters/dead-letter-list.options.js';
export { OnDeadLetter } from './dead-letters/on-dead-letter.decorator.js';

// Threads
export { ThreadMappingRepository } from './threads/thread-mapping.repository.js';
export type { MessageRef } from './threads/message-ref.interface.js';

// The Bot API
export { BotApiClient, type BotApiCallOptions } from './bot-api/bot-api.client.js';
export type { BotApiMethod, BotApiParams, BotApiResult } from './bot-api/bot-api.types.js';

// Time, for tests
export { Clock, type Timer } from './clock/clock.js';

// Errors
export {
  TelegramError,
  TelegramConfigError,
  TelegramArgumentError,
  BotApiError,
  BotApiRateLimitError,
  BotApiTransportError,
  ThreadMappingError,
  type TelegramErrorCode,
  type OptionProblem,
  type BotApiFailure,
  type TransportFailure,
} from './errors/index.js';
