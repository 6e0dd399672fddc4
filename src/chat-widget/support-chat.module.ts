import { Module, type DynamicModule } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { BotInternals } from '../bot-internals.js';
import { createAgentHandlers } from './agents/agent-handlers.factory.js';
import { createBotProviders } from './chat-bot.providers.js';
import { createChatControllers } from './chat-controllers.factory.js';
import { CHAT_CONTROLLER, CHAT_PATH } from './chat.constants.js';
import { CHAT_EXTRAS } from './config/chat-defaults.js';
import { ChatSettings } from './config/chat-settings.js';
import type { SupportChatAsyncOptions } from './config/support-chat-async-options.interface.js';
import type { SupportChatExtras } from './config/support-chat-extras.interface.js';
import type { SupportChatOptions } from './config/support-chat.options.js';
import { SupportChat } from './support-chat.js';
import { streamProviders } from './stream/stream.providers.js';
import { supportChatProviders } from './support-chat.providers.js';
import { TranscriptPruner } from './transcripts/transcript-pruner.js';
import { TranscriptStore } from './transcripts/transcript-store.js';
import { createWidgetRoute } from './widget-files/widget-route.factory.js';
import { transcriptStoreProvider } from './transcripts/transcript.providers.js';

/**
 * A complete customer chat for an app that has none: identity, REST routes, a live stream, transcripts, and the way to
 * agents and back. It needs a `TelegramModule`, imported with `isGlobal: true`.
 *
 * @publicApi
 *
 * @example
 * @Module({
 *   imports: [
 *     TelegramModule.forRoot({ botToken, adminChatId, isGlobal: true }),
 *     SupportChatModule.forRoot({ anonymous: true }),
 *   ],
 * })
 * export class AppModule {}
 */
@Module({})
export class SupportChatModule {
  /** @throws `TelegramConfigError` at boot, naming every option that cannot be used. */
  static forRoot(options: SupportChatOptions & SupportChatExtras = {}): DynamicModule {
    const { imports, path, store, guards, decorators, bot, isGlobal, ...rest } = options;
    const extras = { imports, path, store, guards, decorators, bot, isGlobal };
    return SupportChatModule.forRootAsync({ ...extras, useFactory: () => rest });
  }

  /** @throws `TelegramConfigError` at boot, naming every option that cannot be used. */
  static forRootAsync(options: SupportChatAsyncOptions): DynamicModule {
    const { imports = [], store, bot, inject = [], useFactory } = options;
    const path = (options.path ?? CHAT_EXTRAS.path).replaceAll(/^\/+|\/+$/g, '');
    const controllers = createChatControllers(path, options);
    const widget = createWidgetRoute(path, options.decorators);
    return {
      module: SupportChatModule,
      global: options.isGlobal ?? false,
      imports: [DiscoveryModule, ...imports],
      controllers: [...controllers.all, ...widget.controllers],
      providers: [
        { provide: CHAT_PATH, useValue: path },
        { provide: CHAT_CONTROLLER, useValue: controllers.session },
        ...createBotProviders(bot),
        {
          provide: ChatSettings,
          inject: [BotInternals, ...inject],
          useFactory: async (found: BotInternals, ...injected: unknown[]) => {
            const given: SupportChatOptions = await useFactory(...injected);
            return new ChatSettings(given, {
              isEnabled: found.settings.isEnabled,
              botToken: found.token,
            });
          },
        },
        ...(store
          ? [{ provide: TranscriptStore, useClass: store }, TranscriptPruner]
          : [transcriptStoreProvider]),
        ...streamProviders,
        createAgentHandlers(bot),
        ...supportChatProviders,
        ...widget.providers,
      ],
      exports: [SupportChat, TranscriptStore],
    };
  }
}
