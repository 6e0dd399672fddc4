import { HttpService } from '@nestjs/axios';
import type { Provider } from '@nestjs/common';
import { AgentDirectory } from './agents/known/agent-directory.js';
import { AgentPairing } from './agents/known/agent-pairing.js';
import { BotApiClient } from './bot/bot-api-client.js';
import { BotProfile } from './bot/bot-profile.js';
import { BOT_RATE_LIMIT, BotRateLimitInterceptor } from './chat/bot-rate-limit.interceptor.js';
import { Clock } from './common/clock.js';
import { SystemClock } from './common/system-clock.js';
import { TELEGRAM_OVERRIDES, type TelegramOverrides } from './config/module-overrides.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { DecoratedMethodExplorer } from './discovery/decorated-method-explorer.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { LetterDecisions } from './dead-letters/letter-decisions.js';
import { Desk } from './desk/desk.js';
import { DeskDirectory } from './desk/desk-directory.js';
import { DESK_ADDED, Desks } from './desk/desks.js';
import { HandlerDeskCheck } from './desk/handler-desk-check.js';
import { sharedWithDesksProvider } from './desk/shared-with-desks.provider.js';
import { UpdateRouter } from './desk/update-router.js';
import { ErrorDescriber } from './errors/index.js';
import { fileLinkProviders } from './file-links/file-link.providers.js';
import { incomingFileProviders } from './files/incoming-file.providers.js';
import { AttachmentStore } from './files/attachment-store.js';
import { monitoringProviders } from './monitoring/monitoring.providers.js';
import { neutralizeMentions } from './notices/neutralize-mentions.js';
import { sanitizeLabel } from './notices/sanitize-text.js';
import { FailureRecords } from './outbound/failures/failure-records.js';
import { JobForwarder } from './outbound/job-forwarder.js';
import { ApiTelemetry } from './telemetry/api-telemetry.js';
import { telemetryProviders } from './telemetry/telemetry.providers.js';
import { pollingProviders } from './polling/polling.providers.js';
import { BotToken } from './secrets/bot-token.js';
import { Redactor } from './secrets/redactor.js';
import { redactorOf } from './secrets/telegram-redactor.js';
import { BotStorage } from './storage/bot-storage.js';
import { botStorageProviders } from './storage/storage.providers.js';
import { TelegramLifecycle } from './telegram.lifecycle.js';
import { ThreadReferenceSigner } from './threads/thread-reference-signer.js';
import { webhookProviders, webhookRegistrationProviders } from './webhook/webhook.providers.js';

/** The token of a bot that is disabled, whose classes exist but never run. No bot has the id 0. */
const NO_TOKEN = '0:none';

/** Everything that works for one bot, whatever desks it has. */
export const telegramProviders: Provider[] = [
  AgentDirectory,
  AgentPairing,
  BotProfile,
  DecoratedMethodExplorer,
  FailureRecords,
  Desks,
  sharedWithDesksProvider,
  {
    provide: DESK_ADDED,
    inject: [Desks, Desk],
    useFactory: (desks: Desks, desk: Desk) => desks.add(desk),
  },
  { provide: JobForwarder, useExisting: Desks },
  { provide: DeskDirectory, useExisting: Desks },
  HandlerDeskCheck,
  TelegramLifecycle,
  UpdateRouter,
  ...botStorageProviders,
  ...incomingFileProviders,
  ...fileLinkProviders,
  ...monitoringProviders,
  ...pollingProviders,
  ...telemetryProviders,
  ...webhookProviders,
  ...webhookRegistrationProviders,
  {
    provide: BotRateLimitInterceptor,
    inject: [TelegramSettings, BotApiClient, BotStorage, Clock, ErrorDescriber],
    useFactory: (
      { desks }: TelegramSettings,
      api: BotApiClient,
      storage: BotStorage,
      clock: Clock,
      errors: ErrorDescriber,
    ) => {
      const rateLimiter = storage.rateLimiter(BOT_RATE_LIMIT, errors);
      const interceptor = new BotRateLimitInterceptor(rateLimiter, clock);
      if (desks.length > 1) api.use(interceptor);
      return interceptor;
    },
  },
  {
    provide: DeadLetters,
    inject: [Desks, AttachmentStore, LetterDecisions],
    useFactory: (desks: Desks, files: AttachmentStore, decisions: LetterDecisions) =>
      new DeadLetters(desks, files, decisions),
  },
  {
    provide: Clock,
    inject: [{ token: TELEGRAM_OVERRIDES, optional: true }],
    useFactory: (overrides?: TelegramOverrides) => overrides?.clock ?? new SystemClock(),
  },
  {
    provide: BotToken,
    inject: [TelegramSettings],
    useFactory: ({ identity }: TelegramSettings) => identity?.token ?? new BotToken(NO_TOKEN),
  },
  {
    provide: ThreadReferenceSigner,
    inject: [BotToken],
    useFactory: (token: BotToken) => new ThreadReferenceSigner(token.derive('thread-reference')),
  },
  {
    provide: Redactor,
    inject: [TelegramSettings],
    useFactory: redactorOf,
  },
  {
    provide: ErrorDescriber,
    inject: [Redactor, TelegramSettings],
    useFactory: (redactor: Redactor, settings: TelegramSettings) => {
      // What a handler throws may hold what a customer wrote at any desk.
      const maskers = settings.desks.map((desk) => settings.forDesk(desk).masker);
      const hide = (text: string): string =>
        maskers.reduce((hidden, masker) => masker.hide(hidden), text);
      const toLabel = (text: string): string => sanitizeLabel(hide(text));
      return new ErrorDescriber(redactor, { toLabel, neutralizeMentions });
    },
  },
  {
    provide: BotApiClient,
    inject: [HttpService, TelegramSettings, Redactor, ApiTelemetry],
    useFactory: (
      http: HttpService,
      settings: TelegramSettings,
      redactor: Redactor,
      telemetry: ApiTelemetry | null,
    ) => {
      const { identity, apiRoot, requestTimeoutMs: timeoutMs } = settings;
      const api = new BotApiClient(
        http,
        identity && { token: identity.token, apiRoot, timeoutMs, redactor },
      );
      // Before the others, so that it measures the call alone, without the wait for the rate limit.
      if (telemetry) api.use(telemetry);
      return api;
    },
  },
];
