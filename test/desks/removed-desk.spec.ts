import { expect, it } from 'vitest';
import { ownBot } from '../support/own-bot.js';
import { SeveralDesks } from './several-desks.js';

/** Starts desks again, of which billing, which has the thread b1, is not in the options any more. */
async function startWithoutBilling(): Promise<SeveralDesks> {
  const emulator = { bots: [ownBot()] };
  const before = await SeveralDesks.start('Redis', { billing: {}, returns: {} }, { emulator });
  await before.desk.telegram.notifyNewThread({ threadId: 'b1', text: 'one', desk: 'billing' });
  await before.notice('billing', 'one');
  await before.stop();

  return SeveralDesks.start('Redis', { returns: {} }, { emulator });
}

it('posts the messages of a thread at the default desk when the options lack its desk', async () => {
  const desks = await startWithoutBilling();
  const { telegram } = desks.desk;
  await telegram.notifyUserMessage({ threadId: 'b1', text: 'two' });
  await telegram.notifyUserMessage({ threadId: 'b1', text: 'three' });
  await desks.notice('default', 'three');
  expect(desks.notices('default').join()).toContain('two');
  expect(desks.desk.log.with('warn', 'Threads of the desk "billing"')).toHaveLength(1);

  await telegram.updateThread({ threadId: 'b1', desk: 'returns' });
  await telegram.notifyUserMessage({ threadId: 'b1', text: 'four' });
  await desks.notice('returns', 'four');
  expect(desks.notices('default').at(-1)).toContain('moved to the desk returns');
  expect(desks.notices('default').join()).not.toContain('four');
  expect(desks.desk.log.with('warn', 'before the desk')).toHaveLength(0);
  await desks.stop();
});

it('gives a thread of a desk that the options lack to the default desk without a word when it is moved there', async () => {
  const desks = await startWithoutBilling();
  const { telegram } = desks.desk;
  await telegram.notifyUserMessage({ threadId: 'b1', text: 'two' });
  await telegram.updateThread({ threadId: 'b1', desk: 'default' });
  await telegram.notifyUserMessage({ threadId: 'b1', text: 'three' });
  await desks.notice('default', 'three');
  expect(desks.notices('default').join()).not.toContain('moved');
  expect((await telegram.findThread('b1'))?.desk).toBe('default');
  await desks.stop();
});
