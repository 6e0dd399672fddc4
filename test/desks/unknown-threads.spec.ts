import { describe, expect, it, vi } from 'vitest';
import { Desks } from '../../src/desk/desks.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { PLACES, startDesks, type SeveralDesks } from './several-desks.js';

function recordsOf({ desk: { app } }: SeveralDesks): ThreadStateRepository {
  return app.get(ThreadStateRepository, { strict: false });
}

/** A message of the thread t1 that is posted behind the line about its arrival at the desk `billing`. */
async function putBehind({ desk: { app } }: SeveralDesks, text: string): Promise<void> {
  const { outboundQueue } = await app.get(Desks, { strict: false }).get('billing');
  const job = { v: 1, type: 'message.added', threadId: 't1', body: { text } } as const;
  await outboundQueue.enqueue('thread:t1', text, job);
}

describe.each(PLACES)('A thread that no desk knows, with data in %s,', (place) => {
  it('stays unknown when the app changes it, and begins at the desk that its first notice names', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.updateThread({ threadId: 't1', subject: 'Order' });
    await telegram.notifyNewThread({ threadId: 'd1', text: 'My parcel' });
    await desks.notice('default', 'My parcel');
    await vi.waitFor(
      async () =>
        expect(await recordsOf(desks).find('d1')).toMatchObject({ card: expect.anything() }),
      20_000,
    );
    expect(await telegram.findThread('t1')).toBeNull();
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice', desk: 'billing' });
    await desks.notice('billing', 'My invoice');
    expect(desks.notices('default').join()).not.toContain('invoice');
  });

  it('is at the desk where an agent answers an old notice of it', async () => {
    const desks = await startDesks(place);
    const { telegram, replies } = desks.desk;
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice', desk: 'billing' });
    const notice = await desks.notice('billing', 'My invoice');
    const records = recordsOf(desks);
    await vi.waitFor(async () => expect((await records.find('t1'))?.card).toBeDefined(), 20_000);
    // As after 90 days.
    await records.remove('t1');
    desks.chat('billing').agent('Ada').reply(notice, 'Paid');
    await vi.waitFor(() => expect(replies.replies).toHaveLength(1), 20_000);
    await vi.waitFor(
      async () =>
        expect(await records.find('t1')).toMatchObject({ desk: 'billing', status: 'answered' }),
      20_000,
    );
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Thanks' });
    await desks.notice('billing', 'Thanks');
  });

  it('gets no topic at the desk that it is moved to while it is purged', async () => {
    const desks = await startDesks(place, { billing: { mode: 'topics' } });
    const { telegram } = desks.desk;
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice' });
    await desks.notice('default', 'My invoice');
    const records = recordsOf(desks);
    await vi.waitFor(async () => expect((await records.find('t1'))?.card).toBeDefined(), 20_000);
    // So that both are stored before either is done.
    const gate = await desks.hold();
    await telegram.purgeThread({ threadId: 't1' });
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    expect((await records.find('t1'))?.desk).toBe('billing');
    gate.open();
    await vi.waitFor(async () => expect(await records.find('t1')).toBeNull(), 20_000);
    await putBehind(desks, 'Behind the line');
    await desks.notice('billing', 'Behind the line');
    expect(desks.notices('billing').join()).not.toContain('from the desk');
    expect(await records.find('t1')).toMatchObject({ desk: 'billing' });
  });

  it('begins anew at the default desk when it was moved while it was purged', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice' });
    await desks.notice('default', 'My invoice');
    const records = recordsOf(desks);
    await vi.waitFor(async () => expect((await records.find('t1'))?.card).toBeDefined(), 20_000);
    const gate = await desks.hold();
    await telegram.purgeThread({ threadId: 't1' });
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    gate.open();
    await vi.waitFor(async () => expect(await records.find('t1')).toBeNull(), 20_000);
    await telegram.notifyUserMessage({ threadId: 't1', text: 'Me again' });
    await desks.notice('default', 'Me again');
    await putBehind(desks, 'And more');
    await desks.notice('default', 'And more');
    expect([...desks.notices('billing'), ...desks.notices('default')].join()).not.toContain(
      'from the desk',
    );
  });
});
