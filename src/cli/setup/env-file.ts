import { execFile } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { CommandError } from '../command.error.js';
import { setVariables } from './env-text.js';

/** For its owner alone, because it holds a token. */
const PRIVATE_MODE = 0o600;

/** Its owner may write it. The mode says so even where it does not hold, as for root. */
const OWNER_WRITES = 0o200;

/** A file cannot be replaced when it is a mount, as in containers, or when its folder cannot be written. */
const CANNOT_REPLACE: readonly unknown[] = ['EBUSY', 'EXDEV', 'EPERM', 'EACCES', 'EROFS'];

/** The file that an app reads its environment from. */
export class EnvFile {
  private constructor(
    readonly path: string,
    /** Null when there is no such file yet. */
    private readonly text: string | null,
    private readonly rename: typeof renameSync,
  ) {}

  /**
   * @param rename Replaces a file by another.
   * @throws {@link CommandError} When it is there, but cannot be read or is read-only.
   */
  static async open(path: string, rename = renameSync): Promise<EnvFile> {
    try {
      const text = await readFile(path, 'utf8');
      const { mode } = await stat(path);
      if ((mode & OWNER_WRITES) !== 0) return new EnvFile(path, text, rename);
    } catch (error) {
      const { code } = Object(error);
      if (code !== 'ENOENT') {
        throw new CommandError(`${path} cannot be read (${code})`, { cause: error });
      }
      const target = await readlink(path).catch(() => null);
      if (target === null) return new EnvFile(path, null, rename);
      throw new CommandError(
        `${path} is a symbolic link to ${target}, which does not exist. Create that file, or remove the link`,
        { cause: error },
      );
    }
    throw new CommandError(
      `${path} is read-only, and was left as it is. Allow its owner to write it, or pass --out or --print`,
    );
  }

  /** The names of the variables that have another value in it. */
  differences(values: Readonly<Record<string, string>>): string[] {
    const present = parseEnv(this.text ?? '');
    return Object.keys(values).filter((name) => present[name] && present[name] !== values[name]);
  }

  /**
   * Sets variables, and leaves all else as it is. Whoever reads the file meanwhile finds it as it was or as it is then,
   * unless it can only be written in place.
   *
   * @throws {@link CommandError} When it cannot be written.
   */
  async set(values: Readonly<Record<string, string>>): Promise<void> {
    const text = setVariables(this.text ?? '', values);
    try {
      if (this.text === null) writeFileSync(this.path, text, { mode: PRIVATE_MODE, flag: 'wx' });
      else this.#replace(await realpath(this.path), text);
    } catch (error) {
      throw new CommandError(`${this.path} cannot be written (${Object(error).code})`, {
        cause: error,
      });
    }
  }

  /** At one go, so that Ctrl-C leaves no draft with the token. */
  #replace(path: string, text: string): void {
    const { mode } = statSync(path);
    const draft = join(dirname(path), `${basename(path)}.${process.pid}.tmp`);
    try {
      writeFileSync(draft, text, { mode: PRIVATE_MODE, flag: 'wx' });
      chmodSync(draft, mode);
      this.rename(draft, path);
    } catch (error) {
      if (!CANNOT_REPLACE.includes(Object(error).code)) throw error;
      writeInPlace(path, text);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  /** Whether git would take the file into the repository. False where there is none. */
  async isPublished(): Promise<boolean> {
    try {
      await promisify(execFile)('git', ['check-ignore', '--quiet', basename(this.path)], {
        cwd: dirname(this.path) || '.',
      });
      return false;
    } catch (error) {
      // 1 says that it is not ignored; other codes, that there is no repository, or no git.
      return Object(error).code === 1;
    }
  }
}

/** Does not create the file: where everybody may, the file of somebody else cannot be opened in that way. */
function writeInPlace(path: string, text: string): void {
  const file = openSync(path, 'r+');
  try {
    writeFileSync(file, text);
    ftruncateSync(file, Buffer.byteLength(text));
  } finally {
    closeSync(file);
  }
}
