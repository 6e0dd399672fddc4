import { HttpService } from '@nestjs/axios';
import type { Provider } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { SystemClock } from '../common/system-clock.js';
import { TelegramSettings } from '../config/telegram-settings.js';
import { OpenTelemetry } from '../telemetry/open-telemetry.js';
import { BotToken } from '../secrets/bot-token.js';
import { Redactor } from '../secrets/redactor.js';
import { FileLinks } from './file-links.js';
import { FileReferences } from './file-references.js';
import { IncomingAttachments } from './incoming-attachments.js';
import { LocalBotFiles } from './local-bot-files.js';
import { TelegramFileReader } from './telegram-file-reader.js';
import { TelegramFileTransport } from './telegram-file-transport.js';

/** What reads the files that agents have sent. */
export const incomingFileProviders: Provider[] = [
  FileLinks,
  IncomingAttachments,
  TelegramFileReader,
  {
    provide: FileReferences,
    inject: [BotToken, Clock],
    useFactory: (token: BotToken, clock: Clock) =>
      new FileReferences(token.derive('file-reference'), clock),
  },
  {
    provide: LocalBotFiles,
    inject: [TelegramSettings, BotToken],
    useFactory: ({ files }: TelegramSettings, token: BotToken) =>
      new LocalBotFiles(files.root, token),
  },
  {
    provide: TelegramFileTransport,
    inject: [HttpService, TelegramSettings, BotToken, Redactor, OpenTelemetry],
    useFactory: (
      http: HttpService,
      { apiRoot, requestTimeoutMs: timeoutMs }: TelegramSettings,
      token: BotToken,
      redactor: Redactor,
      telemetry: OpenTelemetry | null,
    ) => {
      const options = { token, apiRoot, timeoutMs, redactor };
      return new TelegramFileTransport(http, options, new SystemClock(), telemetry);
    },
  },
];
