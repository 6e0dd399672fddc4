import type { Provider } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber } from '../errors/index.js';
import { DeskStorage } from '../storage/desk-storage.js';
import { AdminChat } from './admin-chat.js';
import { ChatRateLimiter } from './chat-rate-limiter.js';
import { RateLimitInterceptor } from './rate-limit-interceptor.js';
import { ContentProtector } from './content-protector.js';
import { TopicAvailability } from './topic-availability.js';

/** The id of no chat, for a disabled bot. */
const NO_CHAT_ID = 0;

/** The admin chat of a desk, its topics, and its rate limit, which counts every call of the bot to that chat. */
export const chatProviders: Provider[] = [
  TopicAvailability,
  {
    provide: AdminChat,
    inject: [TelegramSettings, DeskStorage, ErrorDescriber],
    useFactory: ({ identity }: TelegramSettings, storage: DeskStorage, errors: ErrorDescriber) =>
      new AdminChat(identity?.adminChatId ?? NO_CHAT_ID, storage, errors),
  },
  {
    provide: ChatRateLimiter,
    inject: [TelegramSettings, DeskStorage, ErrorDescriber],
    useFactory: ({ rateLimit }: TelegramSettings, storage: DeskStorage, errors: ErrorDescriber) =>
      storage.chatRateLimiter(rateLimit, errors),
  },
  {
    provide: RateLimitInterceptor,
    inject: [BotApiClient, AdminChat, ChatRateLimiter],
    useFactory: (api: BotApiClient, adminChat: AdminChat, rateLimiter: ChatRateLimiter) => {
      const interceptor = new RateLimitInterceptor(adminChat, rateLimiter);
      api.use(interceptor);
      return interceptor;
    },
  },
  {
    provide: ContentProtector,
    inject: [BotApiClient, AdminChat, TelegramSettings],
    useFactory: (api: BotApiClient, adminChat: AdminChat, { privacy }: TelegramSettings) => {
      const protector = new ContentProtector(adminChat);
      if (privacy.protectContent) api.use(protector);
      return protector;
    },
  },
];
