import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { run, runWithWarnings } from '../support/run.js';

const QUIET = ['--prefer-offline', '--no-audit', '--no-fund'];

/** An app as the CLI of a major version of Nest makes it, with npm, in a folder of its own. */
export class ScaffoldedApp {
  private constructor(
    /** Where its package.json is. */
    readonly folder: string,
    private readonly root: string,
  ) {}

  /** Nothing has to be installed before: npx brings the CLI. */
  static async create(nest: 11 | 12): Promise<ScaffoldedApp> {
    const root = await mkdtemp(join(tmpdir(), `nest-${nest}-`));
    const cli = ['--yes', '--prefer-offline', `@nestjs/cli@${nest}`];
    const choices = ['--skip-git', '--skip-install', '--package-manager', 'npm'];
    await run('npx', [...cli, 'new', 'shop', ...choices], root);
    return new ScaffoldedApp(join(root, 'shop'), root);
  }

  /**
   * `npm install` of what package.json names and of these packages, of which this project's own are the
   * packed ones.
   *
   * @returns The packages, as `name@version`, that npm says are not made for this Node.
   */
  install(packages: readonly string[] = []): Promise<string[]> {
    return this.#install(packages);
  }

  /**
   * Has npm choose all packages anew, with these among them, as in an app where nothing is installed yet; none
   * is downloaded.
   *
   * @returns As {@link install} does.
   */
  async chooseAnew(packages: readonly string[]): Promise<string[]> {
    await this.#uninstall();
    return this.#install(packages, ['--package-lock-only']);
  }

  async #install(packages: readonly string[], options: readonly string[] = []): Promise<string[]> {
    const packed = new Map(Object.entries(inject('packed')));
    const wanted = packages.map((name) => packed.get(name) ?? name);
    const args = ['install', ...QUIET, ...options, ...wanted];
    const { stderr } = await runWithWarnings('npm', args, this.folder);
    return [...stderr.matchAll(/EBADENGINE\s+package: '([^']+)'/g)].map(([, name = '']) => name);
  }

  async #uninstall(): Promise<void> {
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

  /** What the app's own compiler finds wrong with a file, with each of these options; empty when that is nothing. */
  async compile(file: string, variants: readonly object[]): Promise<string> {
    const configs = variants.map((_, index) => `tsconfig.types-${index}.json`);
    for (const [index, config] of configs.entries()) {
      const compilerOptions = { ...variants[index], noEmit: true };
      await this.write(config, JSON.stringify({ compilerOptions, files: [file] }));
    }
    // In one build, what all of them read is read once.
    return run('npx', ['tsc', '--build', '--force', ...configs], this.folder);
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
