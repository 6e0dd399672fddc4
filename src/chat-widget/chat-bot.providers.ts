import type { InjectionToken, Provider } from '@nestjs/common';
import { BotInternals, getBotInternalsToken } from '../bot-internals.js';
import { Clock } from '../common/clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { ErrorDescriber, TelegramConfigError } from '../errors/index.js';
import { FileLinks } from '../files/file-links.js';
import { FileReferences } from '../files/file-references.js';
import { BotStorage } from '../storage/bot-storage.js';
import { CHAT_TELEGRAM } from './chat.constants.js';
import { getTelegramToken } from '../telegram.constants.js';
import type { TelegramService } from '../telegram.service.js';

/** What the chat uses of its bot. */
export function createBotProviders(bot: string | undefined): Provider[] {
  return [
    {
      provide: BotInternals,
      inject: [{ token: getBotInternalsToken(bot), optional: true }],
      useFactory: (found?: BotInternals): BotInternals => {
        const internals = found ?? throwMissing(bot);
        return internals.takeForChat() ? internals : throwTaken(bot);
      },
    },
    {
      provide: CHAT_TELEGRAM,
      inject: [{ token: getTelegramToken(bot), optional: true }],
      useFactory: (found?: TelegramService): TelegramService => found ?? throwMissing(bot),
    },
    of(TelegramSettings, ({ settings }) => settings),
    of(Clock, ({ clock }) => clock),
    of(BotStorage, ({ storage }) => storage),
    of(ErrorDescriber, ({ errors }) => errors),
    of(FileLinks, ({ fileLinks }) => fileLinks),
    of(FileReferences, ({ fileReferences }) => fileReferences),
  ];
}

function of(token: InjectionToken, part: (bot: BotInternals) => unknown): Provider {
  return { provide: token, inject: [BotInternals], useFactory: part };
}

function throwMissing(bot: string | undefined): never {
  const name = bot === undefined ? '' : ` with the name ${bot}`;
  const wants = `import TelegramModule${name} with isGlobal: true, or name a module that exports it among the imports of SupportChatModule`;
  throw new TelegramConfigError(
    [{ option: 'bot', got: `no TelegramModule${name}`, wants }],
    'SupportChatModule',
  );
}

/** Each reply would go to the handlers of both, one of which does not know the thread, and agents be told of a failure. */
function throwTaken(bot: string | undefined): never {
  const got = `${bot === undefined ? 'the bot without a name' : bot}, which has a chat already`;
  const wants =
    'import one SupportChatModule for each bot, or give this one the name of another bot';
  throw new TelegramConfigError([{ option: 'bot', got, wants }], 'SupportChatModule');
}
