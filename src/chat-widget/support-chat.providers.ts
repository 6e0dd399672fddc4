import type { Provider } from '@nestjs/common';
import { BotInternals } from '../bot-internals.js';
import { NestInternals } from '../webhook/nest-internals.js';
import { AgentEvents } from './agents/agent-events.js';
import { AgentMessages } from './agents/agent-messages.js';
import { ChatHistory } from './agents/chat-history.js';
import { StoredAttachments } from './agents/stored-attachments.js';
import { ChatHttp } from './api/chat-http.js';
import { ChatPresenter } from './api/chat-presenter.js';
import { ChatRoutes } from './api/chat-routes.js';
import { ChatShutdown } from './api/chat-shutdown.js';
import { ChatThreads } from './api/chat-threads.js';
import { CurrentAvailability } from './api/current-availability.js';
import { CustomerRateLimit } from './api/customer-rate-limit.js';
import { MemoryCustomerRateLimit } from './api/memory-customer-rate-limit.js';
import { MessageChanges } from './api/message-changes.js';
import { MessageSender } from './api/message-sender.js';
import { RedisCustomerRateLimit } from './api/redis-customer-rate-limit.js';
import { SessionOpener } from './api/session-opener.js';
import { ThreadChanges } from './api/thread-changes.js';
import { ChatPurger } from './chat-purger.js';
import { ChatSettings } from './config/chat-settings.js';
import { AppCustomers } from './identity/app-customers.js';
import { ChatCors } from './identity/chat-cors.js';
import { ChatSessions } from './identity/chat-sessions.js';
import { CustomerIdentifier } from './identity/customer-identifier.js';
import { CustomerKeys } from './identity/customer-keys.js';
import { CustomerTokens } from './identity/customer-tokens.js';
import { Visitors } from './identity/visitors.js';
import { EventPresenter } from './stream/event-presenter.js';
import { SupportChat } from './support-chat.js';
import { ThreadEvents } from './thread-events.js';
import { ThreadStatuses } from './thread-statuses.js';
import { ThreadOrder } from './thread-order.js';
import { MemoryUploadBytes } from './uploads/memory-upload-bytes.js';
import { MemoryUploadIndex } from './uploads/memory-upload-index.js';
import { RedisUploadBytes } from './uploads/redis-upload-bytes.js';
import { RedisUploadIndex } from './uploads/redis-upload-index.js';
import { UnparsedUploads } from './uploads/unparsed-uploads.js';
import { UploadBytes } from './uploads/upload-bytes.js';
import { UploadIndex } from './uploads/upload-index.js';
import { UploadLinks } from './uploads/upload-links.js';
import { uploadLivesOf } from './uploads/upload-lives.js';
import { UploadReader } from './uploads/upload-reader.js';
import { UploadSender } from './uploads/upload-sender.js';
import { Uploads } from './uploads/uploads.js';

/** What uploads may take of the memory of a process without Redis. */
const MOST_MEMORY_BYTES = 268_435_456;

/** What works for one chat, whatever its bot. */
export const supportChatProviders: Provider[] = [
  // Before what may answer a request itself.
  ChatShutdown,
  AgentEvents,
  AgentMessages,
  AppCustomers,
  ChatCors,
  ChatHistory,
  ChatHttp,
  ChatPresenter,
  ChatPurger,
  { provide: EventPresenter, useExisting: ChatPresenter },
  ChatRoutes,
  ChatSessions,
  ChatThreads,
  CurrentAvailability,
  CustomerIdentifier,
  CustomerKeys,
  CustomerTokens,
  MessageChanges,
  MessageSender,
  NestInternals,
  SessionOpener,
  StoredAttachments,
  SupportChat,
  ThreadChanges,
  ThreadEvents,
  ThreadStatuses,
  ThreadOrder,
  UnparsedUploads,
  UploadLinks,
  UploadReader,
  UploadSender,
  Uploads,
  Visitors,
  {
    provide: CustomerRateLimit,
    inject: [ChatSettings, BotInternals],
    useFactory: ({ rateLimit }: ChatSettings, bot: BotInternals) =>
      bot.redis
        ? new RedisCustomerRateLimit(bot.redis.client, `${bot.chatKeyPrefix}:limit:`, rateLimit)
        : new MemoryCustomerRateLimit(bot.clock, rateLimit),
  },
  {
    provide: UploadBytes,
    inject: [ChatSettings, BotInternals],
    useFactory: ({ uploads }: ChatSettings, { redis, clock, chatKeyPrefix }: BotInternals) => {
      const lives = uploadLivesOf(uploads);
      return redis
        ? new RedisUploadBytes(
            redis.client,
            `${chatKeyPrefix}:upload:`,
            lives,
            uploads?.maxBytes ?? 0,
          )
        : new MemoryUploadBytes(clock, lives, MOST_MEMORY_BYTES);
    },
  },
  {
    provide: UploadIndex,
    inject: [ChatSettings, BotInternals],
    useFactory: ({ uploads }: ChatSettings, { redis, clock, chatKeyPrefix }: BotInternals) =>
      redis
        ? new RedisUploadIndex(redis.client, `${chatKeyPrefix}:uploads:`)
        : new MemoryUploadIndex(clock, uploadLivesOf(uploads).sentMs),
  },
];
