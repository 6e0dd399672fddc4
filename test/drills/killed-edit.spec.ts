import { expect, it, vi } from 'vitest';
import { Customers } from './customers.js';
import { DrillDesk } from './drill.desk.js';

/** The lease of a process that was killed has to expire. */
const TAKEOVER = { timeout: 60_000, interval: 50 };

it(
  'loses no edit, and has the newest form handled once, when processes are killed between storing and handling it',
  { timeout: 180_000 },
  async () => {
    const desk = await DrillDesk.create();
    const { chat, emulator, fleet, reports } = desk;
    const seen = () => reports.replies.map(({ instance, text }) => `${instance} ${text}`);
    const saw = (...lines: string[]) => vi.waitFor(() => expect(seen()).toEqual(lines), TAKEOVER);
    await fleet.start('A');
    await new Customers(desk.balancer.url).write('t1', 1);
    const notice = await chat.waitForMessage(
      ({ text }) => text?.includes('t1 m000') === true,
      20_000,
    );
    const ada = chat.agent('Ada');
    const handled = ada.reply(notice, 'handled');
    await chat.waitForReaction(handled.message_id, 20_000);

    reports.hold();
    ada.reply(notice, 'at work');
    await saw('A1 handled', 'A1 at work');
    const waiting = ada.reply(notice, 'waits');
    ada.edit(handled, 'newer');
    ada.edit(waiting, 'waits, edited');
    ada.edit(handled, 'newest');
    await emulator.idle(40_000);
    await fleet.kill('A');
    reports.release();
    await fleet.start('B');
    const afterFirst = [
      'A1 handled',
      'A1 at work',
      'B1 at work',
      'B1 waits, edited',
      'B1 edited: newest',
    ];
    await saw(...afterFirst);

    // This time the edit itself is at work, and a newer one is stored behind it.
    await chat.waitForReaction(waiting.message_id, 20_000);
    reports.hold();
    ada.edit(waiting, 'in hand');
    await saw(...afterFirst, 'B1 edited: in hand');
    ada.edit(waiting, 'last form');
    await emulator.idle(40_000);
    await fleet.kill('B');
    reports.release();
    await fleet.start('C');
    const last = ada.reply(notice, 'last');
    await chat.waitForReaction(last.message_id, 60_000);
    expect(seen()).toEqual([
      ...afterFirst,
      'B1 edited: in hand',
      'C1 edited: last form',
      'C1 last',
    ]);
  },
);
