import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { Injectable } from '@nestjs/common';
import diagnostics from 'node:diagnostics_channel';
import { ClientRequest } from 'node:http';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { AgentCommand, OnThreadReply, type ThreadReply } from '../../src/index.js';
import { ownBot } from '../support/own-bot.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { RecordingSdk, textOfSpan } from './recording-sdk.js';

const SOON = { timeout: 20_000 };

/** An app whose handlers make spans of their own, as instrumented libraries do. */
@Injectable()
class TracedApp {
  fails = 0;

  @OnThreadReply()
  async take({ text }: ThreadReply): Promise<void> {
    await Promise.resolve();
    trace.getTracer('app').startSpan(`app took ${text}`).end();
    if (this.fails-- > 0) throw new TypeError('a text of the customer');
  }

  @AgentCommand({ name: 'refund', description: 'Refunds' })
  refund(): string {
    trace.getTracer('app').startSpan('app refunded').end();
    return 'done';
  }
}

function idOf(span: ReadableSpan | undefined): string | undefined {
  return span?.spanContext().spanId;
}

function traceOf(span: ReadableSpan | undefined): string | undefined {
  return span?.spanContext().traceId;
}

describe.each(['memory', 'Redis'])('With an SDK, a desk in %s', (place) => {
  let sdk: RecordingSdk;
  const desks: TestDesk[] = [];

  afterEach(async () => {
    await Promise.all(desks.splice(0).map((desk) => desk.stop()));
    sdk.stop();
  });

  async function start({ options, ...wanted }: TestDeskOptions = {}): Promise<TestDesk> {
    const redis = place === 'Redis' ? { redis: inject('redisUrl') } : {};
    const desk = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      providers: [TracedApp],
      ...wanted,
      options: { ...redis, ...options },
    });
    desks.push(desk);
    return desk;
  }

  async function spanNamed(name: string): Promise<ReadableSpan> {
    await vi.waitUntil(() => sdk.spans(name).length > 0, SOON);
    const [span] = sdk.spans(name);
    if (!span) throw new Error(`There is no span ${name}`);
    return span;
  }

  it('traces a notice from the request of the app to the call of the Bot API', async () => {
    sdk = RecordingSdk.start();
    const desk = await start();
    await sdk.inSpan('POST /orders', () =>
      desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' }),
    );
    await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    const call = await spanNamed('sendMessage desk/default');
    const post = await spanNamed('post desk/default');
    const send = await spanNamed('send desk/default');
    const request = await spanNamed('POST /orders');
    expect(idOf(post)).toBe(call.parentSpanContext?.spanId);
    expect(idOf(send)).toBe(post.parentSpanContext?.spanId);
    expect(idOf(request)).toBe(send.parentSpanContext?.spanId);
    expect([call, post, send].map(traceOf)).toEqual(Array(3).fill(traceOf(request)));
    expect([send, post, call].map(({ kind }) => kind)).toEqual([
      SpanKind.PRODUCER,
      SpanKind.CONSUMER,
      SpanKind.CLIENT,
    ]);
    expect(call.attributes).toEqual({
      'messaging.system': 'telegram',
      'messaging.operation.name': 'sendMessage',
      'messaging.operation.type': 'send',
      'messaging.destination.template': 'desk/default',
      'telegram_support.bot': 'default',
      'telegram_support.desk': 'default',
    });
  });

  it('links the requests of all messages that one message shows', async () => {
    sdk = RecordingSdk.start();
    const desk = await start();
    const flood = { kind: 'flood', retryAfterSeconds: 1 } as const;
    const end = desk.emulator.failShare(1, flood, 'sendMessage');
    for (const [index, text] of ['One', 'Two', 'Three'].entries()) {
      await sdk.inSpan(`request ${index}`, () =>
        desk.telegram.notifyUserMessage({ threadId: 't1', text }),
      );
    }
    // A try that began before the last of them was there ends in vain, too.
    const tries = () => desk.emulator.callsOf('sendMessage').length;
    const before = tries();
    await vi.waitUntil(() => tries() > before, SOON);
    end();
    const requests = ['request 0', 'request 1', 'request 2'].map((name) => sdk.spans(name)[0]);
    const tracesOf = (post: ReadableSpan) => [
      traceOf(post),
      ...post.links.map(({ context }) => context.traceId),
    ];
    const post = await vi.waitUntil(
      () =>
        sdk
          .spans('post desk/default')
          .find(
            (each) =>
              each.status.code !== SpanStatusCode.ERROR &&
              tracesOf(each).includes(traceOf(requests.at(-1))),
          ),
      SOON,
    );
    const linked = tracesOf(post);
    expect(linked).toEqual(requests.slice(-linked.length).map(traceOf));
    expect(post.attributes['messaging.batch.message_count']).toBe(linked.length);
    expect(linked.length).toBeGreaterThan(1);
  });

  it('traces a reply from the request of the webhook to the handler, and to what that does', async () => {
    sdk = RecordingSdk.start();
    const desk = await start({
      // As the instrumentation of HTTP does.
      configure: (app) =>
        app.use((_request: unknown, _response: unknown, next: () => void) =>
          trace.getTracer('http').startActiveSpan('POST', (span) => {
            next();
            span.end();
          }),
        ),
    });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    desk.chat.agent('Ada').reply(notice, 'Hello');
    const own = await spanNamed('app took Hello');
    const handled = await spanNamed('process desk/default');
    const received = await spanNamed('receive message');
    expect(idOf(handled)).toBe(own.parentSpanContext?.spanId);
    expect(idOf(received)).toBe(handled.parentSpanContext?.spanId);
    const requests = sdk.spans('POST').map(idOf);
    expect(requests).toContain(received.parentSpanContext?.spanId);
    expect([received.kind, handled.kind]).toEqual([SpanKind.CONSUMER, SpanKind.CONSUMER]);
    expect(handled.attributes).toMatchObject({
      'telegram_support.handler': 'RootTestModule/TracedApp.take',
      'telegram_support.event.type': 'reply',
    });
    const reaction = await spanNamed('setMessageReaction desk/default');
    expect(traceOf(reaction)).toBe(traceOf(received));
  });

  it('traces a reply that was polled, and a command, each in a trace of its own', async () => {
    sdk = RecordingSdk.start();
    const desk = await sdk.inSpan('Create Nest App', () =>
      start({ webhook: false, options: { updates: 'polling' } }),
    );
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    desk.chat.agent('Ada').reply(notice, 'Hello');
    const own = await spanNamed('app took Hello');
    desk.chat.agent('Ada').reply(notice, '/refund');
    const refunded = await spanNamed('app refunded');
    await vi.waitUntil(() => sdk.spans('receive message').length === 2, SOON);
    const received = sdk.spans('receive message');
    expect(received.map(({ parentSpanContext }) => parentSpanContext)).toEqual([
      undefined,
      undefined,
    ]);
    expect(received.map(traceOf)).toEqual([traceOf(own), traceOf(refunded)]);
    expect(sdk.spans('getUpdates')).toEqual([]);
  });

  it('says of what fails its class and its code, and nothing of its words', async () => {
    sdk = RecordingSdk.start();
    const desk = await start({ options: { replies: { attempts: 2 } } });
    desk.app.get(TracedApp).fails = 1;
    const refusal = {
      kind: 'error',
      errorCode: 403,
      description: 'Forbidden: secret words',
    } as const;
    desk.emulator.failNext('sendMessage', refusal);
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    const notice = await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    desk.chat.agent('Ada').reply(notice, 'Hello');
    await vi.waitUntil(() => sdk.spans('process desk/default').length === 2, SOON);
    const failed = sdk.spans().filter(({ status }) => status.code === SpanStatusCode.ERROR);
    const says = failed.map(({ name, attributes, events, status }) => [
      name,
      attributes['error.type'],
      events.map((event) => [event.name, event.attributes]),
      status.message,
    ]);
    expect(says).toContainEqual([
      'sendMessage desk/default',
      '403',
      [['exception', { 'exception.type': 'BotApiError' }]],
      undefined,
    ]);
    expect(says).toContainEqual([
      'process desk/default',
      'TypeError',
      [['exception', { 'exception.type': 'TypeError' }]],
      undefined,
    ]);
    expect(failed.map(textOfSpan).join()).not.toMatch(/secret words|text of the customer/);
  });

  it('names no token, secret, thread, chat or text anywhere, also where HTTP is instrumented', async () => {
    sdk = RecordingSdk.start();
    const urls: string[] = [];
    // As the instrumentation of HTTP does.
    const instrument = (message: unknown): void => {
      const request: unknown = Object(message).request;
      if (!(request instanceof ClientRequest)) return;
      if (request.host !== '127.0.0.1' || !request.path.includes('/bot')) return;
      urls.push(request.path);
      trace
        .getTracer('http')
        .startSpan('HTTP', { attributes: { 'url.path': request.path } })
        .end();
    };
    diagnostics.subscribe('http.client.request.start', instrument);
    try {
      const threadId = `thread-${randomUUID()}`;
      const secret = `secret-${randomUUID()}`;
      const desk = await start({ options: { webhookSecret: secret } });
      await desk.telegram.notifyNewThread({
        threadId,
        text: 'Very private',
        attachments: [{ data: Buffer.from('private file'), name: 'private.txt' }],
      });
      const notice = await desk.chat.waitForMessage(() => true);
      desk.chat.agent('Ada').reply(notice, 'Hello');
      await spanNamed('app took Hello');
      await spanNamed('setMessageReaction desk/default');
      expect(urls.length).toBeGreaterThan(3);
      expect(sdk.spans('HTTP')).toEqual([]);
      const own = sdk.spans().filter(({ instrumentationScope: { name } }) => name !== 'app');
      const all = own.map(textOfSpan).join('\n') + (await sdk.scraped());
      const [id = '', key = ''] = desk.emulator.bot.token.split(':');
      for (const hidden of [key, secret, threadId, String(desk.chat.id), id, 'rivate', 'Ada']) {
        expect(all).not.toContain(hidden);
      }
    } finally {
      diagnostics.unsubscribe('http.client.request.start', instrument);
    }
  });
});

describe('With an SDK, desks that share a Redis', () => {
  it('go on with the trace of a process that has ended, and read jobs that have none', async () => {
    const sdk = RecordingSdk.start();
    const redis = inject('redisUrl');
    const first = await TestDesk.start({
      emulator: { bots: [ownBot()] },
      options: { redis },
      webhook: false,
    });
    const { emulator, chat } = first;
    try {
      const end = emulator.failShare(1, { kind: 'html', status: 502 }, 'sendMessage');
      await sdk.inSpan('request', () =>
        first.telegram.notifyNewThread({ threadId: 't1', text: 'Help' }),
      );
      await vi.waitUntil(() => sdk.spans('sendMessage desk/default').length > 0, SOON);
      await first.app.close();
      expect(chat.messages).toEqual([]);
      end();
      const before = sdk.spans('post desk/default').length;
      const [request] = sdk.spans('request');
      const second = await TestDesk.start({
        options: {
          redis,
          botToken: emulator.bot.token,
          adminChatId: chat.id,
          apiRoot: emulator.apiRoot,
        },
        webhook: false,
      });
      await chat.waitForMessage(({ text }) => text?.includes('Help') === true);
      await vi.waitUntil(() => sdk.spans('post desk/default').length > before, SOON);
      expect(new Set(sdk.spans('post desk/default').map(traceOf))).toEqual(
        new Set([traceOf(request)]),
      );
      await second.stop();
    } finally {
      await emulator.stop();
      sdk.stop();
    }
  });
});
