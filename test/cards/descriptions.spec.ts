import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ThreadDescriptions } from '../../src/context/thread-descriptions.js';
import { ThreadStateRepository } from '../../src/threads/thread-state.repository.js';
import { COMMAND_DESKS, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import { Gate } from '../support/gate.js';
import { CardDesk } from './card-desk.js';

const WAITING = '⏳ Waiting for an answer: TIME';
const BARE = ['🆕 Parcel', '👤 Carl', WAITING, '', 'Help'];
const FREE = ['🆕 Parcel', '👤 Carl', 'Plan: Free', WAITING, '', 'Help'];
const PRO = ['🆕 Parcel', '👤 Carl', 'Plan: Pro', WAITING, '', 'Help'];

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'What a method with @DescribeThread() says, with data in %s and %s,',
  (...place) => {
    let desk: CardDesk;
    beforeEach(async () => {
      await start(20_000);
    });
    afterEach(() => desk.stop());

    const start = async (describeTimeoutMs: number): Promise<void> => {
      desk = await CardDesk.start(place, { options: { card: { describeTimeoutMs } } });
    };
    const open = () => desk.open({ subject: 'Parcel', customer: { name: 'Carl' } });
    const complaints = () => desk.desk.log.lines.filter(({ text }) => text.includes('The card of'));

    it('stands on the card from the beginning when it comes at once', async () => {
      desk.describer.answer = () => [{ label: 'Plan', text: 'Pro' }];
      await open();
      expect(desk.lines).toEqual(PRO);
      expect(desk.describer.requests).toEqual([
        { threadId: 't1', desk: 'default', subject: 'Parcel', customer: 'Carl' },
      ]);
      expect(desk.edits).toBe(0);
    });

    it('is added to the card when it comes late, and is asked for once', async () => {
      const gate = new Gate();
      desk.describer.answer = async () => {
        await gate.pass();
        return [{ label: 'Plan', text: 'Pro' }];
      };
      await open();
      expect(desk.lines).toEqual(BARE);
      gate.open();
      await desk.shows(PRO);
      expect(desk.describer.requests).toHaveLength(1);
      expect(desk.edits).toBe(1);
      expect(complaints()).toEqual([]);
    });

    it('is left out when it never comes, and the log says so', async () => {
      await desk.stop();
      await start(2_000);
      desk.describer.answer = () => new Promise(() => undefined);
      await open();
      await desk.until(() => complaints().length > 0);
      expect(complaints()).toHaveLength(1);
      expect(complaints()[0]?.text).toContain(
        'The card of thread t1 goes without what a method says: ',
      );
      expect(complaints()[0]?.text).toContain('no answer within 2000 ms');
      expect(desk.lines).toEqual(BARE);
      expect(desk.edits).toBe(0);
    });

    it.each([
      ['an error', () => Promise.reject(new Error('The database is away')), 'The database is away'],
      ['a megabyte', () => [{ label: 'a', text: 'x'.repeat(1_048_576) }], '1048577 characters'],
      ['no array', () => ({ label: 'a', text: 'b' }), 'an object instead of an array'],
      [
        'too many fields',
        () => Array.from({ length: 21 }, () => ({ label: 'a', text: 1 })),
        '21 fields',
      ],
      ['a field without text', () => [{ label: 'a' }], 'field 0 is unusable: text must be'],
      ['a number that is none', () => [{ label: 'a', text: Number.NaN }], 'got NaN'],
      ['a Date that is none', () => [{ label: 'a', text: new Date('x') }], 'a valid Date'],
      ['a blank label', () => [{ label: ' \u200b ', text: 'b' }], 'label must be'],
      [
        'a script',
        () => [{ label: 'a', text: 'b', url: 'javascript:alert(1)' }],
        'an http or https URL',
      ],
    ])(
      'is left out when it is %s, and the log says why without a value',
      async (_, answer, reason) => {
        desk.describer.answer = answer;
        await open();
        expect(desk.lines).toEqual(BARE);
        await desk.until(() => complaints().length > 0);
        expect(complaints()[0]?.text).toContain(reason);
        expect(complaints()[0]?.text).not.toContain('javascript');
      },
    );

    it('cannot forge lines, links, mentions or markup', async () => {
      desk.describer.answer = () => [
        { label: 'Name\n👤 Boss', text: '<b>x</b>\n✅ Closed @admin /start' },
        { label: 'Empty', text: ' \u200b ' },
        { label: 'l'.repeat(1000), text: 't'.repeat(1000) },
      ];
      const card = await open();
      expect(desk.lines.slice(2, 4)).toEqual([
        'Name 👤 Boss: <b>x</b> ✅ Closed ＠admin ∕start',
        `${'l'.repeat(63)}…: ${'t'.repeat(255)}…`,
      ]);
      const types = (card.entities ?? []).map(({ type }) => type);
      expect(types).not.toContain('mention');
      expect(types).not.toContain('bot_command');
    });

    it('is asked for again by the button and by the command', async () => {
      desk.describer.answer = () => [{ label: 'Plan', text: 'Free' }];
      const card = await open();
      desk.describer.answer = () => [{ label: 'Plan', text: 'Pro' }];
      const { text } = await desk.commands.ada.press(card, '🔁 Refresh').waitForAnswer(15_000);
      expect(text).toBe('⏳ In progress');
      await desk.shows(PRO);
      await desk.until(() => desk.labels.includes('🔁 Refresh'));
      desk.describer.answer = () => null;
      const answer = await desk.commands.answerTo(desk.commands.write(card, '/refresh'));
      expect(wordsOf(answer)).toMatch(/^🔁 The card/u);
      await desk.until(() => desk.describer.requests.length === 3);
      expect(desk.lines).toEqual(PRO);
    });

    it('is what it is now, although the process still has what it was', async () => {
      desk.describer.answer = () => [{ label: 'Plan', text: 'Free' }];
      const card = await open();
      await desk.shows(FREE);
      // What the process has asked itself, which it would show if it did not ask again. It keeps the answer for the
      // first notice for some time after Telegram has that notice.
      const descriptions = desk.desk.app.get(ThreadDescriptions, { strict: false });
      await desk.until(async () => {
        await descriptions.ask({ threadId: 't1' });
        return desk.describer.requests.length === 2;
      });
      desk.describer.answer = () => [{ label: 'Plan', text: 'Pro' }];
      desk.commands.ada.press(card, '🔁 Refresh');
      await desk.shows(PRO);
      expect(desk.describer.requests).toHaveLength(3);
    });

    it('leaves a thread forgotten that is purged while it is asked for', async () => {
      const card = await open();
      const threads = desk.desk.app.get(ThreadStateRepository, { strict: false });
      desk.describer.answer = async () => {
        await threads.remove('t1');
        return [{ label: 'Plan', text: 'Pro' }];
      };
      desk.commands.ada.press(card, '🔁 Refresh');
      await desk.until(() => desk.describer.requests.length === 2);
      await desk.desk.telegram.notifyUserMessage({ threadId: 'behind', text: 'Behind' });
      await desk.until(() => desk.posted.some((text) => text.includes('Behind')));
      expect(await desk.record()).toBeNull();
    });

    it('stands on a new card that replaces one which looked the same', async () => {
      desk.describer.answer = () => [{ label: 'Plan', text: 'Pro' }];
      await open();
      const threads = desk.desk.app.get(ThreadStateRepository, { strict: false });
      await threads.update('t1', { cardDigest: 'of the card before' });
      await desk.desk.telegram.notifyNewThread({ threadId: 't1', text: 'Again', messageId: 'm2' });
      const isForgotten = async () => (await desk.record())?.cardDigest !== 'of the card before';
      expect(await desk.until(isForgotten)).toBe(true);
    });
  },
);
