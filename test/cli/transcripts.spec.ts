import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BotApiEmulator } from '../../src/testing/index.js';
import { codeBlocksOf } from '../docs/markdown-blocks.js';
import { ownBot } from '../support/own-bot.js';
import { projectFolder } from '../support/run.js';
import { CommandLine, runCommandLine } from './command-line.js';

/** What an example of a page shows, without what differs from one run to the next. */
async function shownOn(page: string): Promise<string> {
  const path = `docs/${page}.md`;
  const blocks = codeBlocksOf(path, await readFile(join(projectFolder, path), 'utf8'));
  const [example] = blocks.filter(({ language }) => language === 'text');
  if (!example) throw new Error(`${path} shows no example`);
  return comparable(example.code);
}

/** Lines are wrapped; versions, ids and the codes of links are different. */
function comparable(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replace(/nestjs-telegram-support \d\S*, Node \S+, NestJS \S+, .*? (?=✓)/, '')
    .replaceAll(/(start(?:group)?=|_bot )[\w-]{16}\b/g, '$1CODE')
    .replaceAll(/-100\d{10}/g, 'ID')
    .trim();
}

describe('The example of the command', { timeout: 120_000 }, () => {
  let emulator: BotApiEmulator;
  let folder: string;

  beforeEach(async () => {
    emulator = await BotApiEmulator.start({ bots: [ownBot()] });
    folder = await mkdtemp(join(tmpdir(), 'cli-'));
  });

  afterEach(async () => {
    await emulator.stop();
    await rm(folder, { recursive: true });
  });

  it('doctor shows what it says', async () => {
    const group = emulator.createSupergroup({ title: 'Support' });
    const { stdout } = await runCommandLine(['doctor'], {
      TELEGRAM_BOT_TOKEN: emulator.bot.token,
      TELEGRAM_ADMIN_CHAT_ID: String(group.id),
      TELEGRAM_API_ROOT: emulator.apiRoot,
      TELEGRAM_MODE: 'topics',
      TELEGRAM_UPDATES: 'polling',
    });
    const [shown = '', summary] = split(await shownOn('diagnose'));
    const [said = ''] = split(comparable(stdout));
    const checks = said.split(/ (?=[✓✗!–] )/);
    expect(shown.split(/ (?=[✓✗!–] )/).filter((check) => !checks.includes(check))).toEqual([]);
    const count = (mark: string): number => shown.split(mark).length - 1;
    expect(summary).toBe(
      `${count('✗ ')} failed, ${count('! ')} warnings, ${count('✓ ')} in order, ${count('– ')} not checked.`,
    );
    expect(stdout).toMatch(/\n\d+ failed, \d+ warnings?, \d+ in order, \d+ not checked\.\n/);
  });

  it('setup shows what it says', async () => {
    const group = emulator.createSupergroup({ title: 'Support', botStatus: 'left' });
    const running = new CommandLine(
      ['setup', '--interactive'],
      { TELEGRAM_API_ROOT: emulator.apiRoot },
      folder,
    );
    try {
      await running.waitFor(/Token: $/);
      running.answer(emulator.bot.token);
      await running.waitFor(/Mode .*: $/);
      running.answer('topics');
      const [link] = await running.waitFor(/https:\/\/t\.me\/\S+\?startgroup=\S+/);
      group.agent('Boss', { status: 'creator' }).openLink(link);
      await running.waitFor(/Waiting until that is changed/);
      group.setForum(true);
      await running.waitFor(/Updates .*: $/);
      running.answer('');
      expect(await running.exit()).toBe(0);
    } finally {
      running.kill();
    }
    const shown = (await shownOn('setup')).replace('[replies]: topics', '[replies]:');
    expect(comparable(running.stdout).slice(0, shown.length)).toBe(shown);
  });

  function split(text: string): string[] {
    return text.split(/ (?=\d+ failed, )/);
  }
});
