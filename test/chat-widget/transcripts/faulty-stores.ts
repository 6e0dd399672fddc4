import { setImmediate as turn } from 'node:timers/promises';
import { SystemClock } from '../../../src/common/system-clock.js';
import { MemoryTranscriptStore } from '../../../src/chat-widget/transcripts/memory-transcript-store.js';
import type { TranscriptStore } from '../../../src/chat-widget/transcripts/transcript-store.js';
import { LIMITS } from './transcript-stores.js';

type Store = MemoryTranscriptStore;
type Override<M extends keyof TranscriptStore> = (
  store: Store,
  ...args: Parameters<TranscriptStore[M]>
) => ReturnType<TranscriptStore[M]>;

/** A mistake that somebody may make in a store of their own. */
export interface Fault {
  readonly name: string;
  readonly create: () => TranscriptStore;
}

function faultOf<M extends keyof TranscriptStore>(
  name: string,
  method: M,
  override: Override<M>,
): Fault {
  const create = (): TranscriptStore => {
    const store = new MemoryTranscriptStore(new SystemClock(), LIMITS);
    const broken = new MemoryTranscriptStore(new SystemClock(), LIMITS);
    for (const each of METHODS) Reflect.set(broken, each, store[each].bind(store));
    Reflect.set(broken, method, (...args: Parameters<TranscriptStore[M]>) =>
      override(store, ...args),
    );
    return broken;
  };
  return { name, create };
}

const METHODS = [
  'createThread',
  'findThread',
  'listThreads',
  'append',
  'find',
  'list',
  'edit',
  'delete',
  'markRead',
  'updateThread',
  'purgeThread',
  'purgeCustomer',
] as const;

/** Each is found by at least one of the cases. */
export const faults: readonly Fault[] = [
  faultOf('appends twice', 'append', (store, threadId, message) =>
    store.append(threadId, { ...message, id: `${message.id}:${Math.random()}` }),
  ),
  faultOf('says that every message is new', 'append', async (store, ...args) => {
    const appended = await store.append(...args);
    return appended && { ...appended, isNew: true };
  }),
  faultOf('loses a field', 'append', (store, threadId, message) =>
    store.append(threadId, { ...message, pageUrl: undefined }),
  ),
  faultOf('creates a thread for a message', 'append', async (store, threadId, message) => {
    await store.createThread({ threadId, customerId: 'x' });
    return store.append(threadId, message);
  }),
  faultOf('lists by place in place of change', 'list', async (store, threadId, selection) => {
    const { limit } = selection;
    if (!('after' in selection)) return store.list(threadId, selection);
    const all = await store.list(threadId, { limit: 10_000 });
    return all.filter(({ changed }) => changed > selection.after).slice(0, limit);
  }),
  faultOf('includes the message after which to list', 'list', (store, threadId, selection) =>
    store.list(
      threadId,
      'after' in selection ? { ...selection, after: selection.after - 1 } : selection,
    ),
  ),
  faultOf(
    'lists the first messages in place of the last',
    'list',
    async (store, threadId, selection) =>
      'after' in selection
        ? store.list(threadId, selection)
        : (await store.list(threadId, { ...selection, limit: 10_000 })).slice(0, selection.limit),
  ),
  faultOf('ignores the limit', 'list', (store, threadId, selection) =>
    store.list(threadId, { ...selection, limit: 10_000 }),
  ),
  faultOf(
    'overwrites the reactions of the other side',
    'edit',
    (store, threadId, messageId, change) =>
      store.edit(
        threadId,
        messageId,
        change.reactions
          ? { reactions: { customer: null, agents: null, ...change.reactions } }
          : change,
      ),
  ),
  faultOf('edits by reading and writing', 'edit', async (store, threadId, messageId, change) => {
    const present = await store.find(threadId, messageId);
    await turn();
    if (!present || present.deletedAt) return null;
    const { text, html, reactions, attachments } = present;
    return store.edit(threadId, messageId, {
      text: text ?? null,
      html: html ?? null,
      attachments: attachments ?? null,
      ...change,
      reactions: { customer: null, agents: null, ...reactions, ...change.reactions },
    });
  }),
  faultOf('removes a deleted message', 'find', async (store, threadId, messageId) => {
    const message = await store.find(threadId, messageId);
    return message?.deletedAt ? null : message;
  }),
  faultOf('keeps the text of a deleted message', 'delete', async (store, threadId, messageId) => {
    const present = await store.find(threadId, messageId);
    const deleted = await store.delete(threadId, messageId);
    return deleted && { ...deleted, ...(present?.text && { text: present.text }) };
  }),
  faultOf('moves marks beyond what there is', 'markRead', async (store, threadId, by, upTo) => {
    const thread = await store.markRead(threadId, by, upTo);
    return thread && { ...thread, [by === 'agents' ? 'readByAgents' : 'readByCustomer']: upTo };
  }),
  faultOf('moves marks up to the counter', 'markRead', async (store, threadId, by, upTo) => {
    const thread = await store.markRead(threadId, by, upTo);
    const mark = by === 'agents' ? 'readByAgents' : 'readByCustomer';
    return thread && { ...thread, [mark]: Math.min(upTo, thread.lastNumber) };
  }),
  faultOf('takes a number for a mark that does not move', 'markRead', async (store, ...args) => {
    const before = await store.findThread(args[0]);
    const thread = await store.markRead(...args);
    if (!thread || thread.lastNumber !== before?.lastNumber) return thread;
    return store.updateThread(args[0], { subject: `${thread.subject ?? ''}!` });
  }),
  faultOf('counts deleted messages as unread', 'findThread', async (store, threadId) => {
    const thread = await store.findThread(threadId);
    const messages = await store.list(threadId, { limit: 10_000 });
    const unread = messages.filter(
      ({ author, number }) => author.kind === 'agent' && number > (thread?.readByCustomer ?? 0),
    );
    return thread && { ...thread, unread: unread.length };
  }),
  faultOf(
    'takes a number when nothing changes',
    'updateThread',
    async (store, threadId, change) => {
      const { subject } = (await store.findThread(threadId)) ?? {};
      await store.updateThread(threadId, { subject: `${subject}!` });
      return store.updateThread(threadId, { subject: subject ?? '', ...change });
    },
  ),
  faultOf('lists the threads of everybody', 'listThreads', async (store, _customerId, options) =>
    store.listThreads('x', options),
  ),
  faultOf('gives a thread to whoever creates it again', 'createThread', async (store, thread) => {
    const present = await store.createThread(thread);
    return { ...present, customerId: thread.customerId };
  }),
  faultOf('keeps purged threads', 'purgeThread', () => Promise.resolve()),
  faultOf('keeps the threads of a purged customer', 'purgeCustomer', () => Promise.resolve([])),
  faultOf('shows the counter before the message', 'append', async (store, threadId, message) => {
    // A counter that is raised in a transaction of its own.
    if (!(await store.findThread(threadId))) return null;
    await store.updateThread(threadId, { subject: message.id });
    await turn();
    return store.append(threadId, message);
  }),
];
