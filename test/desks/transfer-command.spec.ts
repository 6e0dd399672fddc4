import { Injectable } from '@nestjs/common';
import { describe, expect, it, vi } from 'vitest';
import { OnThreadEvent, type ThreadEvent } from '../../src/index.js';
import type { Message } from '../../src/testing/index.js';
import { ReplyLog } from '../support/reply-log.js';
import { DeskLog, PLACES, startDesks, type SeveralDesks } from './several-desks.js';

/** What the app has got of moves and claims. */
@Injectable()
class MoveLog {
  readonly events: ThreadEvent[] = [];

  @OnThreadEvent('transferred')
  @OnThreadEvent('claimed')
  take(event: ThreadEvent): void {
    this.events.push(event);
  }
}

const SLOW = { timeout: 20_000, interval: 20 };

describe.each(PLACES)('/transfer, with data in %s,', (place) => {
  let desks: SeveralDesks;
  let card: Message;

  async function start(mode: 'replies' | 'topics', names: readonly string[]): Promise<void> {
    desks = await startDesks(place, Object.fromEntries(names.map((name) => [name, { mode }])), {
      providers: [ReplyLog, DeskLog, MoveLog],
      chat: (emulator) =>
        mode === 'topics'
          ? emulator.createForum({ title: 'Support' })
          : emulator.createSupergroup({ title: 'Support' }),
      options: { mode },
    });
    await desks.desk.telegram.notifyNewThread({ threadId: 't1', text: 'My invoice' });
    card = await desks.notice('default', 'My invoice');
  }

  const events = () => desks.desk.app.get(MoveLog).events;
  const said = async (text: string): Promise<string> => {
    const chat = desks.chat('default');
    const given = chat.agent('Ada').reply(card, text);
    const { text: words = '' } = await chat.waitForMessage(
      ({ reply_to_message: to }) => to?.message_id === given.message_id,
      20_000,
    );
    return words.replaceAll('\u200b', '');
  };

  it.each(['replies', 'topics'] as const)(
    'moves a thread to the desk that it names, which nobody has there, in %s',
    async (mode) => {
      await start(mode, ['billing', 'returns']);
      const { telegram } = desks.desk;
      expect(await said('/claim')).toContain('Ada has this conversation now');
      expect(await said('/transfer')).toContain('the name of a desk: billing, returns');
      expect(await said('/transfer default')).toContain('There is no other desk of that name');
      expect(await said(`/transfer ${'x'.repeat(4_000)}`)).toContain('There is no other desk');
      expect(await said('/transfer billing')).toContain('goes to the desk billing');
      await desks.notice('billing', 'from the desk default');
      await vi.waitFor(
        async () =>
          expect(await telegram.findThread('t1')).toMatchObject({
            desk: 'billing',
            assigneeId: null,
          }),
        SLOW,
      );
      await vi.waitFor(
        () => expect(events().map(({ type }) => type)).toContain('transferred'),
        SLOW,
      );
      expect(events()).toMatchObject([
        { type: 'claimed', desk: 'default', agent: { name: 'Ada' } },
        { type: 'transferred', desk: 'billing', formerDesk: 'default', agent: { name: 'Ada' } },
      ]);
      await telegram.updateThread({ threadId: 't1', desk: 'returns' });
      await vi.waitFor(() => expect(events()).toHaveLength(3), SLOW);
      expect(events()[2]).toMatchObject({
        type: 'transferred',
        desk: 'returns',
        formerDesk: 'billing',
        agent: null,
      });
    },
  );

  it('says that there is no other desk', async () => {
    await start('replies', []);
    expect(await said('/transfer billing')).toBe('ℹ️ There is no other desk.');
    expect(await said('/transfer')).toBe('ℹ️ There is no other desk.');
  });
});
