import { describe, expect, it, vi } from 'vitest';
import type { Message } from '../../src/testing/index.js';
import { ThreadMappingRepository } from '../../src/index.js';
import { Gate } from '../support/gate.js';
import { RevisionLog } from '../support/revision-log.js';
import { DeskLog, PLACES, startDesks, type Place, type SeveralDesks } from './several-desks.js';

const SLOW = { timeout: 20_000 };
const ADMINISTRATOR = { status: 'administrator' } as const;

/** Two desks with topics, and a thread that has moved from the default one to the other. */
async function startMoved(
  place: Place,
): Promise<{ desks: SeveralDesks; old: Message; present: Message }> {
  const desks = await startDesks(
    place,
    { billing: { mode: 'topics', rateLimit: { messages: 99, windowMs: 1_000 } } },
    {
      providers: [RevisionLog, DeskLog],
      chat: (emulator) => emulator.createForum({ title: 'Support' }),
      options: { mode: 'topics', rateLimit: { messages: 99, windowMs: 1_000 } },
    },
  );
  const { telegram } = desks.desk;
  await telegram.notifyNewThread({ threadId: 't1', messageId: 'm1', text: 'My invoice' });
  const old = await desks.notice('default', 'My invoice');
  await telegram.updateThread({ threadId: 't1', desk: 'billing' });
  const present = await desks.notice('billing', 'from the desk default');
  await desks.chat('default').waitForTopic(({ isClosed }) => isClosed, 20_000);
  return { desks, old, present };
}

function topicOf({ message_thread_id: id = 0 }: Message): number {
  return id;
}

function ada(desks: SeveralDesks, name: string) {
  return desks.chat(name).agent('Ada', ADMINISTRATOR);
}

describe.each(PLACES)('An agent at the former desk of a thread, with data in %s,', (place) => {
  it('answers through the present desk, whose topic shows that', async () => {
    const { desks, old } = await startMoved(place);
    const agent = ada(desks, 'default');
    const reply = agent.inTopic(topicOf(old)).reply(old, 'Paid');
    await vi.waitFor(() => expect(desks.log.billing).toEqual(['billing: Paid']), SLOW);
    expect(desks.log.main).toEqual([]);
    const log = desks.desk.app.get(RevisionLog);
    expect(log.replies).toMatchObject([{ threadId: 't1', replyTo: { messageId: 'm1' } }]);
    expect(await desks.chat('default').waitForReaction(reply.message_id, 20_000)).toEqual(['👍']);
    await desks.chat('billing').waitForTopic(({ icon }) => icon.includes('💬'), 20_000);
    agent.edit(reply, 'Paid today');
    await vi.waitFor(() => expect(log.edits).toMatchObject([{ text: 'Paid today' }]), SLOW);
    agent.react(reply, '🙈');
    await vi.waitFor(() => expect(log.deletions).toHaveLength(1), SLOW);
  }, 60_000);

  it('keeps a note a note when it is edited', async () => {
    const { desks, old } = await startMoved(place);
    const agent = ada(desks, 'default').inTopic(topicOf(old));
    const note = agent.write('// hm');
    await desks.desk.emulator.idle();
    agent.edit(note, 'hm');
    await desks.notice('default', 'note');
    agent.write('Paid');
    await vi.waitFor(() => expect(desks.log.billing).toEqual(['billing: Paid']), SLOW);
    expect(desks.desk.app.get(RevisionLog).edits).toEqual([]);
  }, 60_000);

  it('waits for what was answered at the present desk before', async () => {
    const { desks, old, present } = await startMoved(place);
    const log = desks.desk.app.get(RevisionLog);
    const mappings = desks.desk.app.get(ThreadMappingRepository, { strict: false });
    const begun: string[] = [];
    const gate = new Gate();
    log.before = async (line) => {
      begun.push(line);
      if (line === 'first') await gate.pass();
    };
    ada(desks, 'billing').inTopic(topicOf(present)).write('first');
    await vi.waitFor(() => expect(begun).toEqual(['first']), SLOW);
    const second = ada(desks, 'default').inTopic(topicOf(old)).write('second');
    const ref = { chatId: second.chat.id, messageId: second.message_id };
    await vi.waitFor(async () => expect(await mappings.find(ref)).toBe('t1'), SLOW);
    expect(begun).toEqual(['first']);
    gate.open();
    await vi.waitFor(() => expect(log.lines).toEqual(['first', 'second']), SLOW);
  }, 60_000);

  it('closes the thread by 👌 on an old notice, and its present topic with it', async () => {
    const { desks, old } = await startMoved(place);
    ada(desks, 'default').react(old, '👌');
    const topic = await desks.chat('billing').waitForTopic(({ isClosed }) => isClosed, 20_000);
    expect(topic.icon).toContain('✅');
    expect((await desks.desk.telegram.findThread('t1'))?.status).toBe('closed');
  }, 60_000);
});
