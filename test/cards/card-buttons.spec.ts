import { afterEach, describe, expect, it } from 'vitest';
import { COMMAND_DESKS, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import type { EmulatedAgent } from '../../src/testing/index.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { CardDesk } from './card-desk.js';

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'The buttons of a card, with data in %s and %s,',
  (...place) => {
    let desk: CardDesk;
    afterEach(() => desk.stop());

    async function start(wanted: TestDeskOptions = {}) {
      desk = await CardDesk.start(place, wanted);
      return desk.open({ subject: 'Parcel' });
    }

    it('close the thread, and open it again', async () => {
      const card = await start();
      await desk.commands.ada.press(card, '✅ Close').waitForAnswer(15_000);
      expect(wordsOf(await desk.commands.answerTo(card))).toMatch(
        /^✅ This conversation is closed/u,
      );
      await desk.shows(['🆕 Parcel', '✅ Closed', '', 'Help']);
      await desk.until(() => desk.labels.includes('🔄 Reopen'));
      expect(desk.labels).not.toContain('✅ Close');
      const isClosed = ([type, threadId]: [string, string]) =>
        type === 'closed' && threadId === 't1';
      await desk.until(() => desk.commands.events.some(isClosed));
      await desk.commands.ada.press(desk.card ?? card, '🔄 Reopen').waitForAnswer(15_000);
      await desk.until(() => desk.labels.includes('✅ Close'));
      await desk.shows(['🆕 Parcel', '', 'Help']);
    });

    it('are greyed while they are carried out', async () => {
      const card = await start();
      const closing = desk.buttons.flat().find(({ text }) => text === '✅ Close');
      expect(closing).toMatchObject({ style: 'danger' });
      await desk.commands.ada.press(card, '✅ Close').waitForAnswer(15_000);
      await desk.until(() => desk.edits > 0);
      const greyed = desk.desk.emulator.callsOf('editMessageReplyMarkup')[0]?.params;
      expect(JSON.stringify(greyed)).toContain('"disabled":{}');
      await desk.until(() => desk.labels.includes('🔄 Reopen'));
      expect(JSON.stringify(desk.buttons)).not.toContain('"text":"🔄 Reopen","disabled"');
    });

    it('take the thread over from whoever has it, each time after a question', async () => {
      const card = await start({ options: { rateLimit: { messages: 100, windowMs: 1_000 } } });
      const { ada } = desk.commands;
      const bob = desk.desk.chat.agent('Bob', { status: 'administrator' });
      const carl = desk.desk.chat.agent('Carl', { status: 'administrator' });
      const press = async (label: string, agent: EmulatedAgent) => {
        await desk.until(() => desk.labels.includes(label));
        const { text } = await agent.press(desk.card ?? card, label).waitForAnswer(15_000);
        return text;
      };
      // A change of the card that comes later would take the next question away.
      const has = (name: string) => desk.until(() => desk.lines.includes(`✋ ${name}`));
      await press('✋ Claim', ada);
      await has('Ada');
      for (const [agent, name] of [
        [bob, 'Bob'],
        [ada, 'Ada'],
        [carl, 'Carl'],
      ] as const) {
        await press('✋ Take over', agent);
        expect(await press('✅ ✋ Take over', agent)).toBe('⏳ In progress');
        await has(name);
      }
      const isOver = (text: string) => text.includes('has taken this conversation over');
      await desk.until(() => desk.posted.filter(isOver).length === 3);
      await desk.until(() => desk.labels.includes('✋ Take over'));
      expect(await press('✋ Take over', carl)).toBe('ℹ️ You have this conversation already.');
      expect(desk.labels).toContain('✋ Take over');
    });

    it('name nobody when a thread is opened again that somebody has had', async () => {
      const card = await start();
      const { ada } = desk.commands;
      await ada.press(card, '✋ Claim').waitForAnswer(15_000);
      await desk.until(async () => (await desk.record())?.assigneeName === 'Ada');
      await desk.desk.telegram.closeThread({ threadId: 't1' });
      await desk.until(async () => (await desk.record())?.status === 'closed');
      await desk.desk.telegram.notifyNewThread({ threadId: 't1', text: 'Again', messageId: 'm2' });
      const again = await desk.commands.shows('Again');
      const sent = desk.desk.emulator
        .callsOf('sendMessage')
        .find(({ params }) => String(params['text']).includes('Again'));
      expect(String(sent?.params['text'])).not.toContain('Ada');
      expect(wordsOf(again)).not.toContain('Ada');
      await desk.until(async () => (await desk.record())?.assigneeName === undefined);
    });

    it('are none with card.buttons: false, and in a process that only sends', async () => {
      const card = await start({ options: { card: { buttons: false } } });
      expect(card.reply_markup).toBeUndefined();
      await desk.stop();
      const other = await start({ options: { replies: false } });
      expect(other.reply_markup).toBeUndefined();
      expect(desk.lines).toEqual(['🆕 Parcel', '', 'Help']);
    });
  },
);
