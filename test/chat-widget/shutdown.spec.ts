import type { Server } from 'node:http';
import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { Gate } from '../support/gate.js';
import { adapterNames } from '../support/http-adapters.js';
import { ownBot } from '../support/own-bot.js';
import { byHeader, ChatDesk } from './chat-desk.js';
import { KeptConnection } from './kept-connection.js';

/** How many answers each client gets, at least, while the app shuts down and still serves. */
const HELD_ANSWERS = 3;

const places = ['memory', 'Redis'] as const;
const cases = adapterNames.flatMap((adapter) => places.map((place) => [adapter, place] as const));

/** A part of the app that takes a while to stop. */
class SlowPart {
  begin: () => void = () => undefined;
  release: () => void = () => undefined;
  readonly hasBegun = new Promise<void>((resolve) => (this.begin = resolve));
  readonly #released = new Promise<void>((resolve) => (this.release = resolve));

  beforeApplicationShutdown(): Promise<void> {
    this.begin();
    return this.#released;
  }
}

describe.each(cases)('The chat on %s, in %s, when the app shuts down', (adapter, place) => {
  let chat: ChatDesk;
  let clients: KeptConnection[] = [];
  afterEach(async () => {
    for (const client of clients) client.stop();
    clients = [];
    await chat.stop();
  });

  function repeat(path: string, method?: string): KeptConnection {
    const client = new KeptConnection(`${chat.base}${path}`, 'ann', method);
    clients.push(client);
    return client;
  }

  it('holds no connection of clients that ask again and again', async () => {
    const slow = new SlowPart();
    chat = await ChatDesk.start({
      adapter,
      emulator: { bots: [ownBot()] },
      options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
      support: { customer: byHeader },
      providers: [{ provide: SlowPart, useValue: slow }],
    });
    const { body } = await chat.customer('ann').start('Hello');
    const streams = [1, 2, 3].map(() => repeat(`threads/${body.thread.id}/stream`));
    const others = [
      repeat('threads'),
      repeat('threads/unknown'),
      repeat('nothing'),
      repeat('files/unknown'),
      repeat('threads', 'OPTIONS'),
    ];
    await vi.waitFor(() => expect(clients.map(({ begun }) => begun)).not.toContain(0), 20_000);
    expect(others.map(({ answers }) => answers[0]?.connection)).not.toContain('close');
    const closed = chat.desk.app.close();
    await slow.hasBegun;
    const before = clients.map(({ answers }) => answers.length);
    const later = () =>
      clients.map(({ answers }, index) => answers.slice((before[index] ?? 0) + 1));
    await vi.waitFor(() => {
      for (const answers of later()) expect(answers.length).toBeGreaterThan(HELD_ANSWERS);
    }, 20_000);
    const late = later();
    slow.release();
    await closed;
    expect(late.flat().filter(({ connection }) => connection !== 'close')).toEqual([]);
    expect(
      late
        .slice(0, streams.length)
        .flat()
        .map(({ status }) => status),
    ).toContain(503);
  }, 60_000);

  it('holds no connection whose request is being answered when the server closes', async () => {
    const gate = new Gate();
    let isHeld = false;
    chat = await ChatDesk.start({
      adapter,
      emulator: { bots: [ownBot()] },
      options: place === 'Redis' ? { redis: inject('redisUrl') } : {},
      support: {
        customer: async (request) => {
          if (isHeld) await gate.pass();
          return byHeader(request);
        },
      },
    });
    const client = repeat('threads');
    await vi.waitFor(() => expect(client.begun).toBeGreaterThan(0), 20_000);
    isHeld = true;
    await gate.reached;
    const server: Server = chat.desk.app.getHttpServer();
    const closed = chat.desk.app.close();
    await vi.waitFor(() => expect(server.listening).toBe(false), 20_000);
    gate.open();
    await closed;
  });
});
