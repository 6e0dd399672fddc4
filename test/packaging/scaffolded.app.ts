import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runWithWarnings } from '../support/run.js';
import { EMULATOR, pack } from './installed.app.js';

const QUIET = ['--prefer-offline', '--no-audit', '--no-fund'];

/** An app as the CLI of a major version of Nest makes it, with npm, in a folder of its own. */
export class ScaffoldedApp {
  private constructor(
    /** Where its package.json is. */
    readonly folder: string,
    private readonly root: string,
    /** The packed packages of this project, by name. */
    private readonly packed: ReadonlyMap<string, string>,
  ) {}

  /** Nothing has to be installed before: npx brings the CLI. */
  static async create(nest: 11 | 12): Promise<ScaffoldedApp> {
    const root = await mkdtemp(join(tmpdir(), `nest-${nest}-`));
    const cli = ['--yes', '--prefer-offline', `@nestjs/cli@${nest}`];
    const choices = ['--skip-git', '--skip-install', '--package-manager', 'npm'];
    await run('npx', [...cli, 'new', 'shop', ...choices], root);
    const packed = new Map([
      ['nestjs-telegram-support', join(root, await pack('.', root))],
      [EMULATOR, join(root, await pack(`packages/${EMULATOR}`, root))],
    ]);
    return new ScaffoldedApp(join(root, 'shop'), root, packed);
  }

  /**
   * `npm install` of what package.json names and of these packages, of which this project's own are the
   * packed ones.
   *
   * @returns The packages, as `name@version`, that npm says are not made for this Node.
   */
  async install(packages: readonly string[] = []): Promise<string[]> {
    const wanted = packages.map((name) => this.packed.get(name) ?? name);
    const { stderr } = await runWithWarnings('npm', ['install', ...QUIET, ...wanted], this.folder);
    return [...stderr.matchAll(/EBADENGINE\s+package: '([^']+)'/g)].map(([, name = '']) => name);
  }

  /** Takes away what was installed, so that all of it is chosen again. */
  async uninstall(): Promise<void> {
    for (const name of ['node_modules', 'package-lock.json']) {
      await rm(join(this.folder, name), { recursive: true });
    }
  }

  /** Adds to a file of JSON, or takes out what is given as undefined. */
  async changeJson(file: string, change: object): Promise<void> {
    const content: object = JSON.parse(await this.read(file));
    await this.write(file, JSON.stringify({ ...content, ...change }, null, 2));
  }

  /** Runs a script of its package.json, and returns all that it wrote. */
  async npmRun(script: string): Promise<string> {
    const { stdout, stderr } = await runWithWarnings('npm', ['run', script], this.folder);
    return stdout + stderr;
  }

  /** What the app's own compiler finds wrong with a file; empty when that is nothing. */
  async compile(file: string, compilerOptions: object): Promise<string> {
    await this.write('tsconfig.once.json', JSON.stringify({ compilerOptions, files: [file] }));
    return run('npx', ['tsc', '--noEmit', '-p', 'tsconfig.once.json'], this.folder);
  }

  read(file: string): Promise<string> {
    return readFile(join(this.folder, file), 'utf8');
  }

  write(file: string, content: string): Promise<void> {
    return writeFile(join(this.folder, file), content);
  }

  /** Removes it from the disk. */
  async remove(): Promise<void> {
    await rm(this.root, { recursive: true, force: true });
  }
}
