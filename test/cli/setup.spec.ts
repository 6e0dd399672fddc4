import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BotApiEmulator, type EmulatedAgent, type EmulatedChat } from '../../src/testing/index.js';
import { ownBot } from '../support/own-bot.js';
import { CommandLine } from './command-line.js';

const GROUP_LINK = /https:\/\/t\.me\/\S+\?startgroup=\S+/;
const PRIVATE_LINK = /https:\/\/t\.me\/\S+\?start=\S+/;

describe('nestjs-telegram-support setup', { timeout: 120_000 }, () => {
  let emulator: BotApiEmulator;
  let folder: string;
  let program: CommandLine | undefined;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ bots: [ownBot()] });
    folder = await mkdtemp(join(tmpdir(), 'cli-'));
  });

  afterEach(async () => {
    const shown = program ? program.stdout + program.stderr : '';
    program?.kill();
    program = undefined;
    await emulator.stop();
    await rm(folder, { recursive: true });
    const [, secret = ''] = emulator.bot.token.split(':');
    if (shown.includes(secret)) throw new Error(`The token was shown:\n${shown}`);
  });

  /** Starts it, with the token in the environment unless that says otherwise. */
  function setup(args: string[], env: NodeJS.ProcessEnv = {}): CommandLine {
    program = new CommandLine(
      ['setup', ...args],
      {
        TELEGRAM_BOT_TOKEN: emulator.bot.token,
        TELEGRAM_API_ROOT: emulator.apiRoot,
        ...env,
      },
      folder,
    );
    return program;
  }

  /** Somebody who may make administrators follows the link. */
  async function choose(running: CommandLine, chat: EmulatedChat): Promise<EmulatedAgent> {
    const [link] = await running.waitFor(GROUP_LINK);
    const boss = chat.agent('Boss', { status: 'creator' });
    boss.openLink(link);
    return boss;
  }

  async function written(): Promise<Record<string, string | undefined>> {
    return parseEnv(await readFile(join(folder, '.env'), 'utf8'));
  }

  it('learns the chat from the link, checks it, and writes a private .env', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    await promisify(execFile)('git', ['init', '--quiet'], { cwd: folder });
    const running = setup([]);
    const [link] = await running.waitFor(GROUP_LINK);
    expect(link).toMatch(/\?startgroup=[\w-]{16}&admin=delete_messages$/);
    await choose(running, group);
    expect(await running.exit()).toBe(0);
    expect(await written()).toEqual({
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(group.id),
      TELEGRAM_MODE: 'replies',
      TELEGRAM_UPDATES: 'polling',
    });
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
    expect(running.text).toContain('Add .env to your .gitignore');
    expect(running.text).toContain(
      `✓ chat: The chat is Support, a supergroup with the id ${group.id}`,
    );
    expect(running.text).toContain('All is well');
    expect(
      running.stdout.split('\n').filter((line) => line.length > 80 && !GROUP_LINK.test(line)),
    ).toEqual([]);
    // The app is to see nothing of it.
    expect(emulator.bot.pendingUpdates).toBe(0);
    expect(
      group
        .agent('Ada')
        .commands()
        .map(({ command }) => command),
    ).toContain('help');
    expect(group.messages.filter(({ from }) => from?.id === emulator.bot.id)).toEqual([]);
  });

  it('follows the upgrade to a supergroup, and waits until topics are turned on', async () => {
    const group = emulator.createGroup({ title: 'Support', botStatus: 'left' });
    const running = setup(['--mode', 'topics']);
    expect((await running.waitFor(GROUP_LINK))[0]).toMatch(
      /&admin=manage_topics\+delete_messages$/,
    );
    await choose(running, group);
    const supergroup = group.upgrade();
    await running.waitFor(/✗ topics: .*Do: Turn them on in the settings of the group/);
    await running.waitFor(/Waiting until that is changed/);
    supergroup.setForum(true);
    expect(await running.exit()).toBe(0);
    expect(await written()).toMatchObject({
      TELEGRAM_ADMIN_CHAT_ID: String(supergroup.id),
      TELEGRAM_MODE: 'topics',
    });
  });

  it('takes a private chat as the desk', async () => {
    const ann = emulator.createPrivateChat('Ann');
    const running = setup([]);
    const [link] = await running.waitFor(PRIVATE_LINK);
    ann.agent('Ann').openLink(link);
    expect(await running.exit()).toBe(0);
    expect(await written()).toMatchObject({ TELEGRAM_ADMIN_CHAT_ID: String(ann.id) });
  });

  it('asks for what it has not been told, and says what is wrong with a token', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    const running = setup(['--interactive'], { TELEGRAM_BOT_TOKEN: undefined });
    await running.waitFor(/@?BotFather.* Token: $/);
    running.answer('@support_desk_bot');
    await running.waitFor(/✗ the token cannot be used: it is the name of a bot/);
    running.answer(emulator.bot.token.slice(0, -3));
    await running.waitFor(/Telegram does not know it: .* 32 characters, .* a part is missing/);
    running.answer(` ${emulator.bot.token} `);
    await running.waitFor(/Mode \(replies, topics\) \[replies\]: $/);
    running.answer('');
    await running.waitFor(/Waiting for the chat/);
    // Somebody adds the bot by hand, and writes nothing.
    group.setBotStatus('administrator');
    await running.waitFor(/Is it Support\? \(y\/n\) \[y\]: $/);
    running.answer('');
    await running.waitFor(/Updates \(polling, webhook\) \[polling\]: $/);
    running.answer('webhook');
    await running.waitFor(/Public URL of your app.*: $/);
    running.answer('shop');
    await running.waitFor(/✗ It wants an https URL/);
    running.answer('https://shop.example');
    expect(await running.exit()).toBe(0);
    expect(running.text).toContain('– webhook: Your app registers the webhook when it starts');
    expect(await written()).toMatchObject({
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(group.id),
      TELEGRAM_UPDATES: 'webhook',
      TELEGRAM_WEBHOOK_URL: 'https://shop.example',
    });
  });

  it('takes no group that somebody else may have added the bot to, when nobody can be asked', async () => {
    const group = emulator.createSupergroup({ title: 'Stranger', botStatus: 'left' });
    const running = setup([]);
    await running.waitFor(/Waiting for the chat/);
    group.setBotStatus('administrator');
    const [, command = ''] = await running.waitFor(
      /The bot was added to Stranger.* write there: (\/start@\S+ [\w-]{16}) /,
    );
    group.agent('Ada').write('/start@support_desk_bot guess');
    group.agent('Ada').write(command);
    expect(await running.exit()).toBe(0);
    expect(await written()).toMatchObject({ TELEGRAM_ADMIN_CHAT_ID: String(group.id) });
  });

  it('waits for rights, and goes on without them when Enter is pressed', async () => {
    const group = emulator.createForum({ title: 'Support' });
    group.setBotRights({ can_manage_topics: false });
    const given = ['--interactive', '--mode', 'topics', '--updates', 'polling'];
    const running = setup([...given, `--chat=${group.id}`]);
    await running.waitFor(/✗ right-to-manage-topics: .* press Enter to go on without it/);
    running.answer();
    expect(await running.exit()).toBe(2);
    expect(await written()).toMatchObject({ TELEGRAM_ADMIN_CHAT_ID: String(group.id) });
  });

  it('leaves a webhook alone, unless it may replace it', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    await call('setWebhook', { url: 'http://127.0.0.1:9/secret-path' });
    const refused = setup([]);
    expect(await refused.exit()).toBe(2);
    expect(refused.stderr).toMatch(
      /a webhook is registered at http:\/\/127\.0\.0\.1:9, .* pass --replace-webhook/,
    );
    expect(refused.text).not.toContain('secret-path');
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { url: expect.stringMatching(/:9/) },
    });

    const running = setup(['--replace-webhook']);
    await running.waitFor(/The webhook at http:\/\/127\.0\.0\.1:9 was removed/);
    await choose(running, group);
    expect(await running.exit()).toBe(0);
  });

  it('takes updates that wait for the app only when it is told to, and says so when it is stopped', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    const allowed = ['message', 'message_reaction', 'callback_query'];
    const webhook = { url: 'http://127.0.0.1:9/', allowed_updates: allowed };
    await call('setWebhook', webhook);
    group.agent('Ada').write('A reply');
    const refused = setup(['--replace-webhook']);
    expect(await refused.exit()).toBe(2);
    expect(refused.stderr).toMatch(/updates that no app has taken yet, .*: 1\. .* --drop-updates/);
    expect(await call('getWebhookInfo')).toMatchObject({ result: { url: webhook.url } });
    expect(refused.text).not.toContain('is removed');

    const declined = setup(['--replace-webhook', '--interactive', '--mode', 'replies']);
    await declined.waitFor(/no app has taken yet.* Take them\? \(y\/n\) \[n\]: $/);
    declined.answer('');
    expect(await declined.exit()).toBe(2);
    expect(emulator.bot.pendingUpdates).toBe(1);

    const stopped = setup(['--replace-webhook', '--drop-updates']);
    await stopped.waitFor(/no file is written before the end.* Waiting for the chat/);
    await vi.waitUntil(() => emulator.bot.pendingUpdates === 0, 20_000);
    stopped.signal('SIGINT');
    expect(await stopped.exit()).toBe(130);
    expect(stopped.text).toMatch(
      /Stopped\. .*The webhook of http:\/\/127\.0\.0\.1:9 is removed: start your app, .* taken, which no app gets: 1\./,
    );
    // Until the app starts, what it has asked for is kept for it.
    expect(await call('getWebhookInfo')).toMatchObject({
      result: { allowed_updates: expect.arrayContaining(allowed) },
    });
  });

  it('leaves the types of updates that the bot gets as they were', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    const allowed = ['message', 'message_reaction', 'callback_query'];
    await call('setWebhook', { url: 'http://127.0.0.1:9/', allowed_updates: allowed });
    const running = setup(['--replace-webhook']);
    await choose(running, group);
    expect(await running.exit()).toBe(0);
    expect(await call('getWebhookInfo')).toMatchObject({ result: { allowed_updates: allowed } });
    expect(running.text).not.toContain('is removed: start');
  });

  it('says at the end of the time what it has changed', async () => {
    await call('setWebhook', { url: 'http://127.0.0.1:9/' });
    const running = setup(['--replace-webhook', '--timeout', '0']);
    expect(await running.exit()).toBe(2);
    expect(running.text).toContain('The webhook of http://127.0.0.1:9 is removed: start your app');
  });

  it('says that another process takes the updates, and goes on when it has stopped', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    const app = { isRunning: true };
    const polling = (async () => {
      while (app.isRunning) await call('getUpdates', { timeout: 1, offset: -1 });
    })();
    const running = setup([]);
    await running.waitFor(/Another process takes the updates of this bot: stop your app/);
    app.isRunning = false;
    await polling;
    await choose(running, group);
    expect(await running.exit()).toBe(0);
  });

  it('keeps what is in .env, and replaces other values only when it is told to', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    const before = '# shop\nPORT=3000\nTELEGRAM_ADMIN_CHAT_ID=-1 # desk\nNAME="a b"\n';
    await writeFile(join(folder, '.env'), before, { mode: 0o640 });
    const refused = setup([`--chat=${group.id}`]);
    expect(await refused.exit()).toBe(2);
    expect(refused.text).toContain('.env has other values of TELEGRAM_ADMIN_CHAT_ID');
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(before);

    expect(await setup([`--chat=${group.id}`, '--overwrite']).exit()).toBe(0);
    expect(await readFile(join(folder, '.env'), 'utf8')).toBe(
      `# shop\nPORT=3000\nTELEGRAM_ADMIN_CHAT_ID=${group.id} # desk\nNAME="a b"\nTELEGRAM_BOT_TOKEN=${emulator.bot.token}\nTELEGRAM_MODE=replies\nTELEGRAM_UPDATES=polling\n`,
    );
    expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o640);
  });

  it('says which variables of the shell win over what it has written', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    const env = { TELEGRAM_ADMIN_CHAT_ID: '-1', TELEGRAM_MODE: '', TELEGRAM_UPDATES: 'polling' };
    const running = setup([`--chat=${group.id}`], env);
    expect(await running.exit()).toBe(1);
    const names = [...running.text.matchAll(/! (\w+): the environment .*? wins over \.env/g)];
    expect(names.map(([, name]) => name)).toEqual(['TELEGRAM_ADMIN_CHAT_ID', 'TELEGRAM_MODE']);
    expect(await written()).toMatchObject({ TELEGRAM_ADMIN_CHAT_ID: String(group.id) });

    await writeFile(join(folder, '.env'), 'TELEGRAM_ADMIN_CHAT_ID=-1\n');
    const overwriting = setup([`--chat=${group.id}`, '--overwrite']);
    expect(await overwriting.exit()).toBe(0);
    expect(overwriting.text).not.toContain('wins over');
  });

  it('looks once at a chat that is named, when nobody can be asked', async () => {
    const group = emulator.createForum({ title: 'Support' });
    group.setBotRights({ can_manage_topics: false });
    const running = setup([`--chat= ${group.id} `, '--mode', 'topics', '--timeout', '5']);
    expect(await running.exit()).toBe(2);
    expect(running.text).toContain('✗ right-to-manage-topics');
    expect(running.text).not.toContain('Waiting');
    expect(await written()).toMatchObject({ TELEGRAM_ADMIN_CHAT_ID: String(group.id) });
  });

  it('prints the lines without the token, and nothing else on the standard output', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    await writeFile(join(folder, 'token'), `${emulator.bot.token}\n`);
    const args = ['--print', `--chat=${group.id}`, '--webhook-url', 'http://127.0.0.1:9'];
    const running = setup([...args, '--token-file', 'token'], { TELEGRAM_BOT_TOKEN: '' });
    expect(await running.exit()).toBe(0);
    expect(running.stdout).toBe(
      `TELEGRAM_ADMIN_CHAT_ID=${group.id}\nTELEGRAM_MODE=replies\nTELEGRAM_UPDATES=webhook\nTELEGRAM_WEBHOOK_URL=http://127.0.0.1:9\n`,
    );
    await expect(stat(join(folder, '.env'))).rejects.toThrow('ENOENT');
  });

  it('leaves the menu of an app that runs as it is, and adds what is missing', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    const scope = { type: 'chat', chat_id: group.id };
    const refund = { command: 'refund', description: 'Gives money back' };
    const help = { command: 'help', description: 'Was geht' };
    await call('setMyCommands', { scope, commands: [refund, help] });
    await call('setMyCommands', { scope, commands: [refund], language_code: 'de' });
    expect(await setup([`--chat=${group.id}`]).exit()).toBe(0);
    const { result } = await call('getMyCommands', { scope });
    expect(result).toEqual(
      expect.arrayContaining([refund, help, expect.objectContaining({ command: 'note' })]),
    );
    expect(await call('getMyCommands', { scope, language_code: 'de' })).toMatchObject({
      result: [refund],
    });

    await rm(join(folder, '.env'));
    expect(await setup([`--chat=${group.id}`]).exit()).toBe(0);
    expect(await call('getMyCommands', { scope })).toEqual({ ok: true, result });
  });

  it('ends at once by Ctrl-C, and has written nothing', async () => {
    const running = setup([]);
    await running.waitFor(/Waiting for the chat/);
    await vi.waitUntil(() => emulator.calls.some(({ method }) => method === 'getUpdates'), 20_000);
    running.signal('SIGINT');
    expect(await running.exit()).toBe(130);
    expect(running.text).toContain('Stopped.');
    await expect(stat(join(folder, '.env'))).rejects.toThrow('ENOENT');
  });

  it.each([
    [
      'there is no token',
      [],
      { TELEGRAM_BOT_TOKEN: '' },
      /there is no token: set TELEGRAM_BOT_TOKEN/,
    ],
    [
      'the token is mistyped',
      [],
      { TELEGRAM_BOT_TOKEN: `7:${'x'.repeat(35)}` },
      /mistyped or revoked\. Copy/,
    ],
    ['a mode is unknown', ['--mode', 'x'], {}, /--mode wants replies or topics/],
    [
      'a URL is none',
      ['--webhook-url', 'shop'],
      {},
      /--webhook-url wants an https URL .* got "shop"/,
    ],
    [
      'the server is none',
      [],
      { TELEGRAM_API_ROOT: 'nonsense' },
      /TELEGRAM_API_ROOT wants .* got "nonsense"$/,
    ],
    [
      'a link is given for a chat',
      ['--chat=https://t.me/c/2100000001/5'],
      {},
      /--chat wants the id of the chat, not a link to it: use -1002100000001; got "https:/,
    ],
    ['the token is a flag', ['--token', '7:abc'], {}, /Unknown option '--token'/],
    ['nobody chooses a chat', ['--timeout', '0'], {}, /nobody has chosen a chat in time/],
  ])('ends with 2 and says why when %s', async (_what, args, env, reason) => {
    const running = setup(args, env);
    expect(await running.exit()).toBe(2);
    expect(running.stderr.trimEnd()).toMatch(reason);
    expect(running.stderr.split('\n')).toHaveLength(2);
  });

  async function call(method: string, params: object = {}): Promise<{ readonly result?: unknown }> {
    const response = await fetch(`${emulator.apiRoot}/bot${emulator.bot.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
    });
    return Object(await response.json());
  }
});
