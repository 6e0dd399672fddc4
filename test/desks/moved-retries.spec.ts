import { expect, it, vi } from 'vitest';
import type { EmulatedChat, Message } from '../../src/testing/index.js';
import { RevisionLog } from '../support/revision-log.js';
import { PLACES, startDesks } from './several-desks.js';

const SLOW = { timeout: 20_000, interval: 20 };

/** What a note shows by now, and its buttons. */
function look(chat: EmulatedChat, note: Message): [string, string[]] {
  const now = chat.messages.find(({ message_id: id }) => id === note.message_id);
  const buttons = (now?.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
  return [(now?.text ?? '').replaceAll('\u200b', ''), buttons];
}

it.each(PLACES)(
  'retries what has failed at one desk when its thread is at another by now, with data in %s',
  async (place) => {
    const desks = await startDesks(
      place,
      { billing: {} },
      { providers: [RevisionLog], options: { replies: { attempts: 1 } } },
    );
    const { telegram, app } = desks.desk;
    const log = app.get(RevisionLog);
    const [main, billing] = [desks.chat('default'), desks.chat('billing')];
    const ada = main.agent('Ada');
    log.before = () => {
      throw new Error('no database');
    };
    await telegram.notifyNewThread({ threadId: 't1', text: 'My invoice' });
    const notice = await desks.notice('default', 'My invoice');
    const failed = async (text: string): Promise<[Message, Message]> => {
      const reply = ada.reply(notice, text);
      const note = await main.waitForMessage(
        ({ reply_to_message: replied, from }) =>
          replied?.message_id === reply.message_id && from?.is_bot === true,
        20_000,
      );
      return [reply, note];
    };
    const [before, note] = await failed('before the move');
    await telegram.updateThread({ threadId: 't1', desk: 'billing' });
    await vi.waitFor(
      async () => expect((await telegram.findThread('t1'))?.desk).toBe('billing'),
      SLOW,
    );
    // Answers the old notice, which the new desk takes.
    const [after, laterNote] = await failed('after the move');
    await vi.waitFor(async () => expect(await telegram.deadLetters.count()).toBe(2), SLOW);
    expect((await telegram.deadLetters.list()).map(({ desk }) => desk)).toEqual([
      'default',
      'billing',
    ]);
    log.before = () => undefined;
    for (const each of [note, laterNote]) ada.press(each, 'Retry');
    await vi.waitFor(() => {
      for (const each of [note, laterNote]) {
        expect(look(main, each)).toEqual([expect.stringMatching(/^✅ Delivered/), []]);
      }
    }, SLOW);
    for (const reply of [before, after]) {
      await vi.waitFor(() => expect(main.reactionsOn(reply.message_id)).toEqual(['👍']), SLOW);
    }
    expect(log.lines.toSorted()).toEqual(['after the move', 'before the move']);
    expect(await telegram.deadLetters.count()).toBe(0);
    expect(billing.messages.filter(({ text }) => text?.includes('Delivered'))).toEqual([]);
  },
);
