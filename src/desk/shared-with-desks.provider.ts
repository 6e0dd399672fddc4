import type { InjectionToken, Provider } from '@nestjs/common';
import { BotApiClient } from '../bot/bot-api-client.js';
import { BotProfile } from '../bot/bot-profile.js';
import { Clock } from '../common/clock.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { ErrorDescriber } from '../errors/index.js';
import { IncomingAttachments } from '../files/incoming-attachments.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { RedisReadiness } from '../redis/redis-readiness.js';
import { BotToken } from '../secrets/bot-token.js';
import { FileStore } from '../storage/file-store.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';

/** The `Provider`s of what the further desks of a bot share with its default one. */
export const SHARED_WITH_DESKS = Symbol('TELEGRAM_SHARED_WITH_DESKS');

const OF_THE_BOT: ReadonlyArray<Exclude<InjectionToken, string | symbol>> = [
  BotApiClient,
  BotProfile,
  BotToken,
  Clock,
  DecoratedMethodExplorer,
  ErrorDescriber,
  FileStore,
  IncomingAttachments,
  RedisConnection,
  RedisReadiness,
  ThreadMappingRepository,
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
