import { Injectable } from '@nestjs/common';
import { Redis } from 'ioredis';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MemoryTranscriptStore } from '../../src/chat-widget/transcripts/memory-transcript-store.js';
import type {
  NewTranscriptThread,
  TranscriptThread,
} from '../../src/chat-widget/transcripts/transcript.interface.js';
import { SystemClock } from '../../src/common/system-clock.js';
import { ownBot } from '../support/own-bot.js';
import { RedisServer } from '../support/redis-server.js';
import { byHeader } from './chat-desk.js';
import { ChatTalk } from './chat-talk.js';
import { LIMITS } from './transcripts/transcript-stores.js';

const SLOW = { timeout: 20_000, interval: 200 };

/** The store of an app, in which a thread can be opened again while it is purged. */
@Injectable()
class AppStore extends MemoryTranscriptStore {
  /** The thread that a client opens again right after its purge. */
  reopened: NewTranscriptThread | undefined;

  constructor() {
    super(new SystemClock(), LIMITS);
  }

  override async purgeThread(threadId: string): Promise<void> {
    await super.purgeThread(threadId);
    await this.#openAgain(threadId);
  }

  async #openAgain(threadId: string): Promise<TranscriptThread | null> {
    const thread = this.reopened;
    if (thread?.threadId !== threadId) return null;
    this.reopened = undefined;
    return this.createThread(thread);
  }
}

describe.each(['the built-in store', 'a store of the app'])('A purge, with %s,', (place) => {
  let talk: ChatTalk;
  let redis: RedisServer;
  let admin: Redis;
  afterEach(async () => {
    admin.disconnect();
    await talk.stop();
    await redis.stop();
  });

  const allow = (...keys: string[]) =>
    admin.call('ACL', 'SETUSER', 'app', 'reset', 'on', '>secret', '+@all', '&*', ...keys);

  it.each(['purgeThread', 'purgeCustomer'] as const)(
    'can be repeated when the desk has not taken it: %s',
    async (method) => {
      redis = await RedisServer.start();
      admin = new Redis(redis.url);
      await allow('~*');
      talk = await ChatTalk.start({
        emulator: { bots: [ownBot()] },
        options: { redis: redis.url.replace('//', '//app:secret@') },
        support: {
          customer: byHeader,
          ...(place === 'a store of the app' && { store: AppStore }),
        },
      });
      const { support, desk } = talk.chat;
      const purge = () =>
        method === 'purgeThread'
          ? support.purgeThread(talk.threadId).then(() => [talk.threadId])
          : support.purgeCustomer('ann');
      await allow('~tg:chat:*');
      await expect(purge()).rejects.toThrow('purge again');
      await allow('~*');
      expect(await vi.waitFor(purge, SLOW)).toEqual([talk.threadId]);
      await vi.waitFor(
        () => expect(desk.emulator.callsOf('deleteForumTopic')).toHaveLength(1),
        SLOW,
      );
      expect(await talk.chat.store.findThread(talk.threadId)).toBeNull();
    },
  );
});

it('A purge of a customer names a thread once that is opened again meanwhile', async () => {
  const talk = await ChatTalk.start({ support: { customer: byHeader, store: AppStore } });
  try {
    const { store, support } = talk.chat;
    if (!(store instanceof AppStore)) throw new TypeError('The chat has another store');
    store.reopened = { threadId: talk.threadId, customerId: 'ann' };
    expect(await support.purgeCustomer('ann')).toEqual([talk.threadId]);
    expect(await store.findThread(talk.threadId)).toBeNull();
  } finally {
    await talk.stop();
  }
});
