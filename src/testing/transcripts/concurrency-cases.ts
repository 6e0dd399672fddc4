import { equal, ok } from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TranscriptStore } from '../../chat-widget/transcripts/transcript-store.js';
import {
  append,
  createThread,
  fromAgent,
  fromCustomer,
  same,
  threadOf,
} from './transcript-samples.js';
import type { TranscriptStoreCase } from './transcript-store-case.interface.js';

const WRITERS = 8;
const MESSAGES = 10;

/** What is promised when several processes change one thread at once. */
export const concurrencyCases: readonly TranscriptStoreCase[] = [
  {
    name: 'gives each message a number of its own when many are appended at once',
    async run(store) {
      const { threadId } = await createThread(store);
      await appendMany(store, threadId);
      const messages = await store.list(threadId, { after: 0, limit: 1_000 });
      const all = WRITERS * MESSAGES;
      same(
        messages.map(({ number }) => number),
        Array.from({ length: all }, (_, i) => i + 1),
        'the numbers',
      );
      equal(new Set(messages.map(({ id }) => id)).size, all, 'each message is there once');
      equal((await threadOf(store, threadId)).lastNumber, all, 'the counter');
    },
  },
  {
    name: 'appends a message once when it is appended several times at once',
    async run(store) {
      const { threadId } = await createThread(store);
      const attempts = Array.from({ length: WRITERS }, () =>
        store.append(threadId, fromCustomer('c:1')),
      );
      const appended = await Promise.all(attempts);
      equal(appended.filter((each) => each?.isNew).length, 1, 'one of them is new');
      for (const each of appended) equal(each?.message.number, 1, 'all get the same message');
      equal((await threadOf(store, threadId)).lastNumber, 1, 'one number is taken');
    },
  },
  {
    name: 'loses no change of a message when several are made at once',
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, fromAgent('a:1'));
      await Promise.all([
        store.edit(threadId, 'a:1', { text: 'new' }),
        store.edit(threadId, 'a:1', { reactions: { customer: '👍' } }),
        store.edit(threadId, 'a:1', { reactions: { agents: ['🔥'] } }),
        store.edit(threadId, 'a:1', { html: null }),
      ]);
      const { text, html, reactions, changed } = (await store.find(threadId, 'a:1')) ?? {};
      same(
        [text, html, reactions, changed],
        ['new', undefined, { customer: '👍', agents: ['🔥'] }, 5],
        'all four changes',
      );
    },
  },
  {
    name: 'keeps the highest mark when several are set at once',
    async run(store) {
      const { threadId } = await createThread(store);
      for (let i = 1; i <= WRITERS; i += 1) await append(store, threadId, fromAgent(`a:${i}`));
      const marks = Array.from({ length: WRITERS }, (_, i) =>
        store.markRead(threadId, 'customer', i + 1),
      );
      await Promise.all(marks);
      const { readByCustomer, unread } = await threadOf(store, threadId);
      same([readByCustomer, unread], [WRITERS, 0], 'the mark and what is unread');
    },
  },
  {
    name: 'shows a number only after all lower ones, so that a reader misses nothing',
    async run(store) {
      const { threadId } = await createThread(store);
      const seen: string[] = [];
      let isWriting = true;
      const read = async (): Promise<void> => {
        for (let cursor = 0; ;) {
          const isLast = !isWriting;
          const { lastNumber } = await threadOf(store, threadId);
          const messages = await store.list(threadId, { after: cursor, limit: 1_000 });
          for (const { id, changed } of messages) if (changed <= lastNumber) seen.push(id);
          ok(lastNumber >= cursor, 'the counter never goes back');
          cursor = lastNumber;
          if (isLast) return;
          await nextTurn();
        }
      };
      const reading = read();
      await appendMany(store, threadId);
      isWriting = false;
      await reading;
      const all = await store.list(threadId, { after: 0, limit: 1_000 });
      same(
        seen,
        all.map(({ id }) => id),
        'what a reader has seen, who asks for what is above the counter that it knows',
      );
    },
  },
];

async function appendMany(store: TranscriptStore, threadId: string): Promise<void> {
  const write = async (writer: number): Promise<void> => {
    for (let i = 0; i < MESSAGES; i += 1)
      await append(store, threadId, fromCustomer(`c:${writer}:${i}`));
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
}
