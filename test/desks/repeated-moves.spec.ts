import { describe, expect, it } from 'vitest';
import { PLACES, startDesks } from './several-desks.js';

const THREAD = { threadId: 't1', text: 'My invoice', subject: 'Invoice 7' };

describe.each(PLACES)('A thread that is moved again, with data in %s,', (place) => {
  it('goes on when its first move is over, in order with its messages', async () => {
    const desks = await startDesks(place, { billing: {}, returns: {} });
    const { telegram } = desks.desk;
    desks.chat('default').flood(2);
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await telegram.updateThread({ threadId: 't1', desk: 'returns' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await desks.notice('returns', 'from the desk billing');
    await telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await desks.notice('returns', 'three');
    expect(desks.shown).toMatch(
      /My invoice[^]*to the desk billing[^]*from the desk default[^]*one[^]*two[^]*three/,
    );
    expect(desks.notices('billing').join('\n')).toMatch(/one[^]*moved to the desk returns/);
    expect((await telegram.findThread('t1'))?.desk).toBe('returns');
  });

  it('comes back when it is moved back before its first move is over', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    desks.chat('default').flood(2);
    await telegram.notifyNewThread(THREAD);
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await telegram.updateThread({ threadId: 't1', desk: 'default' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    await desks.notice('default', 'from the desk billing');
    await telegram.notifyUserMessage({ threadId: 't1', text: 'three' });
    await desks.notice('default', 'three');
    expect(desks.shown).toMatch(
      /My invoice[^]*to the desk billing[^]*from the desk default[^]*one[^]*two[^]*three/,
    );
  });

  it('goes to the desk that was named last when it is moved several times at once', async () => {
    const desks = await startDesks(place, { billing: {}, returns: {} });
    const { telegram } = desks.desk;
    // So that all are stored before the first is over.
    const gate = await desks.hold();
    await telegram.notifyNewThread(THREAD);
    for (const desk of ['billing', 'returns', 'default', 'returns', 'billing']) {
      expect((await telegram.updateThread({ threadId: 't1', desk })).accepted).toBe(true);
    }
    gate.open();
    await desks.notice('billing', 'from the desk default');
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desks.notice('billing', 'one');
    expect((await telegram.findThread('t1'))?.desk).toBe('billing');
    expect(desks.notices('returns')).toEqual([]);
    expect(desks.notices('default').join()).not.toContain('from the desk');
  });

  it('comes back when that is wanted, taken back and wanted again before its first move is over', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    const gate = await desks.hold();
    await telegram.notifyNewThread(THREAD);
    for (const desk of ['billing', 'default', 'billing', 'default', 'billing', 'default']) {
      expect((await telegram.updateThread({ threadId: 't1', desk })).accepted).toBe(true);
    }
    gate.open();
    await desks.notice('default', 'from the desk billing');
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await desks.notice('default', 'one');
    expect((await telegram.findThread('t1'))?.desk).toBe('default');
  });

  it('keeps its order while the line of an earlier move waits at the old desk', async () => {
    const desks = await startDesks(place);
    const { telegram } = desks.desk;
    await telegram.notifyNewThread(THREAD);
    await desks.notice('default', 'My invoice');
    const gate = await desks.hold();
    // As when billing had not waited for it, and has given the thread back since.
    await desks.queueMovedLine('earlier');
    await telegram.notifyUserMessage({ threadId: 't1', text: 'one' });
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await telegram.notifyUserMessage({ threadId: 't1', text: 'two' });
    gate.open();
    await desks.notice('billing', 'two');
    expect(desks.shown).toMatch(
      /My invoice[^]*to the desk billing[^]*one[^]*to the desk billing[^]*from the desk default[^]*two/,
    );
    expect(desks.notices('billing').join()).not.toContain('one');
  });
});
