import { join } from 'node:path';
import { projectFolder, run } from './run.js';

/** The package that a test needs, and production does not. */
export const EMULATOR = 'telegram-bot-api-emulator';

/** The packages of the project as npm packs them: their files, by their names. */
export type PackedPackages = Readonly<Record<'nestjs-telegram-support' | typeof EMULATOR, string>>;

/** Packs them as they were built last, into a folder. */
export async function packPackages(folder: string): Promise<PackedPackages> {
  const [product, emulator] = await Promise.all([
    pack('.', folder),
    pack(`packages/${EMULATOR}`, folder),
  ]);
  return { 'nestjs-telegram-support': product, [EMULATOR]: emulator };
}

async function pack(source: string, folder: string): Promise<string> {
  const options = ['--ignore-scripts', '--silent', '--pack-destination', folder];
  const name = await run('npm', ['pack', ...options], join(projectFolder, source));
  return join(folder, name.trim());
}
