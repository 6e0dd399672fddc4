import { afterEach, expect, it, vi } from 'vitest';
import { LastNoticeRepository } from '../../src/threads/last-notice.repository.js';
import { CommandDesk, wordsOf } from './command-desk.js';

let desk: CommandDesk;
afterEach(() => desk.stop());

it.each(['memory', 'Redis'] as const)(
  'runs a command in a private chat for the thread that it answers, or that is evidently meant, with data in %s',
  async (place) => {
    desk = await CommandDesk.start([place, 'replies'], {
      chat: (telegram) => telegram.createPrivateChat('Ada'),
    });
    const { ada, app } = desk;
    const card = await desk.open();
    const replied = await desk.answerTo(ada.reply(card, '/refund 20'));
    expect(wordsOf(replied)).toBe('<b>20</b> for nothing');
    const plain = await desk.answerTo(ada.write('/refund 30'));
    expect(wordsOf(plain)).toBe('<b>30</b> for nothing');
    expect(app.calls.map(({ threadId }) => threadId)).toEqual(['t1', 't1']);
    // Telegram has no ephemeral messages here, and nobody else to answer.
    expect(wordsOf(await desk.answerTo(ada.write('/claim')))).toBe(
      '✋ Ada has this conversation now.',
    );
    const { message_id: newest } = await desk.open('t2');
    const notices = desk.desk.app.get(LastNoticeRepository, { strict: false });
    await vi.waitFor(
      async () =>
        expect(await notices.recent()).toContainEqual(
          expect.objectContaining({ messageId: newest }),
        ),
      20_000,
    );
    const unclear = await desk.answerTo(ada.write('/refund 40'));
    expect(wordsOf(unclear)).not.toContain('40');
    expect(app.calls).toHaveLength(2);
  },
);
