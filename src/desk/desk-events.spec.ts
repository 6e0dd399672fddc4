import { describe, expect, it } from 'vitest';
import type { DeadLetter } from '../dead-letters/dead-letter.interface.js';
import { DeskEvents } from './desk-events.js';

const letter: DeadLetter = {
  id: 'outbound:1',
  desk: 'default',
  direction: 'outbound',
  threadId: 't1',
  text: '',
  agent: null,
  reason: 'refused',
  attempts: 1,
  diedAt: new Date(0),
};

describe('DeskEvents', () => {
  it('calls the listeners of an event in order', () => {
    const events = new DeskEvents();
    const calls: string[] = [];
    events.on('deadLetter', ({ id }) => calls.push(`first ${id}`));
    events.on('deadLetter', ({ id }) => calls.push(`second ${id}`));
    events.emit('deadLetter', letter);
    expect(calls).toEqual(['first outbound:1', 'second outbound:1']);
  });

  it('calls the other listeners, and throws nothing, when a listener throws', () => {
    const events = new DeskEvents();
    const ids: string[] = [];
    events.on('deadLetter', () => {
      throw new Error('broken');
    });
    events.on('deadLetter', ({ id }) => ids.push(id));
    events.emit('deadLetter', letter);
    events.emit('deadLetter', letter);
    expect(ids).toEqual(['outbound:1', 'outbound:1']);
  });
});
