import { describe, expect, it } from 'vitest';
import { outcomeOf, type KnownHandlers } from './dispatch-outcome.js';
import type { DeliveryProgress } from './delivery-progress.interface.js';

const failed = (times: number) => ({ times, reason: 'no database' });

/** The state of a reply in a desk whose process has the handler A, and two attempts for each. */
function stateOf(progress: Partial<DeliveryProgress>, known: Partial<KnownHandlers> = {}) {
  return outcomeOf(
    { handledBy: [], declinedBy: [], failures: {}, handedOn: 0, ...progress },
    { own: ['A'], published: ['A'], attempts: 2, isExpected: true, ...known },
  );
}

describe('outcomeOf', () => {
  it('is handled when every known handler has handled or declined the reply', () => {
    expect(stateOf({ handledBy: ['A'] }).state).toBe('handled');
    const known = { published: ['A', 'B'] };
    expect(stateOf({ handledBy: ['B'], declinedBy: ['A'] }, known).state).toBe('handled');
  });

  it('is failed while only handlers of this process are missing, which have attempts left', () => {
    expect(stateOf({ failures: { A: failed(1) } })).toEqual({
      state: 'failed',
      reason: 'no database',
      isThrown: true,
    });
  });

  it('is rejected when a handler has used up its attempts, and no other is missing', () => {
    const outcome = { state: 'rejected', reason: 'no database', isThrown: true };
    expect(stateOf({ failures: { A: failed(2) } })).toEqual(outcome);
    const known = { published: ['A', 'B'] };
    expect(stateOf({ handledBy: ['B'], failures: { A: failed(2) } }, known)).toEqual(outcome);
  });

  it('is elsewhere when only other processes have the missing handlers', () => {
    expect(stateOf({ handledBy: ['A'] }, { published: ['A', 'B'] }).state).toBe('elsewhere');
    expect(stateOf({ failures: { A: failed(2) } }, { published: ['A', 'B'] }).state).toBe(
      'elsewhere',
    );
  });

  it('is elsewhere, so that others go on, when a handler of this process has failed, too', () => {
    const known = { published: ['A', 'B'] };
    expect(stateOf({ failures: { A: failed(1) } }, known).state).toBe('elsewhere');
    expect(stateOf({ failures: { A: failed(1), B: failed(1) } }, known).state).toBe('elsewhere');
    expect(stateOf({ handledBy: ['B'], failures: { A: failed(1) } }, known).state).toBe('failed');
    expect(stateOf({ failures: { A: failed(1), B: failed(2) } }, known).state).toBe('failed');
  });

  it('is elsewhere when the handlers of other processes are not known', () => {
    expect(stateOf({ handledBy: ['A'] }, { published: null }).state).toBe('elsewhere');
    expect(stateOf({}, { own: [], published: null }).state).toBe('elsewhere');
  });

  it('ignores the failures of a handler that no process has any more', () => {
    expect(stateOf({ handledBy: ['A'], failures: { Old: failed(1) } }).state).toBe('handled');
  });

  it('is rejected at once when the desk has no handler', () => {
    expect(stateOf({}, { own: [], published: [] })).toMatchObject({
      state: 'rejected',
      isThrown: false,
    });
  });

  it('is rejected when no handler takes the thread', () => {
    expect(stateOf({ declinedBy: ['A'] })).toMatchObject({ state: 'rejected', isThrown: false });
  });

  it('is handled when nobody expects it and no handler takes it', () => {
    const unexpected = { isExpected: false };
    expect(stateOf({}, { own: [], published: [], ...unexpected }).state).toBe('handled');
    expect(stateOf({ declinedBy: ['A'] }, unexpected).state).toBe('handled');
    expect(stateOf({ failures: { A: failed(2) } }, unexpected).state).toBe('rejected');
  });
});
