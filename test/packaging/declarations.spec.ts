import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { projectFolder, run } from '../support/run.js';
import { manifestOf } from './installed.app.js';

it('declares types that an app compiles without skipLibCheck, when all peers are installed', async () => {
  const folder = await mkdtemp(join(projectFolder, 'test/packaging/.types-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { name, exports = {} } = await manifestOf(projectFolder);
  const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json'));
  expect(entries).toContain('./terminus');
  const imports = entries.map((entry) => `import '${name}${entry.slice(1)}';`).join('\n');
  await writeFile(join(folder, 'uses.ts'), imports);
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [join(projectFolder, 'node_modules/@types')],
  };
  const config = { compilerOptions, files: ['uses.ts'] };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(await run('npx', ['tsc', '-p', folder])).toBe('');
}, 120_000);
