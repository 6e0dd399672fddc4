// `npm start`: builds what was never built or has changed since, and runs the example.
import { execSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const example = dirname(fileURLToPath(import.meta.url));
const root = join(example, '../..');

/** What the example runs: the last one is written when the others are complete. */
const OUTPUTS = ['dist/index.js', 'packages/telegram-bot-api-emulator/dist/index.js'].map((path) =>
  join(root, path),
);
const PROGRAM = join(example, 'dist/main.js');

const SOURCES = ['src', 'packages', 'examples', 'package.json', 'tsconfig.json'].map((path) =>
  join(root, path),
);

if (!isBuilt()) {
  console.log('Building the packages and the example, which takes some seconds.');
  build('npm run --silent build');
  build('npx vite build --logLevel warn examples/support-desk');
}
console.log('Starting the example.');
await import('./dist/main.js');

function isBuilt() {
  if (![...OUTPUTS, PROGRAM].every((path) => existsSync(path))) return false;
  const builtAt = statSync(PROGRAM).mtimeMs;
  return SOURCES.every((path) => newest(path) <= builtAt);
}

/** When something at the path was changed, added or removed last. */
function newest(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  const entries = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules');
  return Math.max(0, ...entries.map((name) => newest(join(path, name))));
}

function build(command) {
  try {
    execSync(command, { cwd: root, stdio: 'inherit' });
  } catch (error) {
    // What failed is on the screen already.
    process.exit(error.status || 1);
  }
}
