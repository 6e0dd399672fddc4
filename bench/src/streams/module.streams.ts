import { Controller, Get, Inject, Module, Param, Req, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { TelegramModule } from 'nestjs-telegram-support';
// Not exported by the package: the routes of the chat identify customers, which is not measured here.
import { BotInternals, getBotInternalsToken } from '../../../dist/bot-internals.js';
import { EventPresenter } from '../../../dist/chat-widget/stream/event-presenter.js';
import { streamProviders } from '../../../dist/chat-widget/stream/stream.providers.js';
import { ThreadFeeds } from '../../../dist/chat-widget/stream/thread-feeds.js';
import {
  TranscriptStreams,
  type StreamRequest,
} from '../../../dist/chat-widget/stream/transcript-streams.js';
import { createTranscriptStore } from '../../../dist/chat-widget/transcripts/transcript-store.factory.js';
import { TranscriptStore } from '../../../dist/chat-widget/transcripts/transcript-store.js';
import { Clock } from '../../../dist/common/clock.js';
import { ErrorDescriber } from '../../../dist/errors/index.js';
import { messageOf } from './stream.message.js';

const TOKEN = `7000000001:${'b'.repeat(35)}`;
const LIMITS = { retentionMs: 90 * 86_400_000, maxMessages: 1_000 };

class PlainPresenter extends EventPresenter {
  message(_thread: object, message: object): object {
    return message;
  }

  thread(thread: object): object {
    return thread;
  }
}

@Controller()
class StreamController {
  readonly #streams: TranscriptStreams;

  constructor(@Inject(TranscriptStreams) streams: TranscriptStreams) {
    this.#streams = streams;
  }

  @Get('threads/:id/stream')
  stream(
    @Param('id') threadId: string,
    @Req() request: StreamRequest['request'],
    @Res() response: StreamRequest['response'],
  ): Promise<void> {
    return this.#streams.open({ threadId, customerId: threadId, request, response });
  }
}

@Module({
  imports: [
    TelegramModule.forRoot({
      botToken: TOKEN,
      adminChatId: -1001,
      apiRoot: 'http://127.0.0.1:9',
      updates: 'off',
      isGlobal: true,
    }),
  ],
  controllers: [StreamController],
  providers: [
    ...streamProviders,
    { provide: EventPresenter, useClass: PlainPresenter },
    { provide: BotInternals, useExisting: getBotInternalsToken() },
    { provide: Clock, inject: [BotInternals], useFactory: (bot: BotInternals) => bot.clock },
    {
      provide: ErrorDescriber,
      inject: [BotInternals],
      useFactory: (bot: BotInternals) => bot.errors,
    },
    {
      provide: TranscriptStore,
      inject: [BotInternals],
      useFactory: (bot: BotInternals) => createTranscriptStore(bot, LIMITS),
    },
  ],
})
class ModuleStreamsModule {}

/** The streams of the module, with transcripts in memory. */
export class ModuleStreams {
  #store: TranscriptStore | undefined;
  #feeds: ThreadFeeds | undefined;
  #threads = 0;
  #sent = 0;

  async start(threads: number): Promise<string> {
    const app = await NestFactory.create(ModuleStreamsModule, new ExpressAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');
    const store = app.get(TranscriptStore);
    this.#store = store;
    this.#feeds = app.get(ThreadFeeds);
    this.#threads = threads;
    for (let i = 0; i < threads; i += 1) {
      await store.createThread({ threadId: `t${i}`, customerId: `t${i}` });
    }
    return `${await app.getUrl()}/threads/`;
  }

  async send(): Promise<void> {
    this.#sent += 1;
    for (let i = 0; i < this.#threads; i += 1) {
      await this.#store?.append(`t${i}`, messageOf(this.#sent));
      this.#feeds?.changed(`t${i}`);
    }
  }
}
