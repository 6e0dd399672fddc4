import { Injectable } from '@nestjs/common';
import type { InlineKeyboardMarkup } from '@grammyjs/types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AgentCommand, type AgentCommandCall } from '../../src/index.js';
import type { EmulatedAgent, Message } from '../../src/testing/index.js';
import { ReplyLog } from '../support/reply-log.js';
import type { TestDeskOptions } from '../support/test-desk.js';
import { EventLog } from '../support/topic-desk.js';
import {
  AppCommands,
  COMMAND_DESKS,
  CommandDesk,
  wordsOf,
  type CommandPlace,
} from './command-desk.js';

/** The app's commands that have buttons. */
@Injectable()
class ButtonCommands {
  readonly calls: Array<AgentCommandCall<unknown>> = [];

  @AgentCommand({ name: 'greet', description: 'Greets', button: 'Greet', style: 'primary' })
  greet(call: AgentCommandCall): string {
    this.calls.push(call);
    return `Hello, ${call.agent.name}`;
  }

  @AgentCommand({
    name: 'cancel',
    description: 'Cancels',
    button: 'Cancel it',
    confirm: true,
    style: 'danger',
  })
  cancel(call: AgentCommandCall): string {
    this.calls.push(call);
    return `Cancelled ${this.calls.length}`;
  }
}

describe.each<CommandPlace>([...COMMAND_DESKS])('Buttons, with data in %s and %s,', (...place) => {
  let desk: CommandDesk;
  let card: Message;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await CommandDesk.start(place, {
      providers: [ReplyLog, EventLog, AppCommands, ButtonCommands],
      ...wanted,
      // Those of the module are looked at in the specs of cards.
      options: { card: { buttons: false }, ...wanted.options },
    });
    card = await desk.open();
  }

  const calls = () => desk.desk.app.get(ButtonCommands, { strict: false }).calls;
  const now = () => desk.desk.chat.messages.find(({ message_id: id }) => id === card.message_id);
  const rows = () => (now()?.reply_markup ?? { inline_keyboard: [] }).inline_keyboard;
  const labels = () => rows().map((row) => row.map(({ text }) => text));
  const answerOf = async (button: string, agent: EmulatedAgent = desk.ada) =>
    (await agent.press(now() ?? card, button).waitForAnswer(15_000)).text;
  const until = (wanted: string[][]) =>
    vi.waitFor(() => expect(labels()).toEqual(wanted), { timeout: 20_000, interval: 20 });

  it('stand below the first notice of a thread alone', async () => {
    await start();
    expect(labels()).toEqual([['Greet', 'Cancel it']]);
    expect(rows()[0]?.map((button) => button.style)).toEqual(['primary', 'danger']);
    await desk.desk.telegram.notifyUserMessage({ threadId: 't1', text: 'more' });
    expect((await desk.shows('more')).reply_markup).toBeUndefined();
  });

  it('run the command once for each press, and post what it says', async () => {
    await start();
    // Pressed twice by mistake, before it is greyed.
    const [press, second] = [desk.ada.press(card, 'Greet'), desk.ada.press(card, 'Greet')];
    expect((await press.waitForAnswer(15_000)).text).toBe('⏳ In progress');
    expect((await second.waitForAnswer(15_000)).text).toBe('⏳ You have just pressed this.');
    const answer = await desk.answerTo(card);
    expect(wordsOf(answer)).toBe('Hello, Ada');
    press.resend();
    await desk.desk.emulator.idle();
    await desk.answerTo(desk.write(card, '/plan'));
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatchObject({
      name: 'greet',
      threadId: 't1',
      isButton: true,
      arguments: [],
      agent: { name: 'Ada', anonymous: false },
      message: { messageId: card.message_id },
    });
  });

  it('ask where the app wants it, and run once although Yes is pressed by two', async () => {
    await start();
    expect(await answerOf('Cancel it')).toBeUndefined();
    await until([['✅ Cancel it', '✖️ Cancel']]);
    const question = now() ?? card;
    expect(calls()).toEqual([]);
    const grace = desk.desk.chat.agent('Grace');
    const presses = [desk.ada, grace].map((agent) => agent.press(question, '✅ Cancel it'));
    const answers = await Promise.all(presses.map((press) => press.waitForAnswer(15_000)));
    // Telegram delivers the presses of two people at the same time.
    expect(new Set(answers.map(({ text }) => text))).toEqual(
      new Set(['This was answered already.', '⏳ In progress']),
    );
    expect(wordsOf(await desk.answerTo(card))).toBe('Cancelled 1');
    await until([['Greet', 'Cancel it']]);
    expect(calls()).toHaveLength(1);
  });

  it('do nothing when the question is answered with No', async () => {
    await start();
    await answerOf('Cancel it');
    await until([['✅ Cancel it', '✖️ Cancel']]);
    expect(await answerOf('✖️ Cancel')).toBe('Cancelled');
    await until([['Greet', 'Cancel it']]);
    expect(calls()).toEqual([]);
  });

  it('stay below a notice that is edited', async () => {
    await start();
    await desk.desk.telegram.notifyNewThread({ threadId: 't2', text: 'first', messageId: 'm2' });
    const other = await desk.shows('first');
    await desk.desk.telegram.notifyMessageEdited({
      threadId: 't2',
      messageId: 'm2',
      text: 'second',
    });
    const edited = () =>
      desk.desk.chat.messages.find(({ message_id: id }) => id === other.message_id);
    await vi.waitFor(() => expect(edited()?.text).toMatch(/second$/), 20_000);
    expect(edited()?.reply_markup).toEqual(other.reply_markup);
  });

  it('stand below a file that opens a thread', async () => {
    await start();
    const attachments = [{ data: Buffer.from('text'), name: 'a.txt' }];
    await desk.desk.telegram.notifyNewThread({ threadId: 't3', text: 'see', attachments });
    const file = await desk.desk.chat.waitForMessage(
      ({ document }) => document !== undefined,
      20_000,
    );
    expect(file.reply_markup?.inline_keyboard[0]).toHaveLength(2);
  });

  it('find their thread by its mapping when Telegram tells no more of the message than its id', async () => {
    await start();
    const press = desk.ada.press(card, 'Greet');
    await press.waitForAnswer(15_000);
    await desk.answerTo(card);
    const { emulator } = desk.desk;
    const query = emulator.deliveries
      .map(({ update }) => update?.callback_query)
      .findLast((each) => each?.id === press.id);
    const { message_id: messageId, chat } = card;
    const grace = desk.desk.chat.agent('Grace').user;
    const deliver = (id: number, message: object): void => {
      const callbackQuery = { ...query, id: String(id), from: grace, message };
      emulator.deliver({ update_id: id, callback_query: callbackQuery });
    };
    deliver(901, { message_id: messageId, chat, date: 0 });
    await desk.shows('Hello, Grace');
    expect(calls()).toHaveLength(2);
    // Of a message that is not mapped nothing says whose it is.
    deliver(902, { message_id: 777, chat, date: 0 });
    const answers = () =>
      emulator.callsOf('answerCallbackQuery').map(({ params }) => params['text']);
    await vi.waitFor(
      () => expect(answers()).toContainEqual(expect.stringMatching(/not known any more/)),
      20_000,
    );
    expect(calls()).toHaveLength(2);
  });

  it('are refused to who is no agent', async () => {
    await start({ options: { agents: [1] } });
    expect(await answerOf('Greet')).toBe('⚠️ Only registered agents may do this.');
    expect(calls()).toEqual([]);
  });

  it('are answered with words when they are forged, of another thread or message, or of a thread that is gone', async () => {
    await start();
    const other = await desk.open('t2');
    await answerOf('Cancel it');
    await until([['✅ Cancel it', '✖️ Cancel']]);
    const yes = dataOf(now()?.reply_markup);
    const { emulator } = desk.desk;
    const update = emulator.deliveries.at(-1)?.update;
    const answered = () =>
      emulator.callsOf('answerCallbackQuery').map(({ params }) => params['text']);
    /** As if Telegram said that somebody has pressed it. */
    const forge = async (data: string, message: Message, id: string): Promise<unknown> => {
      const before = answered().length;
      const query = { ...update?.callback_query, id, data, message };
      emulator.deliver({ update_id: Number(id), callback_query: query });
      await vi.waitFor(() => expect(answered().length).toBeGreaterThan(before), 20_000);
      return answered().at(-1);
    };
    expect(await forge('1rgreet.AAAAAAAAAAA', card, '901')).toBe(
      '⚠️ This button is not valid here.',
    );
    expect(await forge(dataOf(card.reply_markup), other, '902')).toBe(
      '⚠️ This button is not valid here.',
    );
    expect(await forge(yes, { ...card, message_id: 77 }, '903')).toBe(
      '⚠️ This button is not valid here.',
    );
    expect(await forge('x'.repeat(10_000), card, '904')).toBe('⚠️ This button does nothing.');
    const elsewhere = { ...card, chat: { id: -5, type: 'group' as const, title: 'Other' } };
    expect(await forge(dataOf(card.reply_markup), elsewhere, '905')).toBe(
      '⚠️ This button does nothing here.',
    );
    await desk.desk.telegram.purgeThread({ threadId: 't2' });
    await vi.waitFor(
      async () => expect(await desk.desk.telegram.findThread('t2')).toBeNull(),
      20_000,
    );
    expect(await forge(dataOf(other.reply_markup), other, '906')).toMatch(/not known any more/);
    expect(calls()).toEqual([]);
  });
});

/** What the first button carries. */
function dataOf(keyboard: InlineKeyboardMarkup | undefined): string {
  const [button] = keyboard?.inline_keyboard[0] ?? [];
  return button && 'callback_data' in button ? button.callback_data : '';
}
