import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { EMULATOR } from '../support/packages.js';
import { projectFolder, run } from '../support/run.js';

/** The oldest Nest that the package works with: `HttpAdapterHost.init$` is not in those before. */
export const NEST_11: Readonly<Record<string, string>> = {
  '@nestjs/axios': '4.0.1',
  '@nestjs/common': '11.1.6',
  '@nestjs/config': '4.0.4',
  '@nestjs/core': '11.1.6',
  '@nestjs/platform-express': '11.1.6',
  '@nestjs/platform-fastify': '11.1.6',
  '@nestjs/terminus': '11.1.1',
};

const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** What is read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports?: Record<string, unknown>;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly peerDependenciesMeta?: Record<string, object>;
}

export async function manifestOf(folder: string): Promise<Manifest> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return manifest;
}

/**
 * An app that has the packed package, its peers and both HTTP adapters, but nothing optional.
 *
 * @param versions Of the peers that are to have another version than the project's own.
 * @returns Its folder, which whoever asks for it removes.
 */
export async function installedApp(versions: Readonly<Record<string, string>>): Promise<string> {
  const app = await mkdtemp(join(tmpdir(), 'app-'));
  const manifestOfProject = await manifestOf(projectFolder);
  const { devDependencies = {}, peerDependencies = {} } = manifestOfProject;
  const optional = new Set(Object.keys(manifestOfProject.peerDependenciesMeta ?? {}));
  const adapters = ['@nestjs/platform-express', '@nestjs/platform-fastify'];
  const peers = [...Object.keys(peerDependencies), ...adapters, '@types/node']
    .filter((name) => !optional.has(name))
    .map((name) => [name, versions[name] ?? devDependencies[name]]);
  const dependencies = {
    'nestjs-telegram-support': `file:${inject('packed')['nestjs-telegram-support']}`,
    ...Object.fromEntries(peers),
  };
  const manifest = { name: 'app', private: true, type: 'module', dependencies };
  await writeFile(join(app, 'package.json'), JSON.stringify(manifest));
  await run('npm', INSTALL, app);
  return app;
}

/** Adds what only `nestjs-telegram-support/terminus` needs, with a version as for {@link installedApp}. */
export async function installTerminus(
  app: string,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const name = '@nestjs/terminus';
  const { devDependencies = {} } = await manifestOf(projectFolder);
  await run('npm', [...INSTALL, `${name}@${versions[name] ?? devDependencies[name]}`], app);
}

/** Adds the packed emulator, as whoever tests an app does. */
export async function installEmulator(app: string): Promise<void> {
  await run('npm', [...INSTALL, '--save-dev', `file:${inject('packed')[EMULATOR]}`], app);
}
