import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COMMAND_DESKS, type CommandPlace } from '../agents/command-desk.js';
import { CardDesk } from './card-desk.js';

const WAITING = '⏳ Waiting for an answer: TIME';

const refused = (description: string) =>
  ({ kind: 'error', errorCode: 400, description: `Bad Request: ${description}` }) as const;

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'A card at a Bot API server that is older than what it has, with data in %s and %s,',
  (...place) => {
    let desk: CardDesk;
    beforeEach(async () => {
      desk = await CardDesk.start(place);
    });
    afterEach(() => desk.stop());

    it.each([
      `can't parse entities: Unsupported start tag "tg-time" at byte offset 80`,
      `can't parse inline keyboard button: Field "style" is unknown`,
      'Text buttons are unallowed in the inline keyboard',
    ])('is posted and changed with its formatting, without what is new: %s', async (words) => {
      desk.desk.emulator.failNext('sendMessage', refused(words));
      const card = await desk.open({ subject: 'Parcel' });
      expect(desk.lines).toEqual(['🆕 Parcel', WAITING, '', 'Help']);
      const types = (card.entities ?? []).map(({ type }) => type);
      expect(types).toContain('bold');
      expect(types).toContain('blockquote');
      expect(types).not.toContain('date_time');
      expect(JSON.stringify(card.reply_markup)).not.toContain('style');
      expect(desk.labels).toContain('✅ Close');
      expect(desk.posted).toHaveLength(1);
      desk.desk.emulator.failNext('editMessageText', refused(words));
      await desk.desk.telegram.updateThread({ threadId: 't1', subject: 'Refund' });
      await desk.shows(['🆕 Refund', WAITING, '', 'Help']);
    });

    it('stays as it is when Telegram does not let it be changed', async () => {
      await desk.open({ subject: 'Parcel' });
      desk.desk.emulator.failNext('editMessageText', refused(`message can't be edited`));
      await desk.desk.telegram.updateThread({ threadId: 't1', subject: 'Refund' });
      await desk.until(() => desk.edits === 1);
      await desk.desk.telegram.notifyUserMessage({ threadId: 't1', text: 'More' });
      await desk.commands.shows('More');
      expect(desk.lines[0]).toBe('🆕 Parcel');
      expect(await desk.desk.telegram.deadLetters.count()).toBe(0);
    });
  },
);
