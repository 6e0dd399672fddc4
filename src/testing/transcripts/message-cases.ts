import { equal, ok } from 'node:assert/strict';
import type { NewTranscriptMessage } from '../../chat-widget/transcripts/transcript.interface.js';
import {
  append,
  createThread,
  fromAgent,
  fromCustomer,
  same,
  SENT_AT,
  threadOf,
} from './transcript-samples.js';
import type { TranscriptStoreCase } from './transcript-store-case.interface.js';

/** A message with everything that one may have. */
const FULL: NewTranscriptMessage = {
  id: 'a:-100123:7',
  author: { kind: 'agent', id: '7', name: 'Ada 🦉 "Lovelace"' },
  text: 'one\ntwo \\ "three" \u2028 💶 \u{1F9E6} end',
  html: '<b>one</b> &amp; two',
  attachments: [
    {
      id: '1',
      kind: 'photo',
      name: '<ä>.jpg',
      contentType: 'image/jpeg',
      size: 5,
      width: 3,
      height: 2,
      text: '[photo]',
      source: { desk: 'default', fileId: 'f1', thumbnailFileId: 'f2' },
    },
    { id: '2', kind: 'voice', durationMs: 1_500, text: '[voice]', source: { uploadId: 'u1' } },
  ],
  replyTo: { id: 'c:1', quote: 'what?' },
  event: 'closed',
  reactions: { customer: '👍', agents: ['❤', '🔥'] },
  pageUrl: 'https://shop.example/?a=1&b=%20',
  sentAt: SENT_AT,
  editedAt: new Date('2026-03-01T12:00:01.000Z'),
};

/** What is promised of messages. */
export const messageCases: readonly TranscriptStoreCase[] = [
  {
    name: 'returns a message with all its fields as it was appended',
    async run(store) {
      const { threadId } = await createThread(store);
      const wanted = { ...FULL, number: 1, changed: 1 };
      same(await store.append(threadId, FULL), { message: wanted, isNew: true }, 'append()');
      same(await store.find(threadId, FULL.id), wanted, 'find()');
      same(await store.list(threadId, { after: 0, limit: 10 }), [wanted], 'list()');
    },
  },
  {
    name: 'appends a message once, however often it is appended',
    async run(store) {
      const { threadId } = await createThread(store);
      const first = await append(store, threadId, fromCustomer('c:1'));
      const again = await store.append(threadId, fromCustomer('c:1', 'another text'));
      same(again, { message: first, isNew: false }, 'the second time');
      await store.delete(threadId, 'c:1');
      const deleted = await store.append(threadId, fromCustomer('c:1'));
      ok(deleted?.message.deletedAt && !deleted.isNew, 'a deleted one does not come back');
      equal((await threadOf(store, threadId)).lastNumber, 2, 'no number is taken for it');
    },
  },
  {
    name: 'keeps messages of the same id in different threads apart',
    async run(store) {
      const [one, two] = [await createThread(store), await createThread(store)];
      await append(store, one.threadId, fromCustomer('c:1', 'one'));
      await append(store, two.threadId, fromCustomer('c:1', 'two'));
      await store.edit(two.threadId, 'c:1', { text: 'edited' });
      equal((await store.find(one.threadId, 'c:1'))?.text, 'one');
      equal(
        (await threadOf(store, one.threadId)).lastNumber,
        1,
        'each thread has a counter of its own',
      );
    },
  },
  {
    name: 'lists what has changed, each message once, in the order of its last change',
    async run(store) {
      const { threadId } = await createThread(store);
      for (const id of ['c:1', 'c:2', 'c:3', 'c:4'])
        await append(store, threadId, fromCustomer(id));
      await store.edit(threadId, 'c:2', { text: 'new' });
      await store.markRead(threadId, 'agents', 4);
      await store.delete(threadId, 'c:1');
      const changedOf = async (after: number, limit: number) =>
        (await store.list(threadId, { after, limit })).map(({ id, number, changed }) => [
          id,
          number,
          changed,
        ]);
      same(
        await changedOf(0, 10),
        [
          ['c:3', 3, 3],
          ['c:4', 4, 4],
          ['c:2', 2, 5],
          ['c:1', 1, 7],
        ],
        'all',
      );
      same(
        await changedOf(0, 2),
        [
          ['c:3', 3, 3],
          ['c:4', 4, 4],
        ],
        'limit',
      );
      same(
        await changedOf(4, 2),
        [
          ['c:2', 2, 5],
          ['c:1', 1, 7],
        ],
        'the next page',
      );
      same(await changedOf(5, 10), [['c:1', 1, 7]], 'after 5');
      same(await changedOf(7, 10), [], 'after the last');
    },
  },
  {
    name: 'lists earlier messages by their place, wherever they were changed',
    async run(store) {
      const { threadId } = await createThread(store);
      for (let i = 1; i <= 12; i += 1) await append(store, threadId, fromCustomer(`c:${i}`));
      await store.edit(threadId, 'c:3', { text: 'new' });
      const numbersOf = async (before: number | undefined, limit: number) =>
        (await store.list(threadId, { ...(before !== undefined && { before }), limit })).map(
          ({ number }) => number,
        );
      same(await numbersOf(undefined, 4), [9, 10, 11, 12], 'the last ones');
      same(await numbersOf(9, 5), [4, 5, 6, 7, 8], 'those before 9');
      same(await numbersOf(4, 5), [1, 2, 3], 'the first ones');
      same(await numbersOf(1, 5), [], 'none before the first');
      equal(
        (await store.list(threadId, { before: 4, limit: 1 }))[0]?.text,
        'new',
        'in their present form',
      );
    },
  },
  {
    name: 'changes what an edit names, and leaves the rest',
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, FULL);
      const editedAt = new Date('2026-03-01T12:05:00.000Z');
      const change = {
        text: 'new',
        html: null,
        attachments: FULL.attachments?.slice(1) ?? null,
        editedAt,
      };
      const wanted = {
        ...FULL,
        text: 'new',
        html: undefined,
        attachments: FULL.attachments?.slice(1),
        editedAt,
        number: 1,
        changed: 2,
      };
      same(await store.edit(threadId, FULL.id, change), wanted, 'edit()');
      same(await store.find(threadId, FULL.id), wanted, 'find()');
      equal(await store.edit(threadId, 'none', change), null, 'a message that does not exist');
      equal((await threadOf(store, threadId)).lastNumber, 2, 'one number a change');
    },
  },
  {
    name: 'changes the reactions of one side and leaves those of the other',
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, fromAgent('a:1'));
      await store.edit(threadId, 'a:1', { reactions: { customer: '👍' } });
      await store.edit(threadId, 'a:1', { reactions: { agents: ['🔥'] } });
      const reactionsOf = async () => (await store.find(threadId, 'a:1'))?.reactions;
      same(await reactionsOf(), { customer: '👍', agents: ['🔥'] }, 'both sides');
      await store.edit(threadId, 'a:1', { reactions: { customer: null } });
      same(await reactionsOf(), { agents: ['🔥'] }, "without the customer's");
      await store.edit(threadId, 'a:1', { reactions: { agents: null } });
      same(await reactionsOf(), undefined, 'without any');
    },
  },
  {
    name: 'keeps of a deleted message that there was one, and nothing that it said',
    async run(store) {
      const { threadId } = await createThread(store);
      await append(store, threadId, FULL);
      const deleted = await store.delete(threadId, FULL.id);
      ok(deleted?.deletedAt instanceof Date, 'deletedAt is a date');
      const { id, author, sentAt } = FULL;
      const wanted = { id, author, sentAt, number: 1, changed: 2, deletedAt: deleted.deletedAt };
      same(deleted, wanted, 'delete()');
      same(await store.find(threadId, id), wanted, 'find()');
      same(await store.delete(threadId, id), wanted, 'deleted again, it is as it was');
      equal(
        await store.edit(threadId, id, { text: 'new' }),
        null,
        'an edit does not bring it back',
      );
      same(await store.list(threadId, { after: 0, limit: 10 }), [wanted], 'list()');
      equal((await threadOf(store, threadId)).lastNumber, 2, 'one number for all of it');
    },
  },
];
