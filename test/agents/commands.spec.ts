import { afterEach, describe, expect, it, vi } from 'vitest';
import { COMMAND_DESKS, CommandDesk, wordsOf, type CommandPlace } from './command-desk.js';

describe.each<CommandPlace>([...COMMAND_DESKS])('Commands, with data in %s and %s,', (...place) => {
  let desk: CommandDesk;
  afterEach(() => desk.stop());

  it("runs the app's method, and shows what it returns in reply to the command", async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    const given = desk.write(notice, '/refund 20.5 yes not  "really  broken"');
    const answer = await desk.answerTo(given);
    expect(wordsOf(answer)).toBe('<b>20.5</b> for not really  broken');
    expect(answer.is_topic_message).toBe(notice.is_topic_message);
    expect(desk.app.calls).toEqual([
      {
        id: expect.stringMatching(/^update:\d+$/),
        name: 'refund',
        threadId: 't1',
        desk: 'default',
        agent: expect.objectContaining({ name: 'Ada', anonymous: false }),
        arguments: ['20.5', 'yes', 'not', 'really  broken'],
        text: '20.5 yes not  "really  broken"',
        dto: { amount: 20.5, all: true, reason: 'not really  broken' },
        isButton: false,
        message: { chatId: desk.desk.chat.id, messageId: given.message_id },
        at: new Date(given.date * 1000),
      },
    ]);
    expect(desk.desk.replies.replies).toEqual([]);
  });

  it('shows the formatting of what the tag html has made', async () => {
    desk = await CommandDesk.start(place);
    const answer = await desk.answerTo(desk.write(await desk.open(), '／PLAN now'));
    expect(wordsOf(answer)).toBe('t1: pro & more');
    expect(answer.entities?.map(({ type }) => type)).toEqual(['text_link', 'bold', 'italic']);
  });

  it.each([
    ['/refund', 'amount must be a positive number'],
    ['/refund -3', 'amount must be a positive number'],
    ['/refund 1,50', 'amount must be a positive number'],
    ['/refund amount=20 all=maybe', 'all must be a boolean value'],
  ])('says what is wrong with %s, and does not run it', async (given, problem) => {
    desk = await CommandDesk.start(place);
    const answer = await desk.answerTo(desk.write(await desk.open(), given));
    expect(wordsOf(answer)).toBe(
      `⚠️ Nothing was done: ${problem}.\nWrite /refund <amount> [all] [reason]`,
    );
    expect(desk.app.calls).toEqual([]);
  });

  it('says what the method throws, and does not run it again', async () => {
    desk = await CommandDesk.start(place);
    desk.app.before = () =>
      Promise.reject(new Error(`No money <i>for</i> bot${desk.desk.emulator.bot.token}`));
    const answer = await desk.answerTo(desk.write(await desk.open(), '/plan'));
    expect(wordsOf(answer)).toMatch(/^⚠️ \/plan has failed: No money <i>for<\/i> /);
    expect(wordsOf(answer)).not.toContain(desk.desk.emulator.bot.token);
    expect(desk.app.calls).toHaveLength(1);
  });

  it('hides what the method throws when replies.exposeErrors is false', async () => {
    desk = await CommandDesk.start(place, { options: { replies: { exposeErrors: false } } });
    desk.app.before = () => Promise.reject(new Error('secret'));
    const answer = await desk.answerTo(desk.write(await desk.open(), '/plan'));
    expect(wordsOf(answer)).toBe('⚠️ /plan has failed: the app could not carry it out');
  });

  it('says that the method takes too long', async () => {
    desk = await CommandDesk.start(place, { options: { replies: { timeoutMs: 50 } } });
    desk.app.before = () => new Promise(() => undefined);
    const answer = await desk.answerTo(desk.write(await desk.open(), '/plan'));
    expect(wordsOf(answer)).toMatch(/AppCommands\.plan did not return within 50 ms$/);
  });

  it('runs in order with the replies of its thread', async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    const order: string[] = [];
    desk.app.before = () => order.push(`command after ${desk.desk.replies.replies.length}`);
    desk.write(notice, 'one');
    const given = desk.write(notice, '/plan');
    desk.write(notice, 'two');
    await desk.answerTo(given);
    expect(order).toEqual(['command after 1']);
  });

  it('runs once although Telegram delivers the command twice', async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    await desk.answerTo(desk.write(notice, '/plan'));
    const { emulator } = desk.desk;
    emulator.deliver(emulator.deliveries.at(-1)?.update);
    await emulator.idle();
    await desk.answerTo(desk.write(notice, '/whoami'));
    expect(desk.app.calls).toHaveLength(1);
    expect(desk.desk.notices.filter((text) => text.startsWith('t1: pro'))).toHaveLength(1);
  });

  it('runs what names this bot, and ignores what names another one', async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    desk.write(notice, '/plan@other_desk_bot');
    await desk.answerTo(desk.write(notice, `/plan@${desk.desk.emulator.bot.username}`));
    expect(desk.app.calls).toHaveLength(1);
  });

  it('says that an unknown command has no effect', async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    const answer = await desk.answerTo(desk.write(notice, '/ban her'));
    expect(wordsOf(answer)).toBe(
      '⚠️ /ban has failed: the app has no such command for this conversation',
    );
    const other = await desk.answerTo(desk.write(notice, '/refnd 20'));
    expect(wordsOf(other)).toMatch(/^ℹ️ Commands have no effect here/);
    expect(desk.desk.replies.replies).toEqual([]);
  });

  it('confirms what returns nothing', async () => {
    desk = await CommandDesk.start(place);
    const answer = await desk.answerTo(desk.write(await desk.open('bad1'), '/ban'));
    expect(wordsOf(answer)).toBe('✅ Done');
  });

  it('refuses who is no agent, also anonymous administrators', async () => {
    desk = await CommandDesk.start(place, { options: { agents: [1] } });
    const notice = await desk.open();
    const refused = desk.write(notice, '/plan');
    expect(wordsOf(await desk.answerTo(refused))).toContain('only registered agents');
    const anonymous = desk.write(notice, '/plan', desk.ada.anonymously());
    expect(wordsOf(await desk.answerTo(anonymous))).toContain('only registered agents');
    expect(desk.app.calls).toEqual([]);
  });

  it('hands over an anonymous administrator as one where everybody is an agent', async () => {
    desk = await CommandDesk.start(place);
    await desk.answerTo(desk.write(await desk.open(), '/plan', desk.ada.anonymously()));
    expect(desk.app.calls[0]?.agent).toMatchObject({ anonymous: true, id: desk.desk.chat.id });
  });

  it('takes 4096 characters, and shows as much of an answer as fits', async () => {
    desk = await CommandDesk.start(place);
    const words = `1 no ${'<&x'.repeat(1_360)}`;
    const given = desk.write(await desk.open(), `/refund ${words}`);
    const answer = wordsOf(await desk.answerTo(given));
    expect(answer).toMatch(/^<b>1<\/b> for <&x[^]*…$/);
    expect(answer.length).toBeGreaterThan(3_000);
    expect(desk.app.calls[0]?.text).toBe(words);
  });

  it('takes 10,000 characters, should Telegram allow them', async () => {
    desk = await CommandDesk.start(place);
    const { emulator } = desk.desk;
    await desk.answerTo(desk.write(await desk.open(), '/plan'));
    const { update } = emulator.deliveries.at(-1) ?? {};
    const words = `7 no ${'<&x'.repeat(3_333)}`;
    const message = { ...update?.message, message_id: 9_001, text: `/refund ${words}` };
    emulator.deliver({ update_id: 900_001, message });
    await vi.waitFor(() => expect(desk.app.calls).toHaveLength(2), 20_000);
    expect(desk.app.calls[1]?.text).toBe(words);
    await desk.shows('…');
  });

  it('does nothing in a chat of no desk', async () => {
    desk = await CommandDesk.start(place);
    await desk.open();
    const { emulator } = desk.desk;
    const other = emulator.createSupergroup({ title: 'Elsewhere' });
    other.agent('Ada').write('/plan');
    other.agent('Ada').write('/help');
    other.agent('Ada').write('/claim');
    await emulator.idle();
    expect(desk.app.calls).toEqual([]);
    const toOther = emulator.calls.filter(
      ({ params }) => String(params['chat_id']) === String(other.id),
    );
    expect(toOther.filter(({ method }) => method.startsWith('send'))).toEqual([]);
  });

  it('closes and reopens a thread, and has the app know', async () => {
    desk = await CommandDesk.start(place);
    const notice = await desk.open();
    const closed = await desk.answerTo(desk.write(notice, '/close'));
    expect(wordsOf(closed)).toMatch(/^✅ This conversation is closed/);
    expect((await desk.desk.telegram.findThread('t1'))?.status).toBe('closed');
    const again = await desk.answerTo(desk.write(notice, '/close'));
    expect(wordsOf(again)).toBe('ℹ️ This conversation is closed already.');
    const reopened = await desk.answerTo(desk.write(notice, '/reopen'));
    expect(wordsOf(reopened)).toBe('🔄 This conversation is open again.');
    expect((await desk.desk.telegram.findThread('t1'))?.status).toBe('waiting');
    await desk.answerTo(desk.write(notice, '/plan'));
    expect(desk.events).toEqual([
      ['closed', 't1'],
      ['reopened', 't1'],
    ]);
  });

  it('lists the commands, in a thread those that are for it', async () => {
    desk = await CommandDesk.start(place);
    const answer = wordsOf(await desk.answerTo(desk.write(await desk.open(), '/help')));
    expect(answer.split('\n').slice(1)).toEqual([
      '/refund <amount> [all] [reason] · Pays money back',
      '/plan · Shows the plan',
      '/help · Lists the commands',
      '/note · Writes a note that the customer does not get',
      '/del · Deletes your reply that you answer with it',
      '/history · Shows the last messages of the conversation',
      '/close · Closes the conversation',
      '/reopen · Opens the conversation again',
      '/refresh · Asks the app again what it knows of the conversation',
      '/claim · Takes the conversation, or takes it over',
      '/release · Gives the conversation back',
      '/transfer · Moves the conversation to another desk',
      '/reveal · Shows you alone what is masked in a message',
      '/on · Puts you on duty',
      '/off · Takes you off duty',
      '/duty · Lists who is on duty',
      '/whoami · Shows how the desk knows you',
      '/doctor · Finds out whether this desk works, and what to do',
    ]);
    const outside = await desk.answerTo(desk.ada.write('/help'));
    expect(wordsOf(outside)).toContain('/ban · Bans');
  });

  it('says who somebody is', async () => {
    desk = await CommandDesk.start(place);
    const answer = await desk.answerTo(desk.ada.write('/whoami'));
    expect(wordsOf(answer)).toBe(
      `👤 You are Ada, with the Telegram id ${desk.ada.user.id}. Everybody in this chat may answer customers.`,
    );
  });
});
