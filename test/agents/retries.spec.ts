import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { VirtualClock, type EmulatedAgent, type Message } from '../../src/testing/index.js';
import { RevisionLog } from '../support/revision-log.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';
import {
  AppCommands,
  COMMAND_DESKS,
  CommandDesk,
  wordsOf,
  type CommandPlace,
} from './command-desk.js';

const SLOW = { timeout: 20_000, interval: 20 };
const DAY_MS = 86_400_000;
const BUTTONS = ['Retry', 'Discard'];

describe.each<CommandPlace>([...COMMAND_DESKS])('Retries, with data in %s and %s,', (...place) => {
  let desk: CommandDesk;
  let notice: Message;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await CommandDesk.startWithRevisions(place, wanted);
    notice = await desk.open();
  }

  const log = () => desk.desk.app.get(RevisionLog);
  const failWith = (reason: string, isMeant = (_line: string) => true) => {
    log().before = (line) => {
      if (isMeant(line)) throw new Error(reason);
    };
  };
  const letters = () => desk.desk.telegram.deadLetters.list();
  const current = ({ message_id: id }: Message) =>
    desk.desk.chat.messages.find((message) => message.message_id === id);
  const labelsOf = (message: Message | undefined) =>
    (message?.reply_markup?.inline_keyboard ?? []).flat().map(({ text }) => text);
  const shows = (note: Message, words: string | RegExp, buttons: string[]) =>
    vi.waitFor(() => {
      const now = current(note);
      expect([now && wordsOf(now), labelsOf(now)]).toEqual([expect.stringMatching(words), buttons]);
    }, SLOW);
  const press = async (note: Message, button: string, agent: EmulatedAgent = desk.ada) =>
    (await agent.press(current(note) ?? note, button).waitForAnswer(15_000)).text;
  const notesOn = ({ message_id: id }: Message) =>
    desk.desk.chat.messages.filter(
      ({ reply_to_message: replied, from }) => replied?.message_id === id && from?.is_bot,
    );
  const hasReaction = (message: Message, emoji: string) =>
    vi.waitFor(() => expect(desk.desk.chat.reactionsOn(message.message_id)).toEqual([emoji]), SLOW);

  /** A reply that the app could not process, and the note that says so. */
  async function failed(text = 'Hello'): Promise<{ reply: Message; note: Message }> {
    failWith('no database');
    const reply = desk.write(notice, text);
    const note = await desk.answerTo(reply);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    return { reply, note };
  }

  it('are offered below the reason, and deliver the reply', async () => {
    await start();
    const { reply, note } = await failed();
    expect(wordsOf(note)).toContain('no database');
    expect(labelsOf(note)).toEqual(BUTTONS);
    log().before = () => undefined;
    expect(await press(note, 'Retry')).toBe('🔄 It is tried again');
    await shows(note, /^✅ Delivered/, []);
    await hasReaction(reply, '👍');
    expect(log().lines).toEqual(['Hello']);
    expect(await letters()).toEqual([]);
    expect(notesOn(reply)).toHaveLength(1);
  });

  it('show that the reply is tried again, and the new reason in the same note', async () => {
    await start();
    const { reply, note } = await failed();
    let fail: ((error: Error) => void) | undefined;
    log().before = () => new Promise((_, reject) => (fail = reject));
    await press(note, 'Retry');
    await shows(note, /^🔄 Ada has this tried again.*no database/, []);
    await vi.waitFor(() => expect(fail).toBeDefined(), SLOW);
    fail?.(new Error('no network'));
    await shows(note, /no network/, BUTTONS);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    expect(desk.desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    log().before = () => undefined;
    const grace = desk.desk.chat.agent('Grace');
    await press(note, 'Retry', grace);
    await shows(note, /^✅ Delivered/, []);
    await hasReaction(reply, '👍');
    expect(notesOn(reply)).toHaveLength(1);
  });

  it('are over when the reply is discarded', async () => {
    await start();
    const { reply, note } = await failed();
    expect(await press(note, 'Discard')).toBe('🗑 It is discarded');
    await shows(note, /^🗑 Discarded by Ada/, []);
    expect(await letters()).toEqual([]);
    expect(desk.desk.chat.reactionsOn(reply.message_id)).toEqual([]);
    // An app of an agent that still shows the buttons.
    expect(await pressOld(note, 'Retry')).toBe('🗑 It was discarded already.');
    expect(log().lines).toEqual([]);
  });

  /** Presses a button as the note had it at first. */
  async function pressOld(note: Message, button: string): Promise<string | undefined> {
    const found = (note.reply_markup?.inline_keyboard ?? [])
      .flat()
      .find(({ text }) => text === button);
    const { emulator } = desk.desk;
    const last = emulator.deliveries.findLast(({ update }) => update?.callback_query)?.update;
    const id = String(Date.now() + emulator.calls.length);
    const data = found && 'callback_data' in found ? found.callback_data : '';
    const query = { ...last?.callback_query, id, from: desk.ada.user, data, message: note };
    emulator.deliver({ update_id: 900_000_000 + emulator.calls.length, callback_query: query });
    const answers = () =>
      emulator
        .callsOf('answerCallbackQuery')
        .filter(({ params }) => params['callback_query_id'] === id);
    await vi.waitFor(() => expect(answers()).toHaveLength(1), SLOW);
    const text = answers()[0]?.params['text'];
    return typeof text === 'string' ? text : undefined;
  }

  it('happen once, however many press at once, and each is answered', async () => {
    await start();
    const { reply, note } = await failed();
    log().before = () => undefined;
    const agents = ['Grace', 'Linus', 'Edsger'].map((name) => desk.desk.chat.agent(name));
    const pressed = [desk.ada, ...agents].map((agent, index) =>
      agent.press(note, index % 2 === 0 ? 'Retry' : 'Discard').waitForAnswer(15_000),
    );
    for (const { text } of await Promise.all(pressed)) expect(text).not.toBe('');
    await vi.waitFor(async () => expect(await letters()).toEqual([]), SLOW);
    await shows(note, /^(✅ Delivered|🗑 Discarded)/, []);
    const isDelivered = wordsOf(current(note) ?? note).startsWith('✅');
    expect(log().lines).toEqual(isDelivered ? ['Hello'] : []);
    if (isDelivered) await hasReaction(reply, '👍');
    expect(await pressOld(note, 'Retry')).toMatch(/The app has got it meanwhile|discarded already/);
    expect(log().lines).toHaveLength(isDelivered ? 1 : 0);
    expect(notesOn(reply)).toHaveLength(1);
  });

  it('of the app are shown in the note, and so is that it discards', async () => {
    await start();
    const { reply, note } = await failed();
    log().before = () => undefined;
    const [letter] = await letters();
    expect(await desk.desk.telegram.deadLetters.retry(letter?.id ?? '')).toBe(true);
    await shows(note, /^✅ Delivered/, []);
    await hasReaction(reply, '👍');
    const second = await failed('Again');
    const [other] = await letters();
    expect(await desk.desk.telegram.deadLetters.discard(other?.id ?? '')).toBe(true);
    await shows(second.note, /^🗑 Discarded by the app/, []);
    expect(await desk.desk.telegram.deadLetters.retry(other?.id ?? '')).toBe(false);
    expect(await pressOld(second.note, 'Discard')).toBe('🗑 It was discarded already.');
  });

  it('deliver a failed edit', async () => {
    await start();
    const reply = desk.write(notice, 'Hello');
    await hasReaction(reply, '👍');
    failWith('no database');
    desk.ada.edit(reply, 'Hello you');
    const note = await desk.answerTo(reply);
    expect([wordsOf(note), labelsOf(note)]).toEqual([
      expect.stringContaining('before you edited it: no database'),
      BUTTONS,
    ]);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    log().before = () => undefined;
    await press(note, 'Retry');
    await shows(note, /as you have edited it/, []);
    expect(log().lines).toEqual(['Hello', '✏ Hello you']);
  });

  it('carry out a failed deletion', async () => {
    await start();
    const reply = desk.write(notice, 'Hello');
    await hasReaction(reply, '👍');
    failWith('no database');
    const given = desk.ada.reply(reply, '/del');
    const note = await desk.answerTo(reply);
    expect([wordsOf(note), labelsOf(note)]).toEqual([
      expect.stringContaining('still sees this reply: no database'),
      BUTTONS,
    ]);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    log().before = () => undefined;
    await press(note, 'Retry');
    await shows(note, /^✅ Deleted/, []);
    await hasReaction(reply, '🙈');
    expect(log().lines).toEqual(['Hello', `🗑 ${reply.message_id}`]);
    expect(given.message_id).toBeGreaterThan(0);
  });

  it('happen when the agent edits a failed reply, which then comes in its new form', async () => {
    await start();
    const { reply, note } = await failed('Helo');
    log().before = () => undefined;
    desk.ada.edit(reply, 'Hello');
    await shows(note, /^✅ Delivered/, []);
    await hasReaction(reply, '👍');
    expect(log().lines).toEqual(['Hello']);
    expect(await letters()).toEqual([]);
  });

  it('are over when the agent deletes a failed reply', async () => {
    await start();
    const { reply, note } = await failed();
    log().before = () => undefined;
    desk.ada.reply(reply, '/del');
    await shows(note, /^🗑 Discarded by Ada/, []);
    await hasReaction(reply, '🙈');
    expect(await letters()).toEqual([]);
    expect(log().lines).toEqual([`🗑 ${reply.message_id}`]);
  });

  it('say so when nothing is left to try', async () => {
    await start();
    const reply = desk.write(notice, 'Hello');
    await hasReaction(reply, '👍');
    failWith('no database', (line) => line.includes('bad'));
    desk.ada.edit(reply, 'bad');
    const note = await desk.answerTo(reply);
    await vi.waitFor(async () => expect(await letters()).toHaveLength(1), SLOW);
    desk.ada.edit(reply, 'good');
    await vi.waitFor(() => expect(log().lines).toEqual(['Hello', '✏ good']), SLOW);
    await press(note, 'Retry');
    await shows(note, /^ℹ️ There is nothing to try again/, []);
    expect(log().lines).toEqual(['Hello', '✏ good']);
  });

  it('are said in a new message when the note is gone', async () => {
    await start();
    const { reply, note } = await failed();
    log().before = () => undefined;
    await desk.desk.telegram.api.call('deleteMessage', {
      chat_id: desk.desk.chat.id,
      message_id: note.message_id,
    });
    const [letter] = await letters();
    await desk.desk.telegram.deadLetters.retry(letter?.id ?? '');
    const said = await desk.desk.chat.waitForMessage(
      ({ text = '' }) => text.includes('Delivered') || text.includes('tried again'),
      20_000,
    );
    expect(said.reply_to_message?.message_id).toBe(reply.message_id);
    await shows(said, /^✅ Delivered/, []);
    await hasReaction(reply, '👍');
  });

  it('are explained to who writes the command', async () => {
    await start();
    const answer = await desk.answerTo(desk.write(notice, '/retry'));
    expect(wordsOf(answer)).toContain('Press the button below the message');
  });
});

it('of a letter that is kept no longer are answered with words', async () => {
  const clock = new VirtualClock();
  const place: CommandPlace = ['memory', 'replies'];
  const desk = await CommandDesk.start(place, {
    clock,
    providers: [RevisionLog, EventLog, AppCommands],
    options: { replies: { attempts: 1 } },
  });
  onTestFinished(() => desk.stop());
  const notice = await desk.open();
  desk.desk.app.get(RevisionLog).before = () => {
    throw new Error('no database');
  };
  const note = await desk.answerTo(desk.write(notice, 'Hello'));
  const press = async () => (await desk.ada.press(note, 'Retry').waitForAnswer(15_000)).text;
  await desk.desk.emulator.idle(20_000);
  clock.advance(30 * DAY_MS + 1_000);
  expect(await press()).toBe('🔄 It is tried again');
  const words = () => {
    const now = desk.desk.chat.messages.find(({ message_id: id }) => id === note.message_id);
    return now && wordsOf(now);
  };
  await vi.waitFor(() => expect(words()).toMatch(/^ℹ️ This is not kept any more/), SLOW);
});

it.each<CommandPlace>([
  ['memory', 'replies'],
  ['Redis', 'topics'],
])('are for registered agents alone, with data in %s and %s', async (...place) => {
  const agents: number[] = [];
  const desk = await CommandDesk.start(place, {
    providers: [RevisionLog, EventLog, AppCommands],
    options: { replies: { attempts: 1 }, agents },
    chat: (telegram) => {
      const chat =
        place[1] === 'topics'
          ? telegram.createForum({ title: 'Support' })
          : telegram.createSupergroup({ title: 'Support' });
      agents.push(chat.agent('Ada', { status: 'administrator' }).user.id);
      return chat;
    },
  });
  onTestFinished(() => desk.stop());
  const notice = await desk.open();
  desk.desk.app.get(RevisionLog).before = () => {
    throw new Error('no database');
  };
  const note = await desk.answerTo(desk.write(notice, 'Hello'));
  const { deadLetters } = desk.desk.telegram;
  await vi.waitFor(async () => expect(await deadLetters.count()).toBe(1), SLOW);
  const mallory = desk.desk.chat.agent('Mallory');
  for (const button of BUTTONS) {
    const { text } = await mallory.press(note, button).waitForAnswer(15_000);
    expect(text).toBe('⚠️ Only registered agents may do this.');
  }
  expect(await deadLetters.count()).toBe(1);
  const edited = desk.desk.emulator.callsOf('editMessageText').map(({ params }) => params);
  // The card is edited, since the thread is answered.
  expect(edited.filter((params) => params['message_id'] === note.message_id)).toEqual([]);
});
