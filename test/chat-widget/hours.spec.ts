import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock } from '../../src/testing/index.js';
import { WEEKDAYS } from '../hours/hours-desk.js';
import { TravelClock } from '../support/travel.clock.js';
import { ChatTalk } from './chat-talk.js';

describe('A chat whose bot has hours', () => {
  let talk: ChatTalk;
  afterEach(() => talk.chat.stop());

  const start = async (now: string): Promise<void> => {
    talk = await ChatTalk.start({
      clock: new TravelClock(now),
      emulator: { clock: new SystemClock() },
      options: { hours: { ...WEEKDAYS, autoReply: 'Back on {{opensAt}}' } },
    });
  };
  const availability = async (): Promise<unknown> =>
    (await talk.chat.browser().open()).body['availability'];

  it('shows customers who write outside of them when somebody answers, behind their message', async () => {
    await start('2026-11-28T10:00:00Z');
    expect(await availability()).toEqual({ isOpen: false, opensAt: '2026-11-30T08:00:00.000Z' });
    const told = await talk.sees(({ author }) => author.kind === 'system');
    expect(told.text).toBe('Back on Monday, November 30 at 08:00 AM UTC');
    expect((await talk.messages()).map(({ author }) => author.kind)).toEqual([
      'customer',
      'system',
    ]);
  });

  it('is open while they are', async () => {
    await start('2026-11-30T10:00:00Z');
    expect(await availability()).toEqual({ isOpen: true });
    expect(await talk.messages()).toHaveLength(1);
  });
});
