import type { InjectionToken, Provider } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { BotProfile } from '../bot/bot-profile.js';
import { Clock } from '../common/clock.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { ErrorDescriber } from '../errors/index.js';
import { IncomingAttachments } from '../files/incoming-attachments.js';
import { DeskDiagnosis } from '../monitoring/desk-diagnosis.js';
import { SetupLog } from '../monitoring/setup-log.js';
import { FailureRecords } from '../outbound/failures/failure-records.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { RedisReadiness } from '../redis/redis-readiness.js';
import { BotToken } from '../secrets/bot-token.js';
import { ApiTelemetry } from '../telemetry/api-telemetry.js';
import { OpenTelemetry } from '../telemetry/open-telemetry.js';
import { AgentStore } from '../storage/agent-store.js';
import { BotStorage } from '../storage/bot-storage.js';
import { FileStore } from '../storage/file-store.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadMessageRepository } from '../threads/thread-message.repository.js';
import { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** The `Provider`s of what the further desks of a bot share with its default one. */
export const SHARED_WITH_DESKS = Symbol('TELEGRAM_SHARED_WITH_DESKS');

const OF_THE_BOT: ReadonlyArray<Exclude<InjectionToken, string | symbol>> = [
  AgentStore,
  ApiTelemetry,
  BotApiClient,
  BotProfile,
  BotStorage,
  BotToken,
  Clock,
  DecoratedMethodExplorer,
  DeskDiagnosis,
  ErrorDescriber,
  FailureRecords,
  FileStore,
  IncomingAttachments,
  OpenTelemetry,
  RedisConnection,
  RedisReadiness,
  SetupLog,
  ThreadMappingRepository,
  ThreadMessageRepository,
  ThreadReferenceSigner,
  ThreadStateRepository,
];

/** Not looked up in the module of the bot: with `snapshot: true` Nest takes two modules of one class for one. */
export const sharedWithDesksProvider: Provider = {
  provide: SHARED_WITH_DESKS,
  inject: [...OF_THE_BOT],
  useFactory: (...instances: readonly unknown[]): Provider[] =>
    OF_THE_BOT.map((token, index) => ({ provide: token, useFactory: () => instances[index] })),
};
