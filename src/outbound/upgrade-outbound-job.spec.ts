import { describe, expect, it } from 'vitest';
import type { Job } from '../queue/job.interface.js';
import type { OutboundJob, OutboundProgress } from './outbound-job.interface.js';
import { type StoredOutboundJob, upgradeOutboundJob } from './upgrade-outbound-job.js';

/** A job as it comes out of Redis. */
function stored(
  json: string,
  progress?: OutboundProgress,
): Job<StoredOutboundJob, OutboundProgress> {
  return { id: 'm1', payload: JSON.parse(json), progress, attempts: 0 };
}

describe('upgradeOutboundJob', () => {
  it('leaves a job of this version as it is', () => {
    const payload: OutboundJob = {
      v: 1,
      type: 'message.added',
      threadId: 't1',
      messageId: 'm1',
      body: { text: 'Hello' },
    };
    const job = stored(JSON.stringify(payload), {
      sentParts: 1,
      maybeSent: false,
      sendAlone: false,
    });
    expect(upgradeOutboundJob(job)).toEqual(job);
  });

  it('reads the first message of a thread that was stored without a version', () => {
    const { payload, progress } = upgradeOutboundJob(
      stored(
        '{"kind":"newThread","threadId":"t1","text":"Help","subject":"Order 7","customer":{"name":"Ada"},"url":"https://example.com/t1","sentParts":0,"maybeSent":false,"alone":false}',
      ),
    );
    expect(payload).toEqual({
      v: 1,
      type: 'thread.opened',
      threadId: 't1',
      body: { text: 'Help' },
      subject: 'Order 7',
      customer: { name: 'Ada' },
      url: 'https://example.com/t1',
    });
    expect(progress).toEqual({ sentParts: 0, maybeSent: false, sendAlone: false });
  });

  it('reads how far a message had come that was stored without a version', () => {
    const { payload, progress } = upgradeOutboundJob(
      stored(
        '{"kind":"userMessage","threadId":"t1","text":"A long text","sentParts":3,"maybeSent":true,"alone":true}',
      ),
    );
    expect(payload).toEqual({
      v: 1,
      type: 'message.added',
      threadId: 't1',
      body: { text: 'A long text' },
    });
    expect(progress).toEqual({ sentParts: 3, maybeSent: true, sendAlone: true });
  });

  it('prefers the progress beside the payload, because it is newer', () => {
    const progress = { sentParts: 2, maybeSent: false, sendAlone: false };
    const job = stored(
      '{"kind":"userMessage","threadId":"t1","text":"A","sentParts":1,"maybeSent":true,"alone":false}',
      progress,
    );
    expect(upgradeOutboundJob(job).progress).toEqual(progress);
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
    const { payload } = upgradeOutboundJob(
      stored(
        `{"kind":${fields},"about":{"chatId":-100,"messageId":7},"sentParts":0,"maybeSent":false,"alone":false}`,
      ),
    );
    expect(payload).toMatchObject({
      v: 1,
      type: 'agent.notified',
      inReplyTo: { chatId: -100, messageId: 7 },
      code,
      ...(reason && { reason }),
    });
  });
});
