import { describe, expect, it } from 'vitest';
import type { OutboundJob } from './outbound-job.interface.js';
import { readOutboundJob, type StoredOutboundJob } from './upgrade-outbound-job.js';

/** A job as it comes out of Redis. */
function stored(json: string): StoredOutboundJob {
  return JSON.parse(json);
}

const read = (payload: StoredOutboundJob) => readOutboundJob({ payload });

describe('readOutboundJob', () => {
  it('leaves a job of this version as it is', () => {
    const job: OutboundJob = {
      v: 1,
      type: 'message.added',
      threadId: 't1',
      messageId: 'm1',
      body: { text: 'Hello' },
    };
    expect(read(stored(JSON.stringify(job)))).toEqual(job);
  });

  it('reads the first message of a thread that was stored without a version', () => {
    const job = read(
      stored(
        '{"kind":"newThread","threadId":"t1","text":"Help","subject":"Order 7","customer":{"name":"Ada"},"url":"https://example.com/t1","sentParts":0,"maybeSent":false,"alone":false}',
      ),
    );
    expect(job).toEqual({
      v: 1,
      type: 'thread.opened',
      threadId: 't1',
      body: { text: 'Help' },
      subject: 'Order 7',
      customer: { name: 'Ada' },
      url: 'https://example.com/t1',
      progress: { sentParts: 0, maybeSent: false, sendAlone: false },
    });
  });

  it('reads how far a message had come that was stored without a version', () => {
    const job = read(
      stored(
        '{"kind":"userMessage","threadId":"t1","text":"A long text","sentParts":3,"maybeSent":true,"alone":true}',
      ),
    );
    expect(job).toEqual({
      v: 1,
      type: 'message.added',
      threadId: 't1',
      body: { text: 'A long text' },
      progress: { sentParts: 3, maybeSent: true, sendAlone: true },
    });
  });

  it.each([
    ['"replyFailed","threadId":"t1","reason":"It is closed"', 'reply_failed', 'It is closed'],
    ['"replyUnroutable"', 'unroutable', undefined],
    ['"replyRefused"', 'not_allowed', undefined],
    ['"replyWaits"', 'reply_waiting', undefined],
    ['"reactionsForbidden"', 'reactions_forbidden', undefined],
    ['"replyEdited"', 'reply_edited', undefined],
    ['"replyUnsupported"', 'unsupported', undefined],
    ['"notAReply","notAReplyReason":"ambiguous"', 'not_a_reply', 'ambiguous'],
  ])('reads a notice for an agent that was stored as %s', (fields, code, reason) => {
    const job = read(
      stored(
        `{"kind":${fields},"about":{"chatId":-100,"messageId":7},"sentParts":0,"maybeSent":false,"alone":false}`,
      ),
    );
    expect(job).toMatchObject({
      v: 1,
      type: 'agent.notified',
      inReplyTo: { chatId: -100, messageId: 7 },
      code,
      ...(reason && { reason }),
    });
  });
});
