import {
  Controller,
  Get,
  Module,
  Param,
  Query,
  Req,
  Res,
  type INestApplication,
  type Provider,
  type Type,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { request as requestOf } from 'node:http';
import type { VirtualClock } from 'telegram-bot-api-emulator';
import { BotInternals, getBotInternalsToken } from '../../../src/bot-internals.js';
import { EventPresenter } from '../../../src/chat-widget/stream/event-presenter.js';
import { OpenStreams } from '../../../src/chat-widget/stream/open-streams.js';
import { streamProviders } from '../../../src/chat-widget/stream/stream.providers.js';
import { ThreadFeeds } from '../../../src/chat-widget/stream/thread-feeds.js';
import {
  TranscriptStreams,
  type StreamRequest,
} from '../../../src/chat-widget/stream/transcript-streams.js';
import { createTranscriptStore } from '../../../src/chat-widget/transcripts/transcript-store.factory.js';
import { TranscriptStore } from '../../../src/chat-widget/transcripts/transcript-store.js';
import type {
  TranscriptMessage,
  TranscriptThread,
} from '../../../src/chat-widget/transcripts/transcript.interface.js';
import { Clock } from '../../../src/common/clock.js';
import { ErrorDescriber } from '../../../src/errors/index.js';
import { rawOf } from '../../../src/file-links/http-response.js';
import { TelegramModule, type TelegramModuleOptions } from '../../../src/index.js';
import { fromAgent, fromCustomer } from '../../../src/testing/transcripts/transcript-samples.js';
import { createApp, type AdapterName } from '../../support/http-adapters.js';
import { LogCapture } from '../../support/log-capture.js';
import { LIMITS } from '../transcripts/transcript-stores.js';
import { EventClient, type OpenOptions } from './event-client.js';

/** Shows messages as they are stored. */
class PlainPresenter extends EventPresenter {
  message(_thread: TranscriptThread, message: TranscriptMessage): object {
    return message;
  }

  thread(thread: TranscriptThread): object {
    return thread;
  }
}

/** Who a customer is may take the app a while to find out. */
class Identification {
  /** How many requests have been given up by their clients. */
  departed = 0;

  constructor(readonly identify: () => Promise<void> | void) {}
}

/** The customer is whom the query names. */
@Controller('support/threads')
class StreamController {
  constructor(
    private readonly streams: TranscriptStreams,
    private readonly identification: Identification,
  ) {}

  @Get(':id/stream')
  async stream(
    @Param('id') threadId: string,
    @Query('customer') customerId: string | undefined,
    @Req() request: StreamRequest['request'],
    @Res() response: StreamRequest['response'],
  ): Promise<void> {
    rawOf(response).once('close', () => (this.identification.departed += 1));
    await this.identification.identify();
    await this.streams.open({ threadId, customerId: customerId ?? 'ada', request, response });
  }
}

export interface StreamAppOptions {
  readonly adapter?: AdapterName;
  readonly options?: Partial<TelegramModuleOptions>;
  readonly clock?: VirtualClock;
  readonly port?: number;
  /** Runs before each stream is opened. */
  readonly identify?: () => Promise<void> | void;
  readonly prepare?: (app: INestApplication) => Promise<void> | void;
}

/** An app with streams, whose bot never reaches Telegram. */
export class StreamApp {
  private constructor(
    readonly app: INestApplication,
    readonly url: string,
    readonly logger: LogCapture,
  ) {}

  static async start(wanted: StreamAppOptions = {}): Promise<StreamApp> {
    const { adapter = 'express', options = {}, clock, prepare, port = 0 } = wanted;
    const identification = new Identification(wanted.identify ?? (() => undefined));
    const logger = new LogCapture();
    const builder = Test.createTestingModule({
      imports: [moduleOf(options, identification)],
    }).setLogger(logger);
    if (clock) builder.overrideProvider(Clock).useValue(clock);
    const app = createApp(await builder.compile(), adapter);
    app.useLogger(logger);
    await prepare?.(app);
    await app.listen(port, '127.0.0.1');
    return new StreamApp(app, await app.getUrl(), logger);
  }

  get store(): TranscriptStore {
    return this.app.get(TranscriptStore, { strict: false });
  }

  get feeds(): ThreadFeeds {
    return this.app.get(ThreadFeeds, { strict: false });
  }

  /** How many streams are open. */
  get streams(): number {
    return this.app.get(OpenStreams, { strict: false }).size;
  }

  /** How many answers have ended, whoever ended them. */
  get departed(): number {
    return this.app.get(Identification, { strict: false }).departed;
  }

  /** Asks for a stream and goes before the answer has begun. */
  async leave(path: string, signal: AbortSignal): Promise<void> {
    const sent = requestOf(`${this.url}/support/threads/${path}`, { agent: false, signal });
    sent.on('error', () => undefined);
    await new Promise((resolve) => sent.end().once('close', resolve));
  }

  open(path: string, options?: OpenOptions): Promise<EventClient> {
    return EventClient.open(`${this.url}/support/threads/${path}`, options);
  }

  async createThread(threadId: string, messages = 0, customerId = 'ada'): Promise<void> {
    await this.store.createThread({ threadId, customerId });
    for (let i = 1; i <= messages; i += 1) {
      await this.store.append(threadId, fromCustomer(`c:${i}`));
    }
  }

  async append(threadId: string, id: string, text?: string): Promise<void> {
    await this.store.append(threadId, fromAgent(id, text));
    this.feeds.changed(threadId);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

function moduleOf(options: Partial<TelegramModuleOptions>, identification: Identification): Type {
  const storeProvider: Provider = {
    provide: TranscriptStore,
    inject: [BotInternals],
    useFactory: (bot: BotInternals) => createTranscriptStore(bot, LIMITS),
  };
  const bot = {
    botToken: '123456:AAtest_token_of_nobody',
    adminChatId: -100_123,
    apiRoot: 'http://127.0.0.1:9',
    updates: 'off' as const,
    ...options,
  };

  @Module({
    imports: [TelegramModule.forRoot({ ...bot, isGlobal: true })],
    controllers: [StreamController],
    providers: [
      { provide: BotInternals, useExisting: getBotInternalsToken() },
      { provide: Identification, useValue: identification },
      storeProvider,
      ...streamProviders,
      { provide: EventPresenter, useClass: PlainPresenter },
      { provide: Clock, inject: [BotInternals], useFactory: ({ clock }: BotInternals) => clock },
      {
        provide: ErrorDescriber,
        inject: [BotInternals],
        useFactory: ({ errors }: BotInternals) => errors,
      },
    ],
  })
  class StreamAppModule {}

  return StreamAppModule;
}
