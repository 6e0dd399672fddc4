import { equal, ok } from 'node:assert/strict';
import {
  append,
  createThread,
  fromAgent,
  fromCustomer,
  newId,
  same,
  threadOf,
} from './transcript-samples.js';
import type { TranscriptStoreCase } from './transcript-store-case.interface.js';

/** What is promised of threads. */
export const threadCases: readonly TranscriptStoreCase[] = [
  {
    name: 'creates an open thread without messages',
    async run(store) {
      const wanted = {
        threadId: newId('chat'),
        customerId: newId('customer'),
        subject: 'Größe 🧦',
      };
      const { createdAt, updatedAt, ...thread } = await store.createThread(wanted);
      const empty = { lastNumber: 0, changed: 0, readByCustomer: 0, readByAgents: 0, unread: 0 };
      same(thread, { ...wanted, ...empty, status: 'open' }, 'createThread() returns the thread');
      ok(
        createdAt instanceof Date && updatedAt instanceof Date,
        'createdAt and updatedAt are dates',
      );
      same(
        await store.findThread(wanted.threadId),
        { ...thread, createdAt, updatedAt },
        'findThread() finds it',
      );
      same(await store.list(wanted.threadId, { limit: 10 }), [], 'it has no messages');
    },
  },
  {
    name: 'returns the thread that is there when its id is created again',
    async run(store) {
      const { threadId, customerId } = await createThread(store);
      await append(store, threadId, fromCustomer('c:1'));
      await store.updateThread(threadId, { status: 'closed' });
      const present = await threadOf(store, threadId);
      const others = newId('customer');
      same(
        await store.createThread({ threadId, customerId, subject: 'new' }),
        present,
        'it is unchanged',
      );
      same(
        await store.createThread({ threadId, customerId: others }),
        present,
        'nobody else takes it over',
      );
      same(await store.listThreads(others, { limit: 10 }), [], 'nobody else sees it');
    },
  },
  {
    name: 'creates one thread when several processes create it at once',
    async run(store) {
      const [threadId, customerId] = [newId('chat'), newId('customer')];
      const creations = Array.from({ length: 5 }, () =>
        store.createThread({ threadId, customerId }),
      );
      for (const thread of await Promise.all(creations)) equal(thread.threadId, threadId);
      equal((await store.listThreads(customerId, { limit: 10 })).length, 1, 'it is listed once');
    },
  },
  {
    name: 'finds nothing of a thread that does not exist',
    async run(store) {
      const threadId = newId('chat');
      equal(await store.findThread(threadId), null, 'findThread()');
      equal(await store.append(threadId, fromCustomer('c:1')), null, 'append()');
      equal(await store.find(threadId, 'c:1'), null, 'find()');
      same(await store.list(threadId, { after: 0, limit: 10 }), [], 'list()');
      equal(await store.edit(threadId, 'c:1', { text: 'new' }), null, 'edit()');
      equal(await store.delete(threadId, 'c:1'), null, 'delete()');
      equal(await store.markRead(threadId, 'customer', 1), null, 'markRead()');
      equal(await store.updateThread(threadId, { status: 'closed' }), null, 'updateThread()');
      await store.purgeThread(threadId);
      same(await store.purgeCustomer(newId('customer')), [], 'purgeCustomer()');
      equal(await store.findThread(threadId), null, 'no call has created it');
    },
  },
  {
    name: 'lists the threads of a customer alone, the newest changes first',
    async run(store) {
      const customerId = newId('customer');
      const threads = [];
      for (let i = 0; i < 4; i += 1) threads.push(await createThread(store, customerId));
      await createThread(store);
      for (const { threadId } of threads.toReversed())
        await append(store, threadId, fromCustomer('c:1'));
      const listed = await store.listThreads(customerId, { limit: 10 });
      same(idsOf(listed), idsOf(threads), 'it lists all of them and no others');
      const times = listed.map(({ updatedAt }) => updatedAt.getTime());
      same(
        times,
        times.toSorted((one, other) => other - one),
        'updatedAt descends',
      );
      equal((await store.listThreads(customerId, { limit: 2 })).length, 2, 'limit');
      for (const thread of listed)
        same(thread, await threadOf(store, thread.threadId), 'as findThread()');
    },
  },
  {
    name: 'takes a number for each change of a thread, and none when nothing changes',
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, fromCustomer('c:1'));
      const rating = { stars: 4, comment: 'ok' } as const;
      const closed = await store.updateThread(threadId, { status: 'closed', rating });
      same(
        [closed?.status, closed?.rating, closed?.changed, closed?.lastNumber],
        ['closed', rating, 2, 2],
        'the first change',
      );
      const again = await store.updateThread(threadId, { status: 'closed', rating: { ...rating } });
      same([again?.changed, again?.lastNumber], [2, 2], 'the same once more');
      const named = await store.updateThread(threadId, { subject: 'Socks' });
      same(
        [named?.subject, named?.status, named?.rating, named?.changed],
        ['Socks', 'closed', rating, 3],
        'the rest stays',
      );
      same(await threadOf(store, threadId), named, 'findThread() has it');
      await append(store, threadId, fromCustomer('c:2'));
      const thread = await threadOf(store, threadId);
      same([thread.changed, thread.lastNumber], [3, 4], 'a message does not change the record');
    },
  },
  {
    name: 'moves marks forward only, and not beyond what there is',
    async run(store) {
      const { threadId } = await createThread(store);
      for (const id of ['c:1', 'c:2', 'c:3']) await append(store, threadId, fromCustomer(id));
      const two = await store.markRead(threadId, 'agents', 2);
      same(
        [two?.readByAgents, two?.readByCustomer, two?.changed, two?.lastNumber],
        [2, 0, 4, 4],
        'to 2',
      );
      const back = await store.markRead(threadId, 'agents', 1);
      same([back?.readByAgents, back?.changed, back?.lastNumber], [2, 4, 4], 'not back to 1');
      const beyond = await store.markRead(threadId, 'agents', 1_000);
      same(
        [beyond?.readByAgents, beyond?.changed, beyond?.lastNumber],
        [3, 5, 5],
        'not beyond the newest message',
      );
      same(await threadOf(store, threadId), beyond, 'findThread() has it');
    },
  },
  {
    name: 'leaves a mark alone that is at the newest message, however far it is to move',
    async run(store) {
      const { threadId } = await createThread(store);
      const empty = await store.markRead(threadId, 'customer', 1_000);
      same([empty?.readByCustomer, empty?.lastNumber], [0, 0], 'no messages, nothing read');
      for (const id of ['a:1', 'a:2']) await append(store, threadId, fromAgent(id));
      await store.edit(threadId, 'a:1', { text: 'new' });
      await store.delete(threadId, 'a:2');
      const read = await store.markRead(threadId, 'customer', 1_000);
      same(
        [read?.readByCustomer, read?.unread, read?.changed, read?.lastNumber],
        [2, 0, 5, 5],
        'it moves to the number of the newest message, not to the counter',
      );
      for (const upTo of [1_000, 5, Number.MAX_SAFE_INTEGER]) {
        same(await store.markRead(threadId, 'customer', upTo), read, `once more, to ${upTo}`);
      }
      await append(store, threadId, fromAgent('a:3'));
      equal((await threadOf(store, threadId)).unread, 1, 'what comes later is unread');
    },
  },
  {
    name: "counts the agents' messages above the customer's mark as unread",
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, fromCustomer('c:1'));
      for (const id of ['a:1', 'a:2', 'a:3']) await append(store, threadId, fromAgent(id));
      equal((await threadOf(store, threadId)).unread, 3, 'three replies');
      equal((await store.markRead(threadId, 'customer', 2))?.unread, 2, 'one of them is read');
      await store.edit(threadId, 'a:1', { text: 'new' });
      equal((await threadOf(store, threadId)).unread, 2, 'an edit makes nothing unread');
      await store.delete(threadId, 'a:3');
      equal((await threadOf(store, threadId)).unread, 1, 'a deleted one does not count');
      equal((await store.markRead(threadId, 'customer', 4))?.unread, 0, 'all are read');
    },
  },
  {
    name: 'forgets a purged thread and no other',
    async run(store) {
      const customerId = newId('customer');
      const [gone, kept] = [
        await createThread(store, customerId),
        await createThread(store, customerId),
      ];
      for (const { threadId } of [gone, kept]) await append(store, threadId, fromAgent('a:1'));
      await store.purgeThread(gone.threadId);
      equal(await store.findThread(gone.threadId), null, 'findThread()');
      equal(await store.find(gone.threadId, 'a:1'), null, 'find()');
      same(await store.list(gone.threadId, { limit: 10 }), [], 'list()');
      equal(await store.append(gone.threadId, fromCustomer('c:1')), null, 'append()');
      const listed = await store.listThreads(customerId, { limit: 10 });
      same(
        listed.map(({ threadId }) => threadId),
        [kept.threadId],
        'listThreads()',
      );
      const anew = await store.createThread({ threadId: gone.threadId, customerId });
      same([anew.lastNumber, anew.unread], [0, 0], 'created anew, it begins at 0');
    },
  },
  {
    name: 'forgets all threads of a purged customer and nobody else’s',
    async run(store) {
      const [customerId, other] = [newId('customer'), newId('customer')];
      const threads = [
        await createThread(store, customerId),
        await createThread(store, customerId),
      ];
      const kept = await createThread(store, other);
      for (const { threadId } of [...threads, kept])
        await append(store, threadId, fromCustomer('c:1'));
      const purged = await store.purgeCustomer(customerId);
      const ids = idsOf(threads);
      same(purged.toSorted(), ids, 'purgeCustomer() returns the ids');
      for (const threadId of ids) equal(await store.findThread(threadId), null, 'findThread()');
      same(await store.listThreads(customerId, { limit: 10 }), [], 'listThreads()');
      equal(
        (await store.list(kept.threadId, { limit: 10 })).length,
        1,
        'the thread of another customer stays',
      );
    },
  },
];

function idsOf(threads: ReadonlyArray<{ readonly threadId: string }>): string[] {
  return threads.map(({ threadId }) => threadId).toSorted();
}
