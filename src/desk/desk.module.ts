import { Module, type DynamicModule, type InjectionToken } from '@nestjs/common';
import type { ModuleRef } from '@nestjs/core';
import { BotApiClient } from '../bot/bot-api-client.js';
import { BotProfile } from '../bot/bot-profile.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { DecoratedMethodExplorer } from '../discovery/decorated-method-explorer.js';
import { ErrorDescriber } from '../errors/index.js';
import { JobForwarder } from '../outbound/job-forwarder.js';
import { RedisConnection } from '../redis/redis-connection.js';
import { RedisReadiness } from '../redis/redis-readiness.js';
import { BotToken } from '../secrets/bot-token.js';
import { ThreadMappingRepository } from '../threads/thread-mapping.repository.js';
import { ThreadReferenceSigner } from '../threads/thread-reference-signer.js';
import { ThreadStateRepository } from '../threads/thread-state.repository.js';
import { deskProviders } from './desk.providers.js';

/** What all desks of a bot share. */
const OF_THE_BOT: ReadonlyArray<Exclude<InjectionToken, string | symbol>> = [
  BotApiClient,
  BotProfile,
  BotToken,
  Clock,
  DecoratedMethodExplorer,
  ErrorDescriber,
  JobForwarder,
  RedisConnection,
  RedisReadiness,
  ThreadMappingRepository,
  ThreadReferenceSigner,
  ThreadStateRepository,
];

/** Tells the modules of two desks apart where Nest identifies modules by their content. */
const DESK_NAME = Symbol('TELEGRAM_DESK_NAME');

/** One further desk of a bot. Loaded when the options are known, because they say which desks there are. */
@Module({})
export class DeskModule {
  /**
   * @param settings Those of the desk.
   * @param bot The module of the bot.
   */
  static forDesk(settings: TelegramSettings, bot: ModuleRef): DynamicModule {
    return {
      module: DeskModule,
      providers: [
        { provide: DESK_NAME, useValue: `${settings.bot}/${settings.desk}` },
        { provide: TelegramSettings, useFactory: () => settings },
        ...OF_THE_BOT.map((token) => ({
          provide: token,
          useFactory: (): unknown => bot.get(token, { strict: true }),
        })),
        ...deskProviders,
      ],
    };
  }
}
