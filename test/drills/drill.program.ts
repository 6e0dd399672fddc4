import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';
import { projectFolder } from '../support/run.js';

const SOURCES = join(projectFolder, 'test/drills/app');
const BUILT = join(projectFolder, 'test/drills/dist/app');

/**
 * Makes JavaScript of the app in `app/`, which the type check covers, and returns the path of the
 * program. The built package is found by its own name.
 */
export async function buildDrillProgram(): Promise<string> {
  await mkdir(BUILT, { recursive: true });
  const names = await readdir(SOURCES);
  await Promise.all(names.map((name) => build(name)));
  return join(BUILT, 'main.js');
}

async function build(name: string): Promise<void> {
  const source = await readFile(join(SOURCES, name), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  // Other tests may build it at the same time: what they import is always whole.
  const target = join(BUILT, name.replace(/\.ts$/, '.js'));
  const draft = `${target}.${randomUUID()}`;
  await writeFile(draft, outputText);
  await rename(draft, target);
}
