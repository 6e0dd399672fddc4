import {
  array,
  assert,
  asyncProperty,
  constant,
  nat,
  oneof,
  record,
  type Arbitrary,
} from 'fast-check';
import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { TranscriptMessage } from '../../../src/chat-widget/transcripts/transcript.interface.js';
import { fromAgent, fromCustomer } from '../../../src/testing/transcripts/transcript-samples.js';
import { ownBot } from '../../support/own-bot.js';
import type { EventClient } from './event-client.js';
import { HeldLists } from './held-lists.js';
import { StreamApp } from './stream-app.js';

type Step =
  | {
      readonly kind: 'append' | 'edit' | 'delete' | 'markRead';
      readonly app: number;
      readonly nth: number;
    }
  | { readonly kind: 'break'; readonly reader: number; readonly app: number };

type HeldStep =
  { readonly kind: 'append' | 'open' } | { readonly kind: 'release'; readonly nth: number };

const SETTINGS = {
  numRuns: 12,
  ...(process.env['FUZZ_SEED'] && { seed: Number(process.env['FUZZ_SEED']) }),
};

const steps = array(
  oneof(
    { weight: 4, arbitrary: change('append') },
    { weight: 3, arbitrary: change('edit') },
    { weight: 1, arbitrary: change('delete') },
    { weight: 1, arbitrary: change('markRead') },
    {
      weight: 2,
      arbitrary: record({
        kind: constant('break' as const),
        reader: nat(2),
        app: nat(1),
      }),
    },
  ),
  { minLength: 20, maxLength: 120 },
);

function change(kind: 'append' | 'edit' | 'delete' | 'markRead'): Arbitrary<Step> {
  return record({ kind: constant(kind), app: nat(1), nth: nat(40) });
}

/** What happens while the store is slow: the lists that it has read are released one by one. */
const heldSteps: Arbitrary<HeldStep[]> = array<HeldStep>(
  oneof(
    { weight: 3, arbitrary: record({ kind: constant('append' as const) }) },
    { weight: 1, arbitrary: record({ kind: constant('open' as const) }) },
    { weight: 6, arbitrary: record({ kind: constant('release' as const), nth: nat(3) }) },
  ),
  { minLength: 20, maxLength: 60 },
);

/** A reader who comes back after each break to where it was, at any process. */
class Reader {
  readonly ids: number[] = [];
  readonly messages = new Map<unknown, unknown>();
  #cursor = 0;

  constructor(
    private readonly threadId: string,
    private client: EventClient,
  ) {}

  /** Breaks off without a word and comes back. */
  async comeBack(app: StreamApp): Promise<void> {
    this.#take();
    this.client.close();
    const headers = { 'Last-Event-ID': String(this.#cursor) };
    this.client = await app.open(`${this.threadId}/stream`, { headers });
  }

  async end(lastNumber: number): Promise<void> {
    await this.client.until(
      ({ lastEventId }) => Math.max(this.#cursor, Number(lastEventId)) >= lastNumber,
    );
    this.#take();
    this.client.close();
  }

  #take(): void {
    for (const { event, id, data } of this.client.events) {
      if (id === undefined) continue;
      this.#cursor = Number(id);
      this.ids.push(this.#cursor);
      if (event === 'message') this.messages.set(data['id'], data);
    }
  }
}

describe.each(['memory', 'redis'] as const)('streams of a thread in %s', (storage) => {
  let apps: StreamApp[] = [];

  beforeAll(async () => {
    const options =
      storage === 'redis' ? { botToken: ownBot().token, redis: inject('redisUrl') } : {};
    const first = await StreamApp.start({ options });
    apps =
      storage === 'redis'
        ? [first, await StreamApp.start({ adapter: 'fastify', options })]
        : [first];
  });
  afterAll(() => Promise.all(apps.map((app) => app.close())));

  const appOf = (index: number): StreamApp => {
    const app = apps[index % apps.length];
    if (!app) throw new Error('No app');
    return app;
  };

  it('show every change in order and once, whoever writes and however often they break off', async () => {
    const run = async (list: readonly Step[]): Promise<void> => {
      const threadId = `chat_${randomUUID()}`;
      await appOf(0).createThread(threadId);
      const clients = [0, 1, 2].map((i) => appOf(i).open(`${threadId}/stream`));
      const readers = (await Promise.all(clients)).map((client) => new Reader(threadId, client));
      const writing: Array<Promise<void>> = [];
      for (const step of list) {
        if (step.kind === 'break') await readers[step.reader]?.comeBack(appOf(step.app));
        else writing.push(write(appOf(step.app), threadId, step, writing.length));
      }
      await Promise.all(writing);
      const { store } = appOf(0);
      const { lastNumber, changed } = (await store.findThread(threadId)) ?? {
        lastNumber: -1,
        changed: -1,
      };
      const stored = await store.list(threadId, { after: 0, limit: 1_000 });
      const wanted: TranscriptMessage[] = JSON.parse(JSON.stringify(stored));
      for (const reader of readers) {
        await reader.end(Math.max(changed, ...stored.map((message) => message.changed)));
        expect(reader.ids).toEqual([...new Set(reader.ids)].toSorted((a, b) => a - b));
        expect(reader.messages).toEqual(new Map(wanted.map((message) => [message.id, message])));
        expect(reader.ids.at(-1) ?? 0).toBeLessThanOrEqual(lastNumber);
      }
    };
    await assert(asyncProperty(steps, run), SETTINGS);
  }, 120_000);
});

describe('streams of a thread in a slow store', () => {
  let app: StreamApp;
  let lists: HeldLists;

  beforeAll(async () => {
    app = await StreamApp.start();
    lists = new HeldLists(app.store);
  });
  afterAll(() => app.close());

  it('show every change in order and once, whoever comes while others wait for a page', async () => {
    const run = async (before: number, list: readonly HeldStep[]): Promise<void> => {
      const [threadId, customerId] = [`chat_${randomUUID()}`, randomUUID()];
      await app.createThread(threadId, before, customerId);
      const path = `${threadId}/stream?customer=${customerId}`;
      const live = await (await app.open(`${path}&after=${before}`)).ready();
      lists.hold();
      const openings: Array<Promise<EventClient>> = [];
      let last = before;
      for (const step of list) {
        if (step.kind === 'append') await app.append(threadId, `a:${(last += 1)}`);
        else if (step.kind === 'release') await lists.release(step.nth);
        else if (openings.length < 9) {
          const count = lists.count + 1;
          openings.push(app.open(path));
          await lists.until(count);
        }
        await turn();
      }
      lists.releaseAll();
      const late = await Promise.all(openings);
      const all = Array.from({ length: last }, (_, i) => i + 1);
      for (const client of [live, ...late]) {
        const wanted = client === live ? last - before : last;
        await client.until(({ ids }) => ids.length >= wanted);
        client.close();
      }
      expect(live.ids).toEqual(all.slice(before));
      for (const client of late) expect(client.ids).toEqual(all);
    };
    await assert(asyncProperty(nat(120), heldSteps, run), {
      ...SETTINGS,
      numRuns: 50,
      endOnFailure: true,
    });
  }, 120_000);
});

async function write(
  app: StreamApp,
  threadId: string,
  { kind, nth }: Exclude<Step, { kind: 'break' }>,
  index: number,
): Promise<void> {
  const { store } = app;
  if (kind === 'append') {
    const message = index % 2 ? fromAgent(`m:${nth}`) : fromCustomer(`m:${nth}`);
    await store.append(threadId, message);
  } else if (kind === 'edit') await store.edit(threadId, `m:${nth}`, { text: `text ${index}` });
  else if (kind === 'delete') await store.delete(threadId, `m:${nth}`);
  else await store.markRead(threadId, index % 2 ? 'agents' : 'customer', nth);
  app.feeds.changed(threadId);
}
