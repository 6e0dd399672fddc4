import { afterEach, describe, expect, it } from 'vitest';
import type { TestDeskOptions } from '../support/test-desk.js';
import { COMMAND_DESKS, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import { ClaimDesk } from './claim-desk.js';

describe.each<CommandPlace>([...COMMAND_DESKS])('Claims, with data in %s and %s,', (...place) => {
  let desk: ClaimDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await ClaimDesk.start(place, wanted);
  }

  it('go to the first agent who answers, and the app learns of it once', async () => {
    await start();
    const [first] = [desk.write('one', desk.ada), desk.write('two', desk.ada)];
    await desk.until(() => expect(desk.replies).toEqual(['one', 'two']));
    expect(await desk.state()).toMatchObject({
      assigneeId: desk.ada.user.id,
      assigneeName: 'Ada',
    });
    await desk.until(() => expect(desk.claims).toEqual([['claimed', 'Ada']]));
    await desk.chat.waitForReaction(first?.message_id ?? 0, 20_000);
    expect(desk.claims).toEqual([['claimed', 'Ada']]);
  });

  it('are taken by /claim, and given back by /release of whoever has it', async () => {
    await start();
    const { own, ada, bob } = desk;
    expect(wordsOf(await own.answerTo(desk.write('/release', ada)))).toBe(
      'ℹ️ Nobody has this conversation.',
    );
    expect(wordsOf(await own.answerTo(desk.write('/claim', ada)))).toBe(
      '✋ Ada has this conversation now.',
    );
    expect(await desk.assignee()).toBe('Ada');
    expect(wordsOf(await own.answerTo(desk.write('/claim', ada)))).toBe(
      'ℹ️ You have this conversation already.',
    );
    expect(wordsOf(await own.answerTo(desk.write('/release', bob)))).toContain(
      'Ada has this conversation, and only they',
    );
    expect(wordsOf(await own.answerTo(desk.write('/release', ada)))).toContain('Nobody has');
    expect(await desk.assignee()).toBeNull();
    await desk.until(() =>
      expect(desk.claims).toEqual([
        ['claimed', 'Ada'],
        ['released', 'Ada'],
      ]),
    );
  });

  it('are taken over when the button is pressed that asks', async () => {
    await start();
    const { own, ada, bob } = desk;
    await own.answerTo(desk.write('/claim', ada));
    const question = await own.answerTo(desk.write('/claim', bob));
    expect(wordsOf(question)).toBe('✋ Ada has this conversation. Take it over?');
    expect(await desk.assignee()).toBe('Ada');
    expect((await bob.press(question, '✋ Take over').waitForAnswer(15_000)).text).toBe(
      '⏳ In progress',
    );
    const answer = await own.answerTo(question);
    expect(wordsOf(answer)).toBe('✋ Bob has taken this conversation over from Ada.');
    expect(answer.entities).toContainEqual(expect.objectContaining({ type: 'text_mention' }));
    expect(await desk.assignee()).toBe('Bob');
    // The button takes it from Ada, who has it no more.
    const carl = desk.chat.agent('Carl');
    await carl.press(question, '✋ Take over').waitForAnswer(15_000);
    await own.shows('Bob has this conversation. Take it over?');
    expect(await desk.assignee()).toBe('Bob');
    expect(desk.claims.map(([type]) => type)).toEqual(['claimed', 'claimed']);
  });

  it('are not taken by an anonymous administrator who writes, but by one who presses', async () => {
    await start();
    const { own, ada } = desk;
    const hidden = ada.anonymously();
    desk.write('hello', hidden);
    await desk.until(() => expect(desk.replies).toEqual(['hello']));
    expect(await desk.assignee()).toBeNull();
    const answer = await own.answerTo(desk.write('/claim', hidden));
    expect(wordsOf(answer)).toContain('Telegram hides who you are');
    hidden.press(answer, '✋ Claim');
    await own.shows('Ada has this conversation now.');
    expect(await desk.assignee()).toBe('Ada');
  });

  it('are given and taken by the app, without an event', async () => {
    await start();
    const { telegram } = desk.own.desk;
    await telegram.assignThread({ threadId: 't1', agentId: 501, name: 'Grace' });
    await desk.until(async () =>
      expect(await desk.state()).toMatchObject({ assigneeId: 501, assigneeName: 'Grace' }),
    );
    await telegram.assignThread({ threadId: 't1', agentId: null });
    await desk.until(async () => expect((await desk.state()).assigneeId).toBeNull());
    for (const agentId of ['Ada', undefined, 0, -5, 1.5]) {
      const wrong = { threadId: 't1', agentId };
      const call: Promise<unknown> = Reflect.apply(telegram['assignThread'], telegram, [wrong]);
      await expect(call).rejects.toThrow('agentId must be the Telegram user id of a person');
    }
    expect(desk.claims).toEqual([]);
  });

  it('stay with a closed thread, and end when the customer opens it again', async () => {
    await start();
    const { own, ada } = desk;
    await own.answerTo(desk.write('/claim', ada));
    await own.answerTo(desk.write('/close', ada));
    expect(await desk.assignee()).toBe('Ada');
    await own.desk.telegram.notifyUserMessage({ threadId: 't1', text: 'again' });
    await own.shows('again');
    await desk.until(async () => expect(await desk.state()).toMatchObject({ status: 'waiting' }));
    expect(await desk.assignee()).toBeNull();
  });

  it('are off with claims: false', async () => {
    await start({ options: { claims: false } });
    const { own, ada, bob } = desk;
    desk.write('one', ada);
    desk.write('two', bob);
    await desk.until(() => expect(desk.replies).toEqual(['one', 'two']));
    expect(wordsOf(await own.answerTo(desk.write('/claim', ada)))).toContain('belong to nobody');
    expect(wordsOf(await own.answerTo(desk.write('/release', ada)))).toContain('belong to nobody');
    expect(await desk.assignee()).toBeNull();
    expect(bob.ephemeralMessages).toEqual([]);
  });
});
