import type { ServerResponse } from 'node:http';
import { Controller, Get, Inject, Injectable, Module, Param, Res } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { messageOf } from './stream.message.js';

/** The readers and the counter of each thread. */
@Injectable()
class BareThreads {
  readonly #readers = new Map<string, Set<ServerResponse>>();
  readonly #counters = new Map<string, number>();

  add(threadId: string, response: ServerResponse): void {
    const readers = this.#readers.get(threadId) ?? new Set();
    this.#readers.set(threadId, readers.add(response));
    response.once('close', () => readers.delete(response));
  }

  send(): void {
    for (const [threadId, readers] of this.#readers) {
      const number = (this.#counters.get(threadId) ?? 0) + 1;
      this.#counters.set(threadId, number);
      const message = { ...messageOf(number), number, changed: number };
      const event = `id: ${number}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`;
      for (const response of readers) response.write(event);
    }
  }
}

@Controller()
class BareController {
  readonly #threads: BareThreads;

  constructor(@Inject(BareThreads) threads: BareThreads) {
    this.#threads = threads;
  }

  @Get('threads/:id/stream')
  stream(@Param('id') threadId: string, @Res() response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write('event: ready\ndata: {"cursor":0}\n\n');
    this.#threads.add(threadId, response);
  }
}

@Module({ controllers: [BareController], providers: [BareThreads] })
class BareModule {}

/** A controller that only calls `response.write()`. */
export class BareStreams {
  #threads: BareThreads | undefined;

  async start(): Promise<string> {
    const app = await NestFactory.create(BareModule, new ExpressAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    this.#threads = app.get(BareThreads);
    return `${await app.getUrl()}/threads/`;
  }

  send(): Promise<void> {
    this.#threads?.send();
    return Promise.resolve();
  }
}
