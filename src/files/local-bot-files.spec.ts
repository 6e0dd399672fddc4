import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TelegramFileError } from '../errors/index.js';
import { BotToken } from '../secrets/bot-token.js';
import { LocalBotFiles } from './local-bot-files.js';

const TOKEN = '7000000001:AAHsecretsecretsecretsecretsecret12';
const SERVER = '/var/lib/telegram-bot-api';

describe('LocalBotFiles', () => {
  let home: string;
  let root: string;
  let files: LocalBotFiles;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'local-bot-files-'));
    root = join(home, 'server');
    await mkdir(join(root, TOKEN, 'photos'), { recursive: true });
    await mkdir(join(root, 'other-bot'));
    await writeFile(join(root, TOKEN, 'photos', 'file_0.jpg'), 'a photo');
    await writeFile(join(root, 'other-bot', 'file_0.jpg'), 'of another bot');
    await writeFile(join(home, 'secret'), 'no file of the server');
    await symlink(join(home, 'secret'), join(root, TOKEN, 'link'));
    files = new LocalBotFiles(root, new BotToken(TOKEN));
  });

  afterAll(() => rm(home, { recursive: true }));

  async function errorOf(path: string, of = files): Promise<unknown> {
    return of.open(path).then(
      () => expect.fail('the file was opened'),
      (error: unknown) => error,
    );
  }

  it('knows the paths of a local server from those of the public one', () => {
    expect(files.isLocal(`${SERVER}/${TOKEN}/photos/file_0.jpg`)).toBe(true);
    expect(files.isLocal(String.raw`C:\bots\file_0.jpg`)).toBe(true);
    expect(files.isLocal('photos/file_0.jpg')).toBe(false);
  });

  it('reads a file, or a range of it, below its own directory', async () => {
    const path = `${SERVER}/${TOKEN}/photos/file_0.jpg`;
    expect((await buffer(await files.open(path))).toString()).toBe('a photo');
    const part = await files.open(path, { start: 2, end: 4 });
    expect((await buffer(part)).toString()).toBe('pho');
  });

  it.each([
    ['no file', `${SERVER}/${TOKEN}/photos/file_1.jpg`],
    ['a directory', `${SERVER}/${TOKEN}/photos`],
    ['the directory of the bot', `${SERVER}/${TOKEN}`],
    ['a link to elsewhere', `${SERVER}/${TOKEN}/link`],
    ['dots to elsewhere', `${SERVER}/${TOKEN}/../../secret`],
    ['the file of another bot', `${SERVER}/other-bot/file_0.jpg`],
    ['a path of the system', '/etc/passwd'],
    ['a NUL', `${SERVER}/${TOKEN}/photos/file_0.jpg\u0000`],
  ])('says that the file is gone, without its path: %s', async (_name, path) => {
    const error = await errorOf(path);
    expect(error).toBeInstanceOf(TelegramFileError);
    expect(error).toMatchObject({ problem: 'gone' });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain('AAHsecret');
  });

  it('asks for files.root when it does not know the directory', async () => {
    const without = new LocalBotFiles(undefined, new BotToken(TOKEN));
    const error = await errorOf(`${SERVER}/${TOKEN}/photos/file_0.jpg`, without);
    expect(error).toMatchObject({ problem: 'unavailable' });
    expect(String(error)).toContain('files.root');
    expect(String(error)).not.toContain('AAHsecret');
  });
});
