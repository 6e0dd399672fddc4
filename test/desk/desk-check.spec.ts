import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  BotApiEmulator,
  VirtualClock,
  type EmulatedChat,
  type EmulatorFault,
} from '../../src/testing/index.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { SECONDS_MS } from '../support/busy-machine.js';

describe('A desk that starts', () => {
  let desk: TestDesk;
  afterEach(() => desk.stop());

  async function start(wanted: TestDeskOptions = {}): Promise<TestDesk> {
    desk = await TestDesk.start({ webhook: false, ...wanted });
    return desk;
  }

  const said = () =>
    desk.log.lines.filter(({ text }) => /Desk: |TELEGRAM_|Could not verify/.test(text));

  it('says which bot works in which chat', async () => {
    await start();
    expect(said()).toEqual([
      { level: 'log', text: `Desk: @${desk.emulator.bot.username} in Support DeskCheck` },
    ]);
    expect(desk.emulator.calls.map(({ method }) => method)).toEqual([
      'getMe',
      'getChat',
      'getChatMember',
      'getMyCommands',
      'setMyCommands',
    ]);
  });

  it('says it of a private chat', async () => {
    await start({ chat: (emulator) => emulator.createPrivateChat('Ada Lovelace') });
    expect(said()[0]?.text).toContain('in Ada Lovelace');
  });

  it('says it in one short line, whatever the title is', async () => {
    const title = `Support\nDesk: @other in\u202e\u2028 ${'long '.repeat(40)}`;
    await start({ chat: (emulator) => emulator.createSupergroup({ title }) });
    const [line] = said();
    expect(said()).toHaveLength(1);
    expect(line?.text).toMatch(/^Desk: @\w+ in Support Desk: @other in (long )+\w*…/);
    expect(line?.text).not.toMatch(/[\n\u2028\u202e]/);
    expect(line?.text.length).toBeLessThan(120);
  });

  it.each<[string, TestDeskOptions, RegExp]>([
    [
      'a token that no bot has',
      { options: { botToken: `7000000009:${'x'.repeat(35)}` } },
      /^botToken \(TELEGRAM_BOT_TOKEN\) is not the token of a bot .*401.*@BotFather/,
    ],
    [
      'a chat that is not there',
      { options: { adminChatId: -1_001_234 } },
      /^The bot cannot find the chat -1001234 .*chat not found.*TELEGRAM_ADMIN_CHAT_ID.*-100.*member/,
    ],
    [
      'a name that no chat has',
      { options: { adminChatId: '@nobody_is_here' } },
      /^The bot cannot find the chat @nobody_is_here /,
    ],
    [
      'a group that the bot was removed from',
      { chat: (emulator) => changed(emulator.createSupergroup({ title: 'Support' }), 'kicked') },
      /^The bot is not a member of the chat -\d+ .*403.*adminChatId .*add the bot/,
    ],
    [
      'a channel',
      { chat: (emulator) => emulator.createChannel({ title: 'News' }) },
      /^@\w+ cannot work in News: it is a channel.*TELEGRAM_ADMIN_CHAT_ID/,
    ],
    [
      'a public group that the bot is not in',
      {
        chat: (emulator) =>
          changed(emulator.createSupergroup({ title: 'Support', username: 'the_desk' }), 'left'),
      },
      /^@\w+ cannot work in Support: it is not a member/,
    ],
    [
      'a group that lets members not write',
      {
        chat: (emulator) => {
          const chat = changed(emulator.createSupergroup({ title: 'Support' }), 'member');
          chat.setPermissions({ can_send_messages: false });
          return chat;
        },
      },
      /^@\w+ cannot work in Support: it is not allowed to write there.*administrator/,
    ],
  ])('logs once what is wrong and what to do when it gets %s', async (_name, wanted, line) => {
    desk = await startUnchecked(wanted);
    await vi.waitFor(() => expect(desk.log.with('error', '')).toHaveLength(1), 20_000);
    expect(desk.log.with('error', '')[0]?.text).toMatch(line);
    expect(desk.log.with('log', 'Desk: ')).toEqual([]);
    expect(desk.log.lines.map(({ text }) => text).join()).not.toContain('xxxx');
  });

  it('boots while Telegram is away, says so once, and asks again until it answers', async () => {
    const clock = new VirtualClock();
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    emulator.failNext('getMe', { kind: 'html', status: 502 });
    const options = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
    };
    await start({ clock, options });
    emulator.failNext('getMe', { kind: 'cut', perform: false });
    for (const [i, delayMs] of [1_000, 2_000].entries()) {
      await vi.waitFor(() => expect(clock.pending).toBe(1), 20_000);
      clock.advance(delayMs - 1);
      expect(emulator.callsOf('getMe')).toHaveLength(i + 1);
      clock.advance(1);
      await vi.waitFor(() => expect(emulator.callsOf('getMe')).toHaveLength(i + 2), 20_000);
    }
    await vi.waitFor(() => expect(desk.log.with('log', 'Desk: ')).toHaveLength(1), 20_000);
    expect(desk.log.with('warn', 'Could not verify')).toHaveLength(1);
    expect(desk.log.with('error', '')).toEqual([]);
    expect(clock.pending).toBe(0);
    await emulator.stop();
  });

  it('waits as long as Telegram wants, and takes nothing from what the chat may receive', async () => {
    const clock = new VirtualClock();
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    emulator.failNext('getChat', { kind: 'flood', retryAfterSeconds: 7 });
    const options = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
      rateLimit: { messages: 1, windowMs: 60_000 },
    };
    await start({ clock, options });
    await desk.telegram.notifyNewThread({ threadId: 't1', text: 'Help' });
    await chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    clock.advance(6_999);
    expect(emulator.callsOf('getChat')).toHaveLength(1);
    clock.advance(1);
    await vi.waitFor(() => expect(desk.log.with('log', 'Desk: ')).toHaveLength(1), 20_000);
    await emulator.stop();
  });

  it('asks no more when it ends, and keeps nothing alive', async () => {
    const clock = new VirtualClock();
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    const chat = emulator.createSupergroup({ title: 'Support' });
    const options = {
      botToken: emulator.bot.token,
      adminChatId: chat.id,
      apiRoot: emulator.apiRoot,
    };
    const faults: Array<[EmulatorFault, number]> = [
      [{ kind: 'hang' }, 0],
      [{ kind: 'html', status: 502 }, 1],
    ];
    for (const [fault, pending] of faults) {
      emulator.failNext('getMe', fault);
      const asked = emulator.callsOf('getMe').length;
      desk = await startUnchecked({ clock, options });
      await vi.waitFor(() => expect(emulator.callsOf('getMe')).toHaveLength(asked + 1), 20_000);
      await vi.waitFor(() => expect(clock.pending).toBe(pending), 20_000);
      const startedAtMs = performance.now();
      await desk.app.close();
      expect(performance.now() - startedAtMs).toBeLessThan(SECONDS_MS);
      expect(clock.pending).toBe(0);
      expect(emulator.callsOf('getMe')).toHaveLength(asked + 1);
    }
    await emulator.stop();
  });

  it('asks nothing when its updates are off', async () => {
    await start({ options: { updates: 'off' } });
    await desk.telegram.sendMessage('Hello');
    expect(desk.emulator.calls.map(({ method }) => method)).toEqual(['sendMessage']);
  });

  /** One whose check comes to no good. */
  function startUnchecked(wanted: TestDeskOptions): Promise<TestDesk> {
    return TestDesk.start({ webhook: false, unchecked: true, ...wanted });
  }
});

function changed(chat: EmulatedChat, status: 'kicked' | 'left' | 'member'): EmulatedChat {
  chat.setBotStatus(status);
  return chat;
}
