import { beforeEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../common/system-clock.js';
import type { ReplyEditedEvent, ReplyEvent } from '../events/reply-event.interface.js';
import type { ReplyDeletedEvent } from '../events/stored-event.interface.js';
import { MemoryDeskStorage } from '../storage/memory/memory-desk-storage.js';
import type { InboundEvent, InboundProgress } from './inbound-event.interface.js';
import { ReplyVersions } from './reply-versions.js';
import { RevisionGate } from './revision-gate.js';

const AGENT = { id: 7, name: 'Ada', anonymous: false };
const MESSAGE = { chatId: -1, messageId: 5 };

function contentOf(text: string) {
  const chat = { id: -1, type: 'supergroup' as const, title: 'Support' };
  const raw = { message_id: 5, date: 1, chat, from: { id: 7, is_bot: false, first_name: 'Ada' } };
  return { text, html: text, raw: { ...raw, text } };
}

function replyOf(text: string): ReplyEvent {
  return {
    v: 1,
    type: 'reply',
    threadId: 't1',
    desk: 'default',
    agent: AGENT,
    message: MESSAGE,
    sentAtMs: 1,
    receivedAtMs: 1,
    ...contentOf(text),
  };
}

/** A file of an album, with its caption. */
function fileOf(messageId: number, text: string): ReplyEvent {
  const { raw, ...reply } = replyOf(text);
  const message = { chatId: -1, messageId };
  return { ...reply, message, raw: { ...raw, message_id: messageId, media_group_id: 'a' } };
}

const editOf = (text: string, version: number): ReplyEditedEvent => ({
  ...replyOf(text),
  type: 'reply.edited',
  version,
  editedAtMs: 2,
});

const DELETION: ReplyDeletedEvent = {
  v: 1,
  type: 'reply.deleted',
  threadId: 't1',
  desk: 'default',
  agent: AGENT,
  message: MESSAGE,
  atMs: 3,
};

describe('RevisionGate', () => {
  let versions: ReplyVersions;
  let gate: RevisionGate;

  beforeEach(() => {
    versions = new ReplyVersions(new MemoryDeskStorage(new SystemClock()));
    gate = new RevisionGate(versions);
  });

  /** What becomes of an event: its text, or what else. */
  async function of(payload: InboundEvent, progress?: InboundProgress): Promise<string> {
    const job = { id: 'update:1', payload, attempts: 0, ...(progress && { progress }) };
    const { delivery, confirmed } = await gate.check(job);
    if (!delivery) return confirmed.length > 0 ? 'confirm' : 'drop';
    const { event, versions: shown } = delivery;
    return event.type === 'reply' ? `${event.text} (${shown[5] ?? 0})` : event.type;
  }

  const edit = (text: string, updateId: number, editedAtMs = updateId) =>
    versions.saveEdit(MESSAGE, { threadId: 't1', content: contentOf(text), editedAtMs, updateId });

  it('has a reply that nobody has changed as it is', async () => {
    expect(await of(replyOf('one'))).toBe('one (0)');
  });

  it('has a reply in its newest form, and drops its edits once the app has got that', async () => {
    expect(await edit('two', 2)).toBe(1);
    expect(await edit('three', 3)).toBe(2);
    expect(await of(replyOf('one'))).toBe('three (2)');
    await versions.markDelivered(MESSAGE, 2);
    expect(await of(editOf('two', 1))).toBe('drop');
    expect(await of(editOf('three', 2))).toBe('drop');
    expect(await edit('four', 4)).toBe(3);
    expect(await of(editOf('four', 3))).toBe('reply.edited');
  });

  it('has an edit that came while handlers had the form before', async () => {
    await edit('two', 2);
    await edit('three', 3);
    await versions.markDelivered(MESSAGE, 1);
    expect(await of(editOf('two', 1))).toBe('drop');
    expect(await of(editOf('three', 2))).toBe('reply.edited');
  });

  it('drops an edit that a newer one follows', async () => {
    await edit('two', 2);
    await edit('three', 3);
    expect(await of(editOf('two', 1))).toBe('drop');
    expect(await of(editOf('three', 2))).toBe('reply.edited');
  });

  it('counts an edit once that Telegram delivers again, and none that is older than the newest', async () => {
    expect(await edit('two', 2)).toBe(1);
    expect(await edit('two', 2)).toBe(1);
    expect(await edit('three', 3, 2)).toBe(2);
    expect(await edit('two', 2)).toBe(0);
    expect(await edit('one', 9, 1)).toBe(0);
    expect((await versions.find(MESSAGE)).content?.text).toBe('three');
  });

  it('withholds a reply that is deleted, with its edits, and confirms the deletion', async () => {
    await edit('two', 2);
    expect(await versions.askDeletion(MESSAGE, 3)).toBe(true);
    expect(await versions.askDeletion(MESSAGE, 3)).toBe(true);
    expect(await versions.askDeletion(MESSAGE, 4)).toBe(false);
    expect(await of(replyOf('one'))).toBe('drop');
    expect(await of(editOf('two', 1))).toBe('drop');
    expect(await of(DELETION)).toBe('confirm');
  });

  it('has a deletion when some handler has got the reply', async () => {
    await versions.askDeletion(MESSAGE, 3);
    expect(await of(replyOf('one'), { handledBy: ['A'] })).toBe('drop');
    expect(await of(DELETION)).toBe('reply.deleted');
    await versions.endDeletion(MESSAGE, 'done');
    expect(await of(DELETION)).toBe('confirm');
  });

  it('has a reply, its edits and a further deletion when one was refused', async () => {
    await edit('two', 2);
    await versions.askDeletion(MESSAGE, 3);
    await versions.endDeletion(MESSAGE, 'refused');
    expect(await of(replyOf('one'))).toBe('two (1)');
    expect(await of(editOf('two', 1))).toBe('reply.edited');
    expect(await versions.askDeletion(MESSAGE, 4)).toBe(true);
    expect(await of(DELETION)).toBe('reply.deleted');
  });

  it('has an album with the newest captions and without the files that are deleted', async () => {
    const [one, two, three] = [fileOf(5, 'one'), fileOf(6, 'two'), fileOf(7, 'three')];
    const job = { id: 'update:1', payload: three, attempts: 0, progress: { album: [one, two] } };
    await versions.saveEdit(two.message, {
      threadId: 't1',
      content: { ...fileOf(6, 'new'), html: 'new' },
      editedAtMs: 2,
      updateId: 2,
    });
    await versions.askDeletion(one.message, 3);
    await versions.askEarlyDeletion(three.message, AGENT, 4);
    const { delivery, confirmed } = await gate.check(job);
    expect(delivery).toMatchObject({ event: { text: 'new', message: two.message } });
    expect(delivery?.versions).toEqual({ 6: 1 });
    expect(confirmed).toMatchObject([{ message: three.message, albumId: 'a' }]);
    const deletion = { ...DELETION, message: one.message, albumId: 'a' };
    expect(await of(deletion)).toBe('confirm');
    await versions.endDeletion(three.message, 'done');
    await versions.askDeletion(two.message, 5);
    expect(await gate.check(job)).toEqual({ delivery: null, confirmed: [] });
  });

  it('has what waits in a thread that was purged, whose stored forms are gone', async () => {
    await edit('two', 2);
    const other = { ...MESSAGE, messageId: 6 };
    await versions.saveEdit(other, {
      threadId: 't2',
      content: contentOf('other'),
      editedAtMs: 2,
      updateId: 3,
    });
    await versions.forget('t1');
    expect((await versions.find(MESSAGE)).content).toBeNull();
    expect((await versions.find(other)).content?.text).toBe('other');
    expect(await of(replyOf('one'))).toBe('one (0)');
    expect(await of(editOf('two', 1))).toBe('reply.edited');
    expect(await edit('three', 4)).toBe(2);
    await versions.askDeletion(MESSAGE, 5);
    await versions.forget('t1');
    expect(await of(replyOf('one'))).toBe('drop');
  });

  it('knows an edit and a deletion that come at the same time', async () => {
    const other = { ...MESSAGE, messageId: 6 };
    const change = { threadId: 't1', content: contentOf('two'), editedAtMs: 2, updateId: 2 };
    await Promise.all([
      versions.saveEdit(MESSAGE, change),
      versions.askDeletion(MESSAGE, 3),
      versions.askEarlyDeletion(other, AGENT, 3),
      versions.saveEdit(other, change),
    ]);
    expect(await versions.find(MESSAGE)).toMatchObject({
      version: 1,
      deletion: { state: 'asked', updateId: 3 },
    });
    expect(await versions.find(other)).toMatchObject({
      version: 1,
      earlyDeletion: { agentId: AGENT.id },
    });
    expect(await of(replyOf('one'))).toBe('drop');
  });

  it('confirms a deletion that has come before its reply, if its author wants it', async () => {
    await versions.askEarlyDeletion(MESSAGE, { ...AGENT, id: 8 }, 3);
    expect(await of(replyOf('one'))).toBe('one (0)');
    await versions.askEarlyDeletion(MESSAGE, AGENT, 3);
    expect(await of(replyOf('one'))).toBe('confirm');
  });
});
