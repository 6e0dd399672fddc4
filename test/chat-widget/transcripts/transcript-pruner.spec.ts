import { VirtualClock } from 'telegram-bot-api-emulator';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TranscriptStore } from '../../../src/chat-widget/index.js';
import { Gate } from '../../support/gate.js';
import { byHeader, ChatDesk, CUSTOMER_HEADER } from '../chat-desk.js';
import { EventClient } from '../stream/event-client.js';
import { PrunedStore } from './pruned.store.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SIX_HOURS_MS = DAY_MS / 4;
const WORDS = 'The store of the chat has not forgotten old threads';

describe("An app's own store", () => {
  const clock = new VirtualClock();
  let chat: ChatDesk;
  let store: PrunedStore;

  async function start(): Promise<void> {
    chat = await ChatDesk.start({
      clock,
      unchecked: true,
      webhook: false,
      options: { updates: 'off' },
      support: { customer: byHeader, store: PrunedStore, retentionDays: 30 },
    });
    store = chat.desk.app.get<TranscriptStore, PrunedStore>(TranscriptStore, { strict: false });
  }

  const failures = () => chat.desk.log.with('warn', WORDS);

  afterEach(() => chat.stop());

  it('forgets what is older than retentionDays, after a minute and then every 6 hours', async () => {
    await start();
    clock.advance(59_999);
    expect(store.prunes).toEqual([]);
    const days = [];
    for (const delayMs of [1, SIX_HOURS_MS, SIX_HOURS_MS]) {
      clock.advance(delayMs);
      days.push(new Date(clock.now() - 30 * DAY_MS));
    }
    expect(store.prunes).toEqual(days);
    await chat.desk.app.close();
    clock.advance(DAY_MS);
    expect(store.prunes).toHaveLength(3);
  });

  it('ends the streams of threads that it has forgotten', async () => {
    await start();
    const { body } = await chat.customer('ann').start('Hello');
    const threadId = body.thread.id;
    const headers = { [CUSTOMER_HEADER]: 'ann' };
    const url = `${chat.base}threads/${threadId}/stream`;
    const stream = await (await EventClient.open(url, { headers })).ready();
    // No heartbeat comes after it is open, which would find the same.
    const gate = new Gate();
    store.wait = () => gate.pass();
    store.old = [threadId];
    clock.advance(60_000);
    await gate.reached;
    gate.open();
    await stream.closed();
    expect(stream.events.at(-1)?.event).toBe('gone');
  });

  it('is asked again at the next turn when it fails, which the log says once', async () => {
    await start();
    store.wait = () => Promise.reject(new Error('The database is away'));
    for (const delayMs of [60_000, SIX_HOURS_MS, SIX_HOURS_MS]) clock.advance(delayMs);
    await vi.waitFor(() => expect(failures()).toHaveLength(1), 20_000);
    expect(failures()[0]?.text).toContain('The database is away');
    const { body } = await chat.customer('ann').start('Hello');
    store.wait = () => Promise.resolve();
    store.old = [body.thread.id];
    clock.advance(SIX_HOURS_MS);
    await vi.waitFor(async () => expect(await store.findThread(body.thread.id)).toBeNull(), 20_000);
    expect(store.prunes).toHaveLength(4);
    expect(failures()).toHaveLength(1);
  });
});
