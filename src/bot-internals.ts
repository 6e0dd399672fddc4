import { Inject, Injectable, type InjectionToken } from '@nestjs/common';
import { Clock } from './common/clock.js';
import { TelegramSettings } from './config/telegram-settings.js';
import { ErrorDescriber } from './errors/index.js';
import { FileLinks } from './files/file-links.js';
import { FileReferences } from './files/file-references.js';
import { DeskHealth } from './monitoring/desk-health.js';
import { RedisConnection } from './redis/redis-connection.js';
import { RedisKeys } from './redis/redis-keys.js';
import { RedisReadiness } from './redis/redis-readiness.js';
import { BotToken } from './secrets/bot-token.js';
import { OpenTelemetry } from './telemetry/open-telemetry.js';
import { BotStorage } from './storage/bot-storage.js';

/** What other modules of this package share with the bot that they belong to. Not for apps. */
@Injectable()
export class BotInternals {
  #hasChat = false;

  constructor(
    readonly settings: TelegramSettings,
    readonly clock: Clock,
    readonly storage: BotStorage,
    readonly errors: ErrorDescriber,
    readonly fileLinks: FileLinks,
    readonly fileReferences: FileReferences,
    readonly health: DeskHealth,
    /** Keys are derived from it. It never shows itself. */
    readonly token: BotToken,
    /** Null without the option `redis`, and for a disabled bot. */
    @Inject(RedisConnection) readonly redis: RedisConnection | null,
    @Inject(RedisReadiness) readonly readiness: RedisReadiness | null,
    /** Null without the package `@opentelemetry/api`. */
    @Inject(OpenTelemetry) readonly telemetry: OpenTelemetry | null,
  ) {}

  /** Takes the bot for a chat. @returns False when another chat has it. */
  takeForChat(): boolean {
    const isFree = !this.#hasChat;
    this.#hasChat = true;
    return isFree;
  }

  /** What the keys of the chat begin with in Redis, the prefix of the app's client included; a colon follows. */
  get chatKeyPrefix(): string {
    const { identity, keyPrefix } = this.settings;
    const { botId } = this.token;
    const adminChatId = identity?.adminChatId ?? 0;
    return (this.redis?.keyPrefix ?? '') + new RedisKeys({ botId, adminChatId, keyPrefix }).chat;
  }
}

/** The token under which `TelegramModule` exports what a bot shares. */
export function getBotInternalsToken(name?: string): InjectionToken<BotInternals> {
  return name === undefined ? 'TelegramBotInternals' : `TelegramBotInternals:${name}`;
}
