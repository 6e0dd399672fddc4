import type { Provider } from '@nestjs/common';
import { OptionsCheck } from './bot/options-check.js';
import { RedisCheck } from './bot/redis-check.js';
import { RedisEvictionCheck } from './bot/redis-eviction-check.js';
import { RedisRightsCheck } from './bot/redis-rights-check.js';
import { TelegramCheck } from './bot/telegram-check.js';
import { TokenCheck } from './bot/token-check.js';
import { ChatCheck } from './chat/chat-check.js';
import { ChatTypeCheck } from './chat/chat-type-check.js';
import { DeleteRightCheck } from './chat/delete-right-check.js';
import { MembershipCheck } from './chat/membership-check.js';
import { PrivacyModeCheck } from './chat/privacy-mode-check.js';
import { ReactionsCheck } from './chat/reactions-check.js';
import { TopicRightCheck } from './chat/topic-right-check.js';
import { TopicsCheck } from './chat/topics-check.js';
import { WriteRightCheck } from './chat/write-right-check.js';
import type { DiagnosticCheck } from './diagnostic-check.interface.js';
import { DIAGNOSTIC_CHECKS, Diagnostics } from './diagnostics.js';
import { PollingCheck } from './updates/polling-check.js';
import { WebhookCheck } from './updates/webhook-check.js';
import { WebhookDeliveryCheck } from './updates/webhook-delivery-check.js';
import { WebhookRouteCheck } from './updates/webhook-route-check.js';
import { WebhookUpdatesCheck } from './updates/webhook-updates-check.js';

/** In the order in which a message travels: to the chat, and back to the app. */
const CHECKS = [
  OptionsCheck,
  RedisCheck,
  RedisRightsCheck,
  RedisEvictionCheck,
  TelegramCheck,
  TokenCheck,
  ChatCheck,
  ChatTypeCheck,
  MembershipCheck,
  WriteRightCheck,
  TopicsCheck,
  TopicRightCheck,
  DeleteRightCheck,
  PrivacyModeCheck,
  WebhookCheck,
  WebhookRouteCheck,
  WebhookUpdatesCheck,
  WebhookDeliveryCheck,
  PollingCheck,
  ReactionsCheck,
];

/** What diagnoses the desks of a bot. */
export const monitoringProviders: Provider[] = [
  Diagnostics,
  ...CHECKS,
  {
    provide: DIAGNOSTIC_CHECKS,
    inject: CHECKS,
    useFactory: (...checks: DiagnosticCheck[]) => checks,
  },
];
