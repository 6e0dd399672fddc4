import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DeskOptions } from '../../src/index.js';
import { BotApiEmulator, type EmulatedChat } from '../../src/testing/index.js';
import type { LogLine } from '../support/log-capture.js';
import { freePort, RedisServer } from '../support/redis-server.js';
import { TestDesk, type TestDeskOptions } from '../support/test-desk.js';
import { WrongClock } from '../monitoring/wrong-setups/setup-world.js';

describe('The boot log', () => {
  const ends: Array<() => unknown> = [];
  let desk: TestDesk;
  afterEach(async () => {
    await desk.stop();
    const hasToken = JSON.stringify(desk.log.lines).includes(desk.emulator.bot.token.slice(-20));
    if (hasToken) throw new Error('The log has the token of the bot');
    for (const end of ends.splice(0).toReversed()) await end();
    vi.unstubAllEnvs();
  });

  async function start(wanted: TestDeskOptions = {}): Promise<void> {
    desk = await TestDesk.start({ webhook: false, ...wanted });
  }

  /** Starts a desk in a supergroup that is set up wrongly. */
  function startIn(
    setUp: (chat: EmulatedChat) => void,
    wanted: TestDeskOptions = {},
  ): Promise<void> {
    return start({
      chat: (emulator) => {
        const chat = emulator.createSupergroup({ title: 'Support' });
        setUp(chat);
        return chat;
      },
      ...wanted,
    });
  }

  async function startRedis(...args: string[]): Promise<RedisServer> {
    const server = await RedisServer.start({ args });
    ends.push(() => server.stop());
    return server;
  }

  const complaints = () =>
    desk.log.lines.filter(({ level }) => level === 'warn' || level === 'error');
  /** What the checks have said, with the level in front. */
  const said = () => desk.log.lines.filter(({ text }) => text.endsWith(' SetupLog')).map(shownLine);
  const name = () => `@${desk.emulator.bot.username}`;

  it('has no line but those of before when all is well', async () => {
    await start();
    expect(said()).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  it('has a line for each of several problems, with its remedy', async () => {
    const clock = new WrongClock();
    clock.aheadMs = 120_000;
    await startIn(
      (chat) => {
        chat.setBotStatus('member');
        chat.setSlowMode(30);
        chat.setPermissions({ can_send_photos: false });
        chat.allowReactions([]);
      },
      { emulator: { clock } },
    );
    expect(said()).toEqual([
      expect.stringMatching(
        /^warn: The clock of this machine is \d+ s behind Telegram's\. Set the/,
      ),
      expect.stringMatching(
        `^warn: ${name()} in Support: The bot may not send in the chat: photos\\. Make the bot`,
      ),
      expect.stringMatching(
        `^warn: ${name()} in Support: In slow mode .* 30 s\\. Make the bot an administrator, or turn`,
      ),
      expect.stringMatching(`^log: ${name()} in Support: Privacy mode is on.* Make the bot`),
      expect.stringMatching(`^warn: ${name()} in Support: The chat allows no reaction .*Allow 👍`),
    ]);
    expect(desk.log.with('log', 'Desk: ')).toHaveLength(1);
    expect(desk.log.with('error', '')).toEqual([]);
  });

  it.each<[string, (chat: EmulatedChat) => void, RegExp]>([
    [
      'an anonymous bot',
      (chat) => chat.setBotRights({ is_anonymous: true }),
      /^warn: .*anonymous administrator.*"Remain anonymous" off/,
    ],
    [
      'members who may not react',
      (chat) => {
        chat.setBotStatus('member');
        chat.setPermissions({ can_react_to_messages: false });
      },
      /^warn: .*may not react.*let members react/,
    ],
  ])('warns of %s', async (_what, setUp, line) => {
    await startIn(setUp);
    expect(said()).toContainEqual(expect.stringMatching(line));
  });

  it('says nothing of /setjoingroups where the bot is in its groups, which keeps others from using it', async () => {
    await startTwo((_chat, { bot }) => bot.changeSwitches({ canJoinGroups: false }));
    expect(said()).toEqual([]);
  });

  it('fails for a bot that may not write, in a private group that lets its members write', async () => {
    await startIn((chat) => chat.setBotStatus('restricted'), { unchecked: true });
    await vi.waitFor(() => expect(desk.log.with('error', '')).toHaveLength(1), 20_000);
    expect(said()).toEqual([
      expect.stringMatching(
        /^error: @\w+ cannot work in Support: it is not allowed to write there/,
      ),
    ]);
    expect(desk.log.with('log', 'Desk: ')).toEqual([]);
  });

  it('names the chat of each desk, and says once what is wrong with the bot or the machine', async () => {
    const clock = new WrongClock();
    clock.aheadMs = -120_000;
    await startTwo((chat) => chat.allowReactions([]), { emulator: { clock } });
    expect(said().toSorted()).toEqual([
      expect.stringMatching(`^warn: ${name()} in Billing: The chat allows no reaction`),
      expect.stringMatching(`^warn: ${name()} in Support: The chat allows no reaction`),
      expect.stringMatching(/^warn: The clock of this machine is \d+ s ahead of Telegram's/),
    ]);
  });

  it('says once that the token is wrong, whatever desks there are', async () => {
    await start({
      unchecked: true,
      options: { ...desksIn(-1_001_234), botToken: `7000000009:${'x'.repeat(35)}` },
    });
    await vi.waitFor(() => expect(desk.emulator.callsOf('getMe')).toHaveLength(2), 20_000);
    await vi.waitFor(() => expect(desk.log.with('error', '')).not.toEqual([]), 20_000);
    await desk.stop();
    expect(desk.log.with('error', '')).toHaveLength(1);
    expect(JSON.stringify(desk.log.lines)).not.toContain('xxxx');
  });

  it('says nothing twice when Telegram goes away in between', async () => {
    await start({
      unchecked: true,
      chat: (emulator) => {
        emulator.failNext('getChatMember', { kind: 'html', status: 502 });
        const chat = emulator.createSupergroup({ title: 'Support' });
        chat.allowReactions([]);
        return chat;
      },
    });
    await untilDesks(1);
    expect(said()).toEqual([
      expect.stringMatching(/^warn: Could not verify .*502.* Retrying until/),
      expect.stringMatching(/^warn: .*allows no reaction/),
    ]);
  });

  it('says what a network lacks when Telegram cannot be reached', async () => {
    const apiRoot = `http://127.0.0.1:${await freePort()}`;
    await start({ options: { ...desksIn(-1_001_234), apiRoot } });
    await desk.stop();
    expect(said()).toEqual([
      expect.stringMatching(
        /^warn: Could not verify botToken and adminChatId yet: The connection to 127\.0\.0\.1:\d+ \(apiRoot\) is refused: .*Correct host and port.* Retrying until Telegram answers/,
      ),
    ]);
  });

  it('names the proxy that cannot be used, instead of a Telegram that is away', async () => {
    vi.stubEnv('NO_PROXY', '');
    vi.stubEnv('no_proxy', '');
    vi.stubEnv('HTTP_PROXY', 'socks5://user:password-of-the-proxy@127.0.0.1:1080');
    await start({ unchecked: true, options: desksIn(-1_001_234) });
    await vi.waitFor(() => expect(desk.log.with('error', '')).toHaveLength(1), 20_000);
    await desk.stop();
    expect(said()).toEqual([
      expect.stringMatching(/^error: The variable HTTP_PROXY of the environment names a socks5/),
    ]);
    expect(JSON.stringify(desk.log.lines)).not.toContain('password-of');
  });

  it('says once that topics want an administrator, and not that privacy mode does, too', async () => {
    const inForum: TestDeskOptions = {
      options: { mode: 'topics' },
      chat: (emulator) => {
        const chat = emulator.createForum({ title: 'Support' });
        chat.setBotStatus('member');
        return chat;
      },
    };
    await start(inForum);
    expect(complaints().map(shownLine)).toEqual([
      expect.stringMatching(/^error: .*the bot may not manage topics.*administrator/),
    ]);
    expect(said()).toEqual([]);
  });

  it('says that privacy mode keeps topics from the bot where the chat has none yet', async () => {
    await startIn((chat) => chat.setBotStatus('member'), { options: { mode: 'topics' } });
    expect(complaints().map(shownLine)).toEqual([
      expect.stringMatching(/^error: .*the chat has no topics/),
      expect.stringMatching(/^error: @\w+ in Support: Privacy mode is on/),
    ]);
  });

  it('says once that the group has become a supergroup, and after a restart that the options have the former id', async () => {
    const { url: redis } = await startRedis('--appendonly', 'yes');
    const emulator = await BotApiEmulator.start({ waitTimeoutMs: 20_000 });
    ends.push(() => emulator.stop());
    const { apiRoot, bot } = emulator;
    const chat = emulator.createGroup({ title: 'Support' });
    const options = { botToken: bot.token, adminChatId: chat.id, apiRoot, redis };
    await start({ options });
    const upgraded = chat.upgrade();
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    await upgraded.waitForMessage(({ text }) => text?.includes('Help') === true);
    expect(complaints().map(shownLine)).toEqual([
      expect.stringContaining(`warn: The admin chat has become the supergroup ${upgraded.id}`),
    ]);
    await desk.stop();
    await start({ options });
    await untilDesks(1);
    expect(complaints().map(shownLine)).toEqual([
      expect.stringMatching(
        `^warn: @\\w+ in Support: The group has become a supergroup .*Set adminChatId .* to ${upgraded.id}`,
      ),
    ]);
  });

  it('says once for all desks that Redis drops keys, and advises to keep what it has', async () => {
    const args = ['--maxmemory', '200mb', '--maxmemory-policy', 'allkeys-lru'];
    const { url } = await startRedis(...args);
    await startTwo(() => undefined, { options: { redis: url } });
    await untilSaid(2);
    await desk.stop();
    expect(said()).toEqual([
      expect.stringMatching(/^warn: The maxmemory-policy of Redis is allkeys-lru\. Set maxmemory/),
      expect.stringMatching(/^log: Redis writes nothing to disk: .*\. Set appendonly yes/),
    ]);
  });

  it('says nothing of a Redis that keeps everything', async () => {
    const { url } = await startRedis('--appendonly', 'yes');
    await start({ options: { redis: url } });
    await desk.telegram.notifyUserMessage({ threadId: 't1', text: 'Help' });
    await desk.chat.waitForMessage(({ text }) => text?.includes('Help') === true);
    expect(said()).toEqual([]);
    expect(complaints()).toEqual([]);
  });

  it('speaks of the setup of Redis when Redis has come, and only of its absence until then', async () => {
    const server = await startRedis();
    await server.kill();
    await start({ options: { redis: server.url } });
    await vi.waitFor(() => expect(desk.log.with('error', 'Redis does')).toHaveLength(1), 20_000);
    expect(said()).toEqual([]);
    await server.restart();
    await untilSaid(1);
    expect(said()).toEqual([expect.stringMatching(/^log: Redis writes nothing to disk/)]);
  });

  /** Starts two desks, each in a supergroup of its own that is set up wrongly. */
  async function startTwo(
    setUp: (chat: EmulatedChat, emulator: BotApiEmulator) => void,
    { options, ...wanted }: TestDeskOptions = {},
  ): Promise<void> {
    const billing: { -readonly [K in keyof DeskOptions]: DeskOptions[K] } = {};
    await start({
      ...wanted,
      options: { desks: { billing }, ...options },
      chat: (emulator) => {
        const support = emulator.createSupergroup({ title: 'Support' });
        const other = emulator.createSupergroup({ title: 'Billing' });
        for (const chat of [support, other]) setUp(chat, emulator);
        billing.adminChatId = other.id;
        return support;
      },
    });
    await untilDesks(2);
  }

  /** Options of a further desk. */
  function desksIn(adminChatId: number): NonNullable<TestDeskOptions['options']> {
    return { desks: { billing: { adminChatId } } };
  }

  async function untilDesks(count: number): Promise<void> {
    const isThere = () => expect(desk.log.with('log', 'Desk: ')).toHaveLength(count);
    await vi.waitFor(isThere, 20_000);
  }

  async function untilSaid(count: number): Promise<void> {
    await vi.waitFor(() => expect(said().length).toBeGreaterThanOrEqual(count), 20_000);
  }
});

function shownLine({ level, text }: LogLine): string {
  return `${level}: ${text}`;
}
