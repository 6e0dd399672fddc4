import { Injectable } from '@nestjs/common';
import { expect, describe, it, vi } from 'vitest';
import { DescribeThread, type ThreadDescriptionRequest } from '../../src/index.js';
import { PLACES, startDesks } from '../desks/several-desks.js';
import { ReplyLog } from '../support/reply-log.js';

/** Says of threads at which desk they are. */
@Injectable()
class DeskDescriber {
  @DescribeThread()
  describe({ desk }: ThreadDescriptionRequest): unknown {
    return [{ label: 'Shown at', text: desk }];
  }
}

describe.each(PLACES)(
  'The card of a thread that moves to another desk, with data in %s,',
  (place) => {
    it.each(['replies', 'topics'] as const)('is a new one there, in %s', async (mode) => {
      const providers = [ReplyLog, DeskDescriber];
      const desks = await startDesks(place, { billing: { mode } }, { providers });
      const { telegram } = desks.desk;
      await telegram.notifyNewThread({ threadId: 't1', subject: 'Parcel', text: 'Help' });
      const first = await desks.notice('default', 'Help');
      await telegram.updateThread({ threadId: 't1', desk: 'billing' });
      const second = await desks.notice('billing', 'Shown at: billing');
      expect(first.text).toContain('Shown at: default');
      expect(second.text).toContain('Conversation from the desk default');
      expect(second.text).toContain('Waiting for an answer');
      expect(JSON.stringify(second.reply_markup)).toContain('Close');
      await telegram.closeThread({ threadId: 't1' });
      const now = () =>
        desks.chat('billing').messages.find(({ message_id: id }) => id === second.message_id);
      await vi.waitFor(() => expect(now()?.text).toContain('✅ Closed'), { timeout: 25_000 });
      expect(now()?.text).toContain('📝 Parcel');
      expect(JSON.stringify(now()?.reply_markup)).toContain('Reopen');
    });
  },
);
