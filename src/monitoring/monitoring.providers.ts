import type { Provider } from '@nestjs/common';
import { BotSettingsCheck } from './bot/bot-settings-check.js';
import { ClockCheck } from './bot/clock-check.js';
import { OptionsCheck } from './bot/options-check.js';
import { ProxyCheck } from './bot/proxy-check.js';
import { RedisCheck } from './bot/redis-check.js';
import { RedisEvictionCheck } from './bot/redis-eviction-check.js';
import { RedisPersistenceCheck } from './bot/redis-persistence-check.js';
import { RedisRightsCheck } from './bot/redis-rights-check.js';
import { RedisVersionCheck } from './bot/redis-version-check.js';
import { TelegramCheck } from './bot/telegram-check.js';
import { TokenCheck } from './bot/token-check.js';
import { AdministratorCheck } from './chat/administrator-check.js';
import { AnonymityCheck } from './chat/anonymity-check.js';
import { ChatCheck } from './chat/chat-check.js';
import { ChatIdCheck } from './chat/chat-id-check.js';
import { ChatTypeCheck } from './chat/chat-type-check.js';
import { CommandsCheck } from './chat/commands-check.js';
import { DeleteRightCheck } from './chat/delete-right-check.js';
import { FileRightsCheck } from './chat/file-rights-check.js';
import { MembershipCheck } from './chat/membership-check.js';
import { PrivacyModeCheck } from './chat/privacy-mode-check.js';
import { ReactionsCheck } from './chat/reactions-check.js';
import { SlowModeCheck } from './chat/slow-mode-check.js';
import { TopicRightCheck } from './chat/topic-right-check.js';
import { TopicsCheck } from './chat/topics-check.js';
import { WriteRightCheck } from './chat/write-right-check.js';
import { DeskDiagnosis, DIAGNOSTICS_KNOWN } from './desk-diagnosis.js';
import { DeskHealth } from './desk-health.js';
import type { DiagnosticCheck } from './diagnostic-check.interface.js';
import { DIAGNOSTIC_CHECKS, Diagnostics } from './diagnostics.js';
import { RedisSetupCheck } from './redis-setup-check.js';
import { SetupLog } from './setup-log.js';
import { PollingCheck } from './updates/polling-check.js';
import { WebhookCheck } from './updates/webhook-check.js';
import { WebhookDeliveryCheck } from './updates/webhook-delivery-check.js';
import { WebhookRouteCheck } from './updates/webhook-route-check.js';
import { WebhookSecretCheck } from './updates/webhook-secret-check.js';
import { WebhookUpdatesCheck } from './updates/webhook-updates-check.js';

/** In the order in which a message travels: to the chat, and back to the app. */
const CHECKS = [
  OptionsCheck,
  RedisCheck,
  RedisVersionCheck,
  RedisRightsCheck,
  RedisEvictionCheck,
  RedisPersistenceCheck,
  ProxyCheck,
  TelegramCheck,
  ClockCheck,
  TokenCheck,
  BotSettingsCheck,
  ChatCheck,
  ChatIdCheck,
  ChatTypeCheck,
  MembershipCheck,
  WriteRightCheck,
  FileRightsCheck,
  SlowModeCheck,
  AnonymityCheck,
  AdministratorCheck,
  TopicsCheck,
  TopicRightCheck,
  DeleteRightCheck,
  PrivacyModeCheck,
  WebhookCheck,
  WebhookRouteCheck,
  WebhookUpdatesCheck,
  WebhookSecretCheck,
  WebhookDeliveryCheck,
  PollingCheck,
  ReactionsCheck,
  CommandsCheck,
];

/** What diagnoses the desks of a bot. */
export const monitoringProviders: Provider[] = [
  DeskDiagnosis,
  DeskHealth,
  Diagnostics,
  RedisSetupCheck,
  SetupLog,
  ...CHECKS,
  {
    provide: DIAGNOSTICS_KNOWN,
    inject: [DeskDiagnosis, Diagnostics],
    useFactory: (diagnosis: DeskDiagnosis, diagnostics: Diagnostics) => diagnosis.use(diagnostics),
  },
  {
    provide: DIAGNOSTIC_CHECKS,
    inject: CHECKS,
    useFactory: (...checks: DiagnosticCheck[]) => checks,
  },
];
