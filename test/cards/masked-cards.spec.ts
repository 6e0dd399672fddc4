import { afterEach, describe, expect, it } from 'vitest';
import { COMMAND_DESKS, type CommandPlace } from '../agents/command-desk.js';
import { CardDesk } from './card-desk.js';

const WAITING = '⏳ Waiting for an answer: TIME';

describe.each<CommandPlace>([...COMMAND_DESKS])('A card, with data in %s and %s,', (...place) => {
  let desk: CardDesk;
  afterEach(() => desk.stop());

  it('shows nothing that the desk masks, neither from the app nor from a comment', async () => {
    desk = await CardDesk.start(place, { options: { privacy: { mask: ['cards'] } } });
    await desk.open({ subject: 'Parcel', context: [{ label: 'Card', text: '4111111111111111' }] });
    expect(desk.lines.join()).not.toContain('4111111111111111');
    expect(desk.lines).toContain(WAITING);
    await desk.desk.telegram.notifyRating({
      threadId: 't1',
      rating: 2,
      comment: 'My card 4111111111111111',
    });
    await desk.until(() => desk.lines.some((line) => line.startsWith('⭐')));
    expect(desk.desk.notices.join()).not.toContain('4111111111111111');
    expect(desk.lines.join()).not.toContain('4111111111111111');
  });

  it.each([250, 1_018])(
    'shows no part of a card number that stands where its field is cut, behind %d characters',
    async (length) => {
      desk = await CardDesk.start(place, { options: { privacy: { mask: ['cards'] } } });
      // Blanks are shown as one.
      const filler =
        length > 256
          ? `${'x'.repeat(200)}${' '.repeat(length - 200)}`
          : 'x'.repeat(length - 1) + ' ';
      const field = { label: 'Card', text: `${filler}4111111111111111` };
      const label = `${'x'.repeat(56)} 4111111111111111`;
      await desk.open({ subject: 'Parcel', context: [field, { label, text: 'b' }] });
      expect(desk.lines.join()).not.toContain('4111');
      desk.describer.answer = () => [field, { label, text: 'from a method' }];
      await desk.desk.telegram.updateThread({
        threadId: 't1',
        context: [field, { label, text: 'c' }],
      });
      await desk.until(() => desk.lines.some((line) => line.endsWith(': c')));
      expect(desk.lines.join()).not.toContain('4111');
      const { ada } = desk.commands;
      ada.press(desk.card ?? 0, '🔁 Refresh');
      await desk.until(() => desk.lines.some((line) => line.endsWith(': from a method')));
      expect(desk.lines.join()).not.toContain('4111');
    },
  );
});
