import { afterEach, describe, expect, it } from 'vitest';
import { SystemClock, type EmulatedAgent } from '../../src/testing/index.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { COMMAND_DESKS, wordsOf, type CommandPlace } from '../agents/command-desk.js';
import { ClaimDesk } from './claim-desk.js';

/** A wall clock that a test sets; its durations are real. */
class SteppedClock extends SystemClock {
  stepMs = 0;

  override now(): number {
    return super.now() + this.stepMs;
  }
}

describe.each<CommandPlace>([...COMMAND_DESKS])(
  'A reply to a thread that another agent has, with data in %s and %s,',
  (...place) => {
    let desk: ClaimDesk;
    afterEach(() => desk.stop());

    async function start(
      claims: NonNullable<TestDeskOptions['options']>['claims'],
      options: TestDeskOptions['options'] = {},
    ): Promise<void> {
      desk = await ClaimDesk.start(place, { options: { claims, ...options } });
      await desk.own.answerTo(desk.write('/claim', desk.ada));
    }

    /** Only administrators get what is written in topics, so there it is Telegram that refuses. */
    function refuseAlone(): void {
      const refusal = { kind: 'error', errorCode: 400, description: 'Bad Request: BOT_NOT_ADMIN' };
      const { emulator } = desk.own.desk;
      if (place[1] === 'replies') desk.chat.setBotStatus('member');
      else emulator.failNext('sendMessage', { ...refusal, kind: 'error' });
    }

    const textsOf = () => desk.chat.messages.map((message) => wordsOf(message));

    it('goes out, and both are told alone, once for several replies', async () => {
      await start({});
      const { ada, bob } = desk;
      const reply = desk.write('hello', bob);
      const note = await desk.told(bob, 'Ada has this conversation. The customer gets your answer');
      expect(note.reply_to_message?.message_id).toBe(reply.message_id);
      await desk.told(ada, 'Bob has answered this conversation');
      desk.write('and more', bob);
      await desk.until(() => expect(desk.replies).toEqual(['hello', 'and more']));
      await desk.chat.waitForReaction(reply.message_id, 20_000);
      expect([bob.ephemeralMessages.length, ada.ephemeralMessages.length]).toEqual([1, 1]);
      expect(textsOf().filter((text) => text.includes('all the same'))).toEqual([]);
      expect(await desk.assignee()).toBe('Ada');
      bob.press(note, '✋ Take over');
      await desk.own.shows('Bob has taken this conversation over from Ada.');
      expect(await desk.assignee()).toBe('Bob');
    });

    it('is told to both by a reply where the bot is no administrator', async () => {
      await start({});
      const { bob, ada } = desk;
      refuseAlone();
      const reply = desk.write('hello', bob);
      const note = await desk.own.answerTo(reply);
      expect(wordsOf(note)).toContain('Ada has this conversation. The customer gets your answer');
      expect(note.entities).toContainEqual(
        expect.objectContaining({ type: 'text_mention', user: ada.user }),
      );
      bob.press(note, '✋ Take over');
      await desk.own.shows('Bob has taken this conversation over from Ada.');
    });

    it('goes out after a while with hold, in its newest form, and holds up nobody else', async () => {
      // Long enough that all below is written meanwhile.
      await start({ policy: 'hold', holdMs: 6_000 });
      const { ada, bob } = desk;
      const reply = desk.write('hello', bob);
      await desk.told(bob, 'Your answer goes out after 6 s');
      await desk.told(ada, 'Bob has answered');
      bob.edit(reply, 'hello, edited');
      desk.write('from Ada', ada);
      await desk.until(() => expect(desk.replies).toEqual(['from Ada', 'hello, edited']));
      await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
      expect(await desk.assignee()).toBe('Ada');
    });

    it.each([3_600_000, -3_600_000])(
      'goes out after its time, once, when the clock steps by %d ms meanwhile',
      async (stepMs) => {
        const clock = new SteppedClock();
        desk = await ClaimDesk.start(place, {
          options: { claims: { policy: 'hold', holdMs: 1_500 } },
          clock,
        });
        const { ada, bob } = desk;
        await desk.own.answerTo(desk.write('/claim', ada));
        const reply = desk.write('hello', bob);
        await desk.told(bob, 'Your answer goes out after 2 s');
        clock.stepMs = stepMs;
        await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
        await desk.own.answerTo(desk.write('/release', ada));
        expect(desk.replies).toEqual(['hello']);
        expect(await desk.assignee()).toBeNull();
      },
    );

    it('goes out at once by Send now, and not again', async () => {
      await start({ policy: 'hold', holdMs: 3_600_000 });
      const { bob } = desk;
      const reply = desk.write('hello', bob);
      const note = await desk.told(bob, 'unless you stop it');
      expect((await desk.state()).status).toBe('waiting');
      const answerTo = async (button: string): Promise<string | undefined> =>
        (await bob.press(note, button).waitForAnswer(15_000)).text;
      expect(await answerTo('Send now')).toBe('The answer goes out.');
      await desk.until(() => expect(desk.replies).toEqual(['hello']));
      await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
      expect(await answerTo('Send now')).toBe('This answer has gone out already.');
      expect((await desk.state()).status).toBe('answered');
      expect(desk.replies).toEqual(['hello']);
    });

    it('has answered nobody who writes after Send now, also when its time is over', async () => {
      await start({ policy: 'hold', holdMs: 3_000 });
      const { ada, bob, own } = desk;
      const other = await own.open('t2');
      await own.answerTo(own.write(other, '/claim', ada));
      desk.write('hello', bob);
      const note = await desk.told(bob, 'unless you stop it');
      await bob.press(note, 'Send now').waitForAnswer(15_000);
      await desk.until(() => expect(desk.replies).toEqual(['hello']));
      await own.desk.telegram.notifyUserMessage({ threadId: 't1', text: 'thanks, but' });
      await own.shows('thanks, but');
      await desk.until(async () => expect((await desk.state()).status).toBe('waiting'));
      // It waits from now on, so the time of the first one is over before.
      own.write(other, 'later', bob);
      await desk.until(() => expect(desk.replies).toEqual(['hello', 'later']));
      expect((await desk.state()).status).toBe('waiting');
    });

    describe('with hold, where all read that it waits,', () => {
      /** A reply that is held, and the notice that says so. */
      async function hold(holdMs: number) {
        await start({ policy: 'hold', holdMs });
        refuseAlone();
        const reply = desk.write('hello', desk.bob);
        const note = await desk.own.answerTo(reply);
        const buttons = () =>
          desk.chat.messages.find(({ message_id: id }) => id === note.message_id)?.reply_markup;
        expect(note.reply_markup?.inline_keyboard.flat()).toHaveLength(3);
        return { reply, note, buttons };
      }

      it('has buttons no longer than it waits', async () => {
        const { reply, buttons } = await hold(4_000);
        await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
        await desk.until(() => expect(buttons()).toBeUndefined());
        expect(desk.replies).toEqual(['hello']);
      });

      it('has none when it was deleted meanwhile', async () => {
        // Long enough that it is deleted meanwhile.
        const { reply, buttons } = await hold(8_000);
        desk.bob.reply(reply, '/del');
        await desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
        await desk.until(() => expect(buttons()).toBeUndefined());
        expect(desk.replies).toEqual([]);
      });

      it('has none after Stop, also when Telegram wants a pause first', async () => {
        const { note, buttons } = await hold(3_600_000);
        const pause = { kind: 'error', errorCode: 429, description: 'Too Many Requests' } as const;
        desk.own.desk.emulator.failNext('editMessageReplyMarkup', {
          ...pause,
          parameters: { retry_after: 1 },
        });
        await desk.bob.press(note, 'Stop').waitForAnswer(15_000);
        await desk.until(() => expect(buttons()).toBeUndefined());
      });
    });

    it('that has gone out is taken back by nobody but its author, and has no buttons', async () => {
      await start({ policy: 'hold', holdMs: 3_600_000 });
      const { ada, bob } = desk;
      refuseAlone();
      const reply = desk.write('hello', bob);
      const note = await desk.own.answerTo(reply);
      await ada.press(note, 'Send now').waitForAnswer(15_000);
      await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
      const current = () =>
        desk.chat.messages.find(({ message_id: id }) => id === note.message_id)?.reply_markup;
      await desk.until(() => expect(current()).toBeUndefined());
      const stop = async (agent: EmulatedAgent): Promise<string | undefined> =>
        (await agent.pressStale(note, 'Stop').waitForAnswer(15_000)).text;
      expect(await stop(ada)).toBe('This answer has gone out already.');
      expect(desk.chat.reactionsOn(reply.message_id)).toEqual(['👍']);
      expect(await stop(bob)).toBe('🙈 The answer is taken back.');
    });

    it('is shown to wait, or not at all, when it is a prepared answer', async () => {
      const replies = { snippets: { hello: 'Hi there' } };
      await start({ policy: 'hold', holdMs: 3_600_000 }, { replies });
      const answer = await desk.own.answerTo(desk.write('/s hello', desk.bob));
      expect(wordsOf(answer)).toBe('⏳ This answer waits:\nHi there');
      expect(desk.replies).toEqual([]);
    });

    it('can be tried again when it fails after it has waited', async () => {
      await start({ policy: 'hold', holdMs: 3_600_000 }, { replies: { attempts: 1 } });
      const { bob, own } = desk;
      let isBroken = true;
      own.desk.replies.before = () => {
        if (isBroken) throw new Error('no database');
      };
      const reply = desk.write('hello', bob);
      await bob.press(await desk.told(bob, 'unless you stop it'), 'Send now').waitForAnswer(15_000);
      const note = await own.answerTo(reply);
      expect(wordsOf(note)).toContain('no database');
      await desk.until(async () => expect(await own.desk.telegram.deadLetters.count()).toBe(1));
      isBroken = false;
      await bob.press(note, 'Retry').waitForAnswer(15_000);
      await desk.chat.waitForReactionsToBe(reply.message_id, ['👍'], 20_000);
      expect(desk.replies).toEqual(['hello']);
    });

    it('is taken back by Stop at once, and stays so when it is edited or sent', async () => {
      await start({ policy: 'hold', holdMs: 3_600_000 });
      const { ada, bob } = desk;
      const reply = desk.write('hello', bob);
      const note = await desk.told(bob, 'unless you stop it');
      const answerTo = async (button: string): Promise<string | undefined> =>
        (await bob.press(note, button).waitForAnswer(15_000)).text;
      expect(await answerTo('Stop')).toBe('🙈 The answer is taken back.');
      await desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
      expect(await answerTo('Stop')).toBe('This answer was taken back already.');
      expect(await answerTo('Send now')).toBe('This answer was taken back already.');
      bob.edit(reply, 'hello again');
      desk.write('from Ada', ada);
      await desk.until(() => expect(desk.replies).toEqual(['from Ada']));
      expect(desk.chat.reactionsOn(reply.message_id)).toEqual(['🙈']);
    });

    it('is not sent after the time when it was taken back', async () => {
      // Long enough that it is stopped meanwhile.
      await start({ policy: 'hold', holdMs: 6_000 });
      const { ada, bob } = desk;
      const reply = desk.write('hello', bob);
      bob.press(await desk.told(bob, 'unless you stop it'), 'Stop');
      await desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
      const later = desk.write('later', bob);
      await desk.chat.waitForReactionsToBe(later.message_id, ['👍'], 20_000);
      desk.write('from Ada', ada);
      await desk.until(() => expect(desk.replies).toEqual(['later', 'from Ada']));
    });

    it('is taken back by Stop in a chat where the bot is no administrator', async () => {
      await start({ policy: 'hold', holdMs: 3_600_000 });
      const { bob } = desk;
      refuseAlone();
      const reply = desk.write('hello', bob);
      const note = await desk.own.answerTo(reply);
      await bob.press(note, 'Stop').waitForAnswer(15_000);
      await desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
      expect(desk.replies).toEqual([]);
    });

    it('is refused, and goes out after it was taken over and sent again', async () => {
      await start({ policy: 'refuse' });
      const { bob, own } = desk;
      const reply = desk.write('hello', bob);
      const note = await desk.told(bob, 'Not delivered: Ada has this conversation');
      await desk.chat.waitForReactionsToBe(reply.message_id, ['🙈'], 20_000);
      bob.edit(reply, 'hello?');
      bob.press(note, '✋ Take over');
      await own.shows('Bob has taken this conversation over from Ada.');
      desk.write('hello again', bob);
      await desk.until(() => expect(desk.replies).toEqual(['hello again']));
      await desk.until(async () => expect((await desk.state()).status).toBe('answered'));
    });

    it('is refused to an anonymous administrator in words', async () => {
      await start({ policy: 'refuse' });
      const answer = await desk.own.answerTo(desk.write('hello', desk.bob.anonymously()));
      expect(wordsOf(answer)).toContain('Telegram hides who you are');
      expect(desk.replies).toEqual([]);
    });

    it('is refused in words without a reaction', async () => {
      await start({ policy: 'refuse' }, { reactions: { deleted: false } });
      const reply = desk.write('hello', desk.bob);
      expect(wordsOf(await desk.own.answerTo(reply))).toContain('Not delivered: Ada has');
      expect(desk.replies).toEqual([]);
    });

    it('is nothing that answers what an agent was told alone', async () => {
      await start({});
      const { bob } = desk;
      desk.write('hello', bob);
      const note = await desk.told(bob, 'Ada has this conversation');
      bob.reply(note, 'Which Ada?');
      await desk.told(bob, 'nobody but the bot sees what you answer here');
      bob.reply(note, '/claim');
      await desk.until(() => expect(bob.ephemeralMessages).toHaveLength(5));
      desk.write('more', bob);
      await desk.until(() => expect(desk.replies).toEqual(['hello', 'more']));
      expect(await desk.assignee()).toBe('Ada');
    });
  },
);
