import { afterEach, describe, expect, it } from 'vitest';
import { COMMAND_DESKS, type CommandPlace } from '../agents/command-desk.js';
import { CardDesk } from './card-desk.js';

const COUNT = 10_000;
const AT_ONCE = 500;

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'A card that is changed very often, with data in %s and %s,',
  (...place) => {
    let desk: CardDesk;
    afterEach(() => desk.stop());

    it('shows the last word after few edits, and delays no message', async () => {
      desk = await CardDesk.start(place);
      await desk.open({ subject: 'Parcel' });
      const begunAtMs = Date.now();
      for (let done = 0; done < COUNT; done += AT_ONCE) {
        const updates = Array.from({ length: AT_ONCE }, (_, index) =>
          desk.desk.telegram.updateThread({
            threadId: 't1',
            context: [{ label: 'Count', text: done + index + 1 }],
          }),
        );
        const results = await Promise.all(updates);
        expect(results.every(({ accepted }) => accepted)).toBe(true);
      }
      await desk.desk.telegram.notifyNewThread({ threadId: 'u2', text: 'Other' });
      await desk.commands.shows('Other');
      await desk.until(() => desk.lines.includes(`Count: ${COUNT}`), 120_000);
      // Of the 20 in a minute, a quarter is kept free for messages.
      const minutes = Math.ceil((Date.now() - begunAtMs) / 60_000);
      expect(desk.edits).toBeLessThanOrEqual(20 * minutes);
      expect(desk.desk.telegram).toBeDefined();
    }, 240_000);
  },
);
