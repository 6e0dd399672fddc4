import { Injectable } from '@nestjs/common';
import { afterEach, describe, expect, it } from 'vitest';
import { AgentCommand } from '../../src/index.js';
import { ReplyLog } from '../support/reply-log.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { COMMAND_DESKS, CommandDesk } from './command-desk.js';

@Injectable()
class GermanCommands {
  @AgentCommand({
    name: 'plan',
    description: 'Shows the plan',
    descriptions: { de: 'Zeigt den Tarif' },
  })
  plan(): void {}

  @AgentCommand({ name: 'help', description: 'Is a command of the module' })
  help(): void {}

  @AgentCommand({ name: 'elsewhere', description: 'Is for another desk', desk: 'billing' })
  elsewhere(): void {}
}

describe('The menu of commands', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await TestDesk.start({ providers: [ReplyLog, GermanCommands], ...wanted });
  }

  const menu = async (language?: 'de') =>
    (
      await desk.telegram.api.call('getMyCommands', {
        scope: { type: 'chat', chat_id: desk.chat.id },
        language_code: language,
      })
    ).map(({ command, description }) => `${command}: ${description}`);

  it('has the commands of the app and the module, in each language', async () => {
    await start();
    expect(await menu()).toEqual([
      'plan: Shows the plan',
      'help: Lists the commands',
      'note: Writes a note that the customer does not get',
      'del: Deletes your reply that you answer with it',
      'history: Shows the last messages of the conversation',
      'close: Closes the conversation',
      'reopen: Opens the conversation again',
      'refresh: Asks the app again what it knows of the conversation',
      'claim: Takes the conversation, or takes it over',
      'release: Gives the conversation back',
      'transfer: Moves the conversation to another desk',
      'reveal: Shows you alone what is masked in a message',
      'on: Puts you on duty',
      'off: Takes you off duty',
      'duty: Lists who is on duty',
      'whoami: Shows how the desk knows you',
      'doctor: Finds out whether this desk works, and what to do',
    ]);
    expect((await menu('de')).slice(0, 2)).toEqual([
      'plan: Zeigt den Tarif',
      'help: Listet die Befehle auf',
    ]);
    expect(await desk.telegram.api.call('getMyCommands')).toEqual([]);
    expect(desk.log.with('warn', '/help is a command of the module')).toHaveLength(1);
    expect(desk.log.with('warn', 'is never called')).toHaveLength(1);
  });

  it('is not set when it is so already', async () => {
    await start();
    const { emulator, chat } = desk;
    const set = emulator.callsOf('setMyCommands').length;
    const other = await TestDesk.start({
      providers: [ReplyLog, GermanCommands],
      webhook: false,
      options: { apiRoot: emulator.apiRoot, botToken: emulator.bot.token, adminChatId: chat.id },
    });
    expect(emulator.callsOf('getMyCommands')).toHaveLength(4);
    expect(emulator.callsOf('setMyCommands')).toHaveLength(set);
    await other.stop();
  });

  it('holds nothing up when Telegram refuses it, which is logged once', async () => {
    const refusal = { kind: 'error', errorCode: 400, description: 'Bad Request: no' } as const;
    await start({
      chat: (emulator) => {
        emulator.failNext('setMyCommands', refusal);
        return emulator.createSupergroup({ title: 'Support' });
      },
    });
    expect(desk.log.with('warn', 'does not offer the commands')).toHaveLength(1);
    expect(desk.log.with('log', 'Desk: ')).toHaveLength(1);
    const { checks } = await desk.telegram.diagnose();
    const check = checks.find(({ id }) => id === 'commands');
    expect(check).toMatchObject({
      status: 'warning',
      finding: expect.stringContaining('/plan, /help, /note'),
    });
  });

  it('is not touched by a process that takes no replies', async () => {
    await start({ options: { replies: false } });
    expect(desk.emulator.callsOf('getMyCommands')).toEqual([]);
  });
});

it('keeps what other processes of the desk have', async () => {
  const place = COMMAND_DESKS[2];
  const first = await CommandDesk.start(place);
  const { emulator, chat } = first.desk;
  const second = await CommandDesk.start(place, {
    providers: [ReplyLog],
    webhook: false,
    options: { apiRoot: emulator.apiRoot, botToken: emulator.bot.token, adminChatId: chat.id },
  });
  expect(emulator.callsOf('setMyCommands')).toHaveLength(1);
  await second.stop();
  await first.stop();
});

it.each([
  [{ name: 'Refund', description: 'x' }, 'name "Refund"'],
  [{ name: '', description: 'x' }, 'name ""'],
  [{ name: 'refund', description: ' ' }, 'each description'],
  [{ name: 'refund', description: 'x', descriptions: { german: 'x' } }, 'languages'],
  [{ name: 'refund', description: 'x', button: '' }, 'button'],
])('is a programming error with %j', (options, problem) => {
  expect(() => AgentCommand(options)).toThrow(problem);
});
