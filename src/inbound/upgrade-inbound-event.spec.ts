import { describe, expect, it } from 'vitest';
import type { InboundEvent } from './inbound-event.interface.js';
import { upgradeInboundEvent, type StoredInboundEvent } from './upgrade-inbound-event.js';

const message = {
  message_id: 7,
  date: 1_700_000_000,
  chat: { id: -100, type: 'supergroup', title: 'Desk' },
  from: { id: 5, is_bot: false, first_name: 'Ada', username: 'ada' },
  text: 'On its <way>',
  entities: [{ type: 'bold', offset: 0, length: 2 }],
};

/** A job's payload as it comes out of Redis. */
function stored(payload: object): StoredInboundEvent {
  return JSON.parse(JSON.stringify(payload));
}

describe('upgradeInboundEvent', () => {
  it('leaves an event of this version as it is', () => {
    const event: InboundEvent = {
      v: 1,
      type: 'acknowledgement',
      threadId: 't1',
      message: { chatId: -100, messageId: 7 },
    };
    expect(upgradeInboundEvent(stored(event))).toEqual({ event });
  });

  it('reads a reply without a version, and separates its progress', () => {
    const failures = { 'Chat.deliver': { times: 2, reason: 'no database' } };
    const payload = {
      threadId: 't1',
      message,
      receivedAtMs: 1_700_000_000_123,
      takenBy: ['Audit.log'],
      declinedBy: ['Billing.deliver'],
      failures,
      handedOn: 3,
    };
    expect(upgradeInboundEvent(stored(payload))).toEqual({
      event: {
        v: 1,
        type: 'reply',
        threadId: 't1',
        agent: { id: 5, name: 'Ada', username: 'ada', anonymous: false },
        message: { chatId: -100, messageId: 7 },
        text: 'On its <way>',
        html: '<b>On</b> its &lt;way&gt;',
        sentAtMs: 1_700_000_000_000,
        receivedAtMs: 1_700_000_000_123,
        raw: message,
      },
      progress: {
        handledBy: ['Audit.log'],
        declinedBy: ['Billing.deliver'],
        failures,
        handedOn: 3,
      },
    });
  });

  it('fills in what the oldest replies lack', () => {
    const { event, progress } = upgradeInboundEvent(
      stored({ threadId: 't1', message, takenBy: [] }),
    );
    expect(event).toMatchObject({ receivedAtMs: 1_700_000_000_000 });
    expect(progress).toEqual({ handledBy: [], declinedBy: [], failures: {}, handedOn: 0 });
  });

  it('reads a reply whose kind or author this version does not recognize', () => {
    const { event } = upgradeInboundEvent(
      stored({
        threadId: 't1',
        takenBy: [],
        message: { ...message, text: undefined, from: undefined },
      }),
    );
    expect(event).toMatchObject({ text: '', html: '', agent: { anonymous: true } });
  });

  it('reads an acknowledgement without a version', () => {
    const about = { chatId: -100, messageId: 7 };
    const payload = { kind: 'acknowledgement', threadId: 't1', about, tries: 4 };
    expect(upgradeInboundEvent(stored(payload))).toEqual({
      event: { v: 1, type: 'acknowledgement', threadId: 't1', message: about },
      progress: { tries: 4 },
    });
  });
});
