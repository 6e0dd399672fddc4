import { renameSync } from 'node:fs';
import {
  chmod,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EnvFile } from './env-file.js';

const TOKEN = { TOKEN: '7:secret' };

/** A rename that fails with this code, as for a file that is mounted. */
function failing(code: string): typeof renameSync {
  return () => {
    throw Object.assign(new Error(code), { code });
  };
}

describe('EnvFile', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'env-'));
    path = join(folder, '.env');
  });

  afterEach(() => rm(folder, { recursive: true }));

  it.each(['EBUSY', 'EXDEV', 'EPERM', 'EROFS'])(
    'writes the file in place when it cannot be replaced (%s)',
    async (code) => {
      await writeFile(path, 'A_LONG_NAME=a long value\nTOKEN=1\n', { mode: 0o640 });
      const { ino } = await stat(path);
      await (await EnvFile.open(path, failing(code))).set({ ...TOKEN, A_LONG_NAME: '' });
      expect(await readFile(path, 'utf8')).toBe('A_LONG_NAME=\nTOKEN=7:secret\n');
      expect(await stat(path)).toMatchObject({ ino, mode: 0o100640 });
      expect(await readdir(folder)).toEqual(['.env']);
    },
  );

  it('leaves no other file with the token when it cannot be written', async () => {
    await writeFile(path, 'TOKEN=1\n');
    const file = await EnvFile.open(path, failing('EIO'));
    await expect(file.set(TOKEN)).rejects.toThrow(`${path} cannot be written (EIO)`);
    expect(await readdir(folder)).toEqual(['.env']);
    expect(await readFile(path, 'utf8')).toBe('TOKEN=1\n');
  });

  it('keeps the mode, whatever the mask of the process is', async () => {
    await writeFile(path, 'TOKEN=1\n');
    await chmod(path, 0o666);
    await (await EnvFile.open(path)).set(TOKEN);
    expect((await stat(path)).mode & 0o777).toBe(0o666);
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it.each([0o444, 0o400])('leaves a file alone that is read-only (%i)', async (mode) => {
    await writeFile(path, 'TOKEN=1\n', { mode });
    await expect(EnvFile.open(path)).rejects.toThrow(
      `${path} is read-only, and was left as it is. Allow its owner to write it, or pass --out or --print`,
    );
    expect(await readFile(path, 'utf8')).toBe('TOKEN=1\n');
  });

  it('writes the file that a symbolic link names', async () => {
    await writeFile(join(folder, 'shared'), 'TOKEN=1\n');
    await symlink('shared', path);
    await (await EnvFile.open(path)).set(TOKEN);
    expect(await readFile(join(folder, 'shared'), 'utf8')).toBe('TOKEN=7:secret\n');
    expect(await readlink(path)).toBe('shared');
  });

  it('says that a symbolic link leads nowhere', async () => {
    await symlink('missing', path);
    await expect(EnvFile.open(path)).rejects.toThrow(
      `${path} is a symbolic link to missing, which does not exist. Create that file, or remove the link`,
    );
  });
});
