// Builds the site, and fails when one of its tools says that something is wrong, which VitePress itself does not always.
import { spawn } from 'node:child_process';

const WRONG = /\b(?:warn(?:ing)?|\w*error)\b/i;

process.chdir(import.meta.dirname);
await run('node_modules/.bin/tsc', '-p', '.');
await run('node_modules/.bin/typedoc');
// Compiles the blocks of code that need packages of the site, and parses the diagrams.
await run('../node_modules/.bin/vitest', 'run');
await run('node_modules/.bin/vitepress', 'build', '.');

/** Runs a program to its end. */
async function run(path, ...args) {
  const program = spawn(path, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [program.stdout, program.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
  }
  const [code] = await new Promise((resolve) => program.on('close', (...end) => resolve(end)));
  if (code !== 0 || WRONG.test(output)) {
    console.error(`${path} has found something wrong`);
    process.exit(1);
  }
}
